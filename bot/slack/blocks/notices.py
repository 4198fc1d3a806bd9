"""The few sentences that are the app's own, and say nothing about the trial."""

from __future__ import annotations

from bot.slack.blocks import kit
from bot.slack.blocks.kit import Message
from bot.slack.blocks.limits import SECTION_TEXT
from bot.slack.blocks.text import Markup, code, escaped, joined, pieces


SUBCOMMANDS = (
    ("ask <question>", "the same as the question alone"),
    ("figure", "the pictures, to choose from"),
    (
        "figure <name or question>",
        "that picture, or the one that belongs to the answer",
    ),
    ("cite <question>", "how to cite what the answer rests on"),
    ("gaps <words>", "what no source reports"),
    ("oncall", "whom to ask, and when that was last checked"),
    ("what-changed", "what changed and why, and what is overdue"),
    ("source <number>", "one work, as numbered in your last reply"),
    ("help", "this list"),
)


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


def help_with(command: str) -> Message:
    """Say what can stand after the command."""
    lines = (
        joined((code(f"{command} {form}"), escaped(f" · {what}")), "")
        for form, what in SUBCOMMANDS
    )
    first = joined((Markup("Only you see what I answer to "), code(command)), "")
    return _notice(joined((first, *lines), "\n"))


def entry_gone() -> Message:
    """Say that a button is older than the knowledge."""
    return _notice(
        Markup("What this button showed has since been changed or taken out. "),
        Markup("Please ask again in words."),
    )


def reply_gone() -> Message:
    """Say that a button belongs to a reply that is no longer held."""
    return said("I no longer hold that reply. Please ask again, then use the new one.")


def answer_stopped() -> Message:
    """Say that somebody stopped the answer."""
    return said("I stopped, and that question stays unanswered. Ask again at any time.")


def apology(reference: str) -> Message:
    """Say that something broke, with a reference that leads to the log."""
    return _notice(
        Markup("Something broke on my side and I could not answer. Please ask again; "),
        Markup("if it happens twice, tell whoever runs me the reference "),
        code(reference),
        Markup("."),
    )


def not_delivered(error: str) -> Message:
    """Say that there is a reply which Slack does not let us post."""
    return _notice(
        Markup("I have a reply to your question, but Slack does not let me post it ("),
        code(error),
        Markup("). Please ask me again in a message to me."),
    )


def window_gone() -> Message:
    """Say that the window in which a question was asked has closed too early."""
    return said(
        "I could not show you a reply in the window in which you asked: I was"
        " interrupted. Please ask me again, here if you like."
    )


def said(text: str, name: str = "notice") -> Message:
    """A sentence or two, in as many paragraphs as they need."""
    parts = pieces(text, SECTION_TEXT)
    blocks = (
        kit.section(f"{name}-{place}", part) for place, part in enumerate(parts, 1)
    )
    return Message(escaped(text), tuple(blocks))


def _notice(*parts: Markup) -> Message:
    text = joined(parts, "")
    return Message(text, (kit.section("notice", text),))
