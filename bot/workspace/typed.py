"""Turns what a person types into Slack's markup."""

from __future__ import annotations

import re

from bot.workspace.directory import Directory


LINK = re.compile(r"https?://[^\s<>|]+")
SIGNS = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))


def as_markup(typed: str, directory: Directory) -> str:
    """Escape the signs that Slack escapes; mark links and @names."""
    text = typed
    for sign, entity in SIGNS:
        text = text.replace(sign, entity)
    text = LINK.sub(lambda link: f"<{link[0]}>", text)
    for name, user in _names(directory):
        text = re.sub(
            rf"@{re.escape(name)}(?![\w-])", f"<@{user}>", text, flags=re.IGNORECASE
        )
    return text


def _names(directory: Directory) -> list[tuple[str, str]]:
    """Every name that can stand after an @, the longest first."""
    people = directory.people.values()
    names = [(name, p.id) for p in people for name in (p.real_name, p.name)]
    return sorted(names, key=lambda named: -len(named[0]))
