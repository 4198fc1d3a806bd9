"""Runs the commands as a person does, over the tiny pack, with nothing else set."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass

import pytest

from bot.cli import main


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def is_one_sentence(self) -> bool:
        """Whether it said what is wrong in one line, and nothing else."""
        line = self.err.removesuffix("\n")
        return not self.out and line.startswith("becar7: ") and "\n" not in line


@dataclass(frozen=True, slots=True)
class Commands:
    """The commands in this process."""

    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def __call__(self, *words: str, typed: str = "") -> Ran:
        self.monkeypatch.setattr(sys, "argv", ["becar7", *words])
        self.monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = self.capsys.readouterr()
        return Ran(int(ended.value.code or 0), out, err)

    def set(self, **variables: object) -> None:
        """Set variables of the surroundings, without their prefix."""
        for name, value in variables.items():
            self.monkeypatch.setenv(f"BECAR7_{name}", str(value))
