from __future__ import annotations

import re
import subprocess
import sys

import pytest

from bot import __version__
from bot.cli.exits import ExitCode
from bot.settings import ROOT
from tests.cli.commands import Commands
from tests.conftest import TINY


COMMANDS = (
    *("ask", "chat", "explain", "facts", "check"),
    *("evaluate", "train", "demo", "serve", "doctor"),
)


def test_the_version_names_program_and_knowledge(becar7: Commands) -> None:
    ran = becar7("--version")

    assert ran.code == 0
    assert re.fullmatch(
        rf"becar7 {re.escape(__version__)} · knowledge lantern [0-9a-f]{{12}}\n",
        ran.out,
    )


def test_help_lists_every_command_and_every_exit_code(becar7: Commands) -> None:
    ran = becar7("--help")

    assert all(re.search(rf"(?m)^│ {name} ", ran.out) for name in COMMANDS)
    codes = ran.out[ran.out.index("Exit codes") :]
    assert all(str(int(code)) in codes for code in ExitCode)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_shows_an_example(becar7: Commands, command: str) -> None:
    ran = becar7(command, "--help")

    assert ran.code == 0
    assert re.search(rf"(?m)^ becar7 {command}", ran.out)


def test_the_shell_can_complete_it(becar7: Commands) -> None:
    assert "--install-completion" in becar7("--help").out


def test_without_words_it_says_how_it_is_used(becar7: Commands) -> None:
    assert "Usage: becar7" in becar7().err + becar7().out


def test_it_runs_as_a_module_where_the_terminal_knows_only_ascii() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "how many had eye strain?"],
        cwd=ROOT,
        env={"BECAR7_KNOWLEDGE_DIR": str(TINY), "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )

    assert b"3 of 20 people (15%; 95% CI 3 to 38%)" in ran.stdout
    assert not ran.stderr
