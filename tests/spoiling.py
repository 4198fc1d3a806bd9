"""Copies a pack and spoils it, one line at a time."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from bot.knowledge.check import Problem, check
from bot.knowledge.objection import Rule
from bot.knowledge.rules import RULES


Change: TypeAlias = tuple[str, str, str]  # file, what was there, what stands there now


@dataclass(frozen=True, slots=True)
class Copy:
    """A pack that may be changed."""

    directory: Path

    @classmethod
    def of(cls, pack: Path, where: Path) -> Copy:
        ignored = shutil.ignore_patterns("asked")  # the bank is not the pack's text
        return cls(shutil.copytree(pack, where / "pack", ignore=ignored))

    def change(self, name: str, was: str, becomes: str) -> int:
        """Write something else in one place; the line on which it stands."""
        path = self.directory / name
        text = path.read_text("utf-8")
        assert text.count(was) == 1, f"{was!r} stands {text.count(was)} times in {name}"
        path.write_text(text.replace(was, becomes), "utf-8")
        return text[: text.index(was)].count("\n") + 1

    def add(self, name: str, more: str) -> int:
        """Write something below what is there, or a new file; its first line."""
        path = self.directory / name
        text = path.read_text("utf-8") if path.is_file() else ""
        path.parent.mkdir(exist_ok=True)
        path.write_text(text + more, "utf-8")
        return text.count("\n") + 1

    def problems(self, rules: Iterable[Rule] = RULES) -> list[Problem]:
        """What the check finds."""
        return check(self.directory, rules)

    def broken(self, rules: Iterable[Rule] = RULES) -> set[str]:
        """The names of the rules that the check finds broken."""
        return {problem.rule for problem in self.problems(rules)}
