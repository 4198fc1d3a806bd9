"""The few sentences that are the app's own, and say nothing about the trial."""

from __future__ import annotations

from bot.slack.blocks import kit
from bot.slack.blocks.kit import Message
from bot.slack.blocks.text import Markup, code, joined


def how_to_ask(command: str) -> Message:
    """Say how to put a question, to somebody who put none."""
    return _notice(
        Markup(
            "Ask me in your own words: mention me with a question, write to me, or "
        ),
        Markup("put the question after "),
        code(command),
        Markup(". I answer from checked facts with their sources, or say that "),
        Markup("something is not reported."),
    )


def entry_gone() -> Message:
    """Say that a button is older than the knowledge."""
    return _notice(
        Markup("What this button showed has since been changed or taken out. "),
        Markup("Please ask again in words."),
    )


def apology(reference: str) -> Message:
    """Say that something broke, with a reference that leads to the log."""
    return _notice(
        Markup("Something broke on my side and I could not answer. Please ask again; "),
        Markup("if it happens twice, tell whoever runs me the reference "),
        code(reference),
        Markup("."),
    )


def _notice(*parts: Markup) -> Message:
    text = joined(parts, "")
    return Message(text, (kit.section("notice", text),))
