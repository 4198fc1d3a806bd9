from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import ROOT
from tests.cli.commands import Commands
from tests.conftest import TINY


LAMP = '{"id": "q1", "question": "how bright was the lamp?"}'


def test_each_reply_carries_the_id_of_its_question(
    becar7: Commands, tmp_path: Path
) -> None:
    strain = '{"id": 2, "question": "sleep?", "thread": ["eye strain?"]}'
    lines = _file(tmp_path, f"\ufeff{LAMP}\n\n{strain}\n")

    ran = becar7("ask", "--batch", str(lines))

    replies = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.code == 0
    assert [(reply["id"], reply["decision"]) for reply in replies] == [
        ("q1", "answered"),
        (2, "not_reported"),
    ]
    assert replies[1]["reading"]["part_of"] == "sore-eyes"
    assert {"answer", "text", "suggestions", "knowledge"} <= replies[0].keys()


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(b"not json", id="not-json"),
        pytest.param(b'{"id": "x"}', id="no-question"),
        pytest.param(b'{"id": "x", "question": ["lamp"]}', id="not-text"),
        pytest.param(b'{"id": "x", "question": "\xff"}', id="not-utf-8"),
        pytest.param(b'{"id": "x", "question": "l', id="cut-off"),
        pytest.param(b"[" * 100_000, id="deep"),
        pytest.param(b"\x00\x00", id="binary"),
    ],
)
def test_a_bad_line_is_reported_with_its_number_and_skipped(
    becar7: Commands, tmp_path: Path, bad: bytes
) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_bytes(f"{LAMP}\n".encode() + bad + f"\n{LAMP}\n".encode())

    ran = becar7("ask", "--batch", str(path))

    assert ran.code == 1
    assert len(ran.out.splitlines()) == 2
    assert ran.err.startswith("line 2 skipped: ")
    assert len(ran.err.splitlines()) == 1


def test_an_empty_file_is_no_mistake(becar7: Commands, tmp_path: Path) -> None:
    ran = becar7("ask", "--batch", str(_file(tmp_path, "")))

    assert (ran.code, ran.out, ran.err) == (0, "", "")


@pytest.mark.parametrize("name", ["missing.jsonl", "."])
def test_a_file_that_cannot_be_read_is_one_sentence(
    becar7: Commands, tmp_path: Path, name: str
) -> None:
    ran = becar7("ask", "--batch", str(tmp_path / name))

    assert ran.code == 2
    assert ran.is_one_sentence
    assert str(tmp_path) in ran.err


def test_on_a_terminal_progress_is_shown_beside_the_replies(tmp_path: Path) -> None:
    leader, follower = pty.openpty()
    ran = subprocess.run(  # noqa: S603  our own command
        [sys.executable, "-m", "bot", "ask", "--batch", str(_file(tmp_path, LAMP))],
        stdout=subprocess.PIPE,
        stderr=follower,
        cwd=ROOT,
        env={"BECAR7_KNOWLEDGE_DIR": str(TINY), "TERM": "xterm"},
        timeout=60,
        check=True,
    )
    os.close(follower)
    with os.fdopen(leader, "rb") as terminal:
        seen = terminal.read1()

    assert b"Answering" in seen
    assert json.loads(ran.stdout)["id"] == "q1"


def _file(folder: Path, text: str) -> Path:
    path = folder / "questions.jsonl"
    path.write_text(text, "utf-8")
    return path
