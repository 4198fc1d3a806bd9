"""Draws a reply for the press: what may be passed on, or what is in the way."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bot.answering.clearance import Release, Shareable, Withheld
from bot.slack.blocks.kit import Message
from bot.slack.blocks.manner import Manner
from bot.slack.blocks.reply import render


def for_press(release: Release, manner: Manner) -> tuple[Message, ...]:
    """The reply with why it may be passed on; one that may not is folded away.

    Folded it is for the asker alone, to have the very words cleared before a deadline:
    there is no button that shares it, and where others read it is left out.
    """
    match release:
        case Shareable(composition, because):
            return render(composition, replace(manner, because=because))
        case Withheld(composition, _):
            to_read = replace(manner, private=False, short=not manner.private)
            return render(composition, to_read)
        case _:
            assert_never(release)
