"""Draws the buttons under a reply: what else there is, and what can be done with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.answering.composition import (
    BOUNDARY_DECISIONS,
    Composition,
    Decision,
    Point,
    Suggestion,
)
from bot.slack.blocks import kit
from bot.slack.blocks.kit import Block
from bot.slack.blocks.limits import ACTIONS_ELEMENTS, BUTTON_TEXT, BUTTON_VALUE
from bot.slack.blocks.manner import Manner
from bot.slack.blocks.text import plain, shortened


SUGGESTION = re.compile(r"suggestion-\d+")  # the action_id of a button
CHOICE = re.compile(r"choice-\d+")  # of a button that answers where it stands
SHARE = "share"
COPY_CITATION = "copy-citation"
ASK_ON_CALL = "ask-on-call"
FEEDBACK = "feedback"
TELLS_NOTHING: frozenset[Decision] = frozenset({"clarify", "out_of_scope"})
UNSHARED = BOUNDARY_DECISIONS | TELLS_NOTHING
UNJUDGED = TELLS_NOTHING | {"emergency"}


def suggestions(composition: Composition, manner: Manner) -> Iterator[Block]:
    """What else the file holds, or what may have been meant, each a button."""
    kind = "choice" if composition.decision == "clarify" else "suggestion"
    buttons = [
        kit.button(f"{kind}-{place}", _label(one), one.target)
        for place, one in enumerate(_offered(composition, manner), start=1)
    ]
    for place, start in enumerate(range(0, len(buttons), ACTIONS_ELEMENTS), start=1):
        row = buttons[start : start + ACTIONS_ELEMENTS]
        yield kit.actions(f"suggestions-{place}", row)


def lines_beside(
    composition: Composition, manner: Manner, point: Point
) -> tuple[str, ...]:
    """The lines of a point, but for a list of choices that stand below as buttons."""
    if composition.decision != "clarify":
        return point.lines
    choices = " · ".join(one.label for one in _offered(composition, manner))
    return tuple(line for line in point.lines if line != choices)


def actions(composition: Composition, manner: Manner) -> Iterator[Block]:
    """What can be done with a reply; one that tells nothing is not shared or judged."""
    if not manner.actions:
        return
    yield kit.actions("actions", _buttons(composition, manner))
    if composition.decision not in UNJUDGED:
        yield kit.thumbs(FEEDBACK, composition.id)


def _buttons(composition: Composition, manner: Manner) -> Iterator[Block]:
    if manner.private and composition.decision not in UNSHARED:
        yield kit.button(SHARE, "Share to channel", composition.id)
    if composition.citations:
        yield kit.button(COPY_CITATION, "Copy citation", _works(composition))
    yield kit.button(ASK_ON_CALL, _to_on_call(composition, manner), composition.id)


def _offered(composition: Composition, manner: Manner) -> tuple[Suggestion, ...]:
    """Nothing to the press: what a tap would show may not be cleared."""
    return () if manner.label else composition.suggestions


def _to_on_call(composition: Composition, manner: Manner) -> str:
    """What the button does: it writes, and never rings anybody."""
    if composition.decision != "emergency":
        return "Ask the on-call team"
    return "Write URGENT to on-call" if manner.on_call_hears else "Whom to call"


def _works(composition: Composition) -> str:
    """The ids of the works cited, as many as a button can carry."""
    carried = ""
    for citation in composition.citations:
        longer = f"{carried},{citation.source}".lstrip(",")
        if len(longer) > BUTTON_VALUE:
            break
        carried = longer
    return carried


def _label(suggestion: Suggestion) -> str:
    return shortened(plain(suggestion.label), BUTTON_TEXT)
