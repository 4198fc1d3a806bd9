"""Says in which functions the time goes."""

from __future__ import annotations

import cProfile
from collections.abc import Callable, Iterable
from types import CodeType
from typing import TypeVar

from bot.settings import ROOT


Asked = TypeVar("Asked")
_SHOWN = 12  # functions


def dominant(ask: Callable[[Asked], object], things: Iterable[Asked]) -> list[str]:
    """The functions with most time of their own, and with all they call, in percent."""
    profile = cProfile.Profile()
    profile.enable()
    for thing in things:
        ask(thing)
    profile.disable()
    entries = profile.getstats()
    total = sum(entry.inlinetime for entry in entries)
    entries.sort(key=lambda entry: -entry.inlinetime)
    return [
        f"own {100 * entry.inlinetime / total:4.1f}"
        f"  all {100 * entry.totaltime / total:5.1f}"
        f" {entry.callcount:9,} calls  {_place(entry.code)}"
        for entry in entries[:_SHOWN]
    ]


def _place(code: CodeType | str) -> str:
    if isinstance(code, str):
        return code
    path = code.co_filename.removeprefix(f"{ROOT}/").rpartition("site-packages/")[2]
    return f"{path}:{code.co_firstlineno} {code.co_name}"
