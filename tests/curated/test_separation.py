"""The program knows no trial: every word about ours stands in the pack."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.knowledge.load import load
from bot.settings import ROOT
from tests.conftest import REAL


CODE = sorted((ROOT / "bot").rglob("*.py"))
TRIAL = load(REAL).trial
NUMBERS = map(re.escape, TRIAL.registrations.values())
OURS = re.compile(
    r"be-?car7|\bcar-?7\b|\bcar-?t\b|\bcd7\b|\bcd52\b|\bt-?all\b|leuk(?:ae|e)mi"
    r"|alemtuzumab|fludarabine|cyclophosphamide|tocilizumab|lymphodeplet"
    r"|qasim|chiesa|\bgosh\b|great ormond|\bucl\b|alyssa"
    rf"|isrctn\d|\bnct\d|nejmoa|{'|'.join(NUMBERS)}",
    re.IGNORECASE,
)
ALLOWED = re.compile(  # our command, settings and metrics, the pack served by default
    r"\bbecar7\b|\bbecar7_|BECAR7_|(?<=\"knowledge\" / )\"be-car7\""
)


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_names_our_trial(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()

    assert [line for line in lines if names_ours(line)] == []


@pytest.mark.parametrize(
    "said", [TRIAL.name, TRIAL.title, *TRIAL.registrations.values()]
)
def test_the_search_would_find_what_it_looks_for(said: str) -> None:
    assert names_ours(f"as in {said}, for one")


def test_the_search_leaves_the_product_its_name() -> None:
    assert not names_ours("becar7 ask; set BECAR7_PORT; becar7_ack_seconds")


def names_ours(line: str) -> bool:
    return OURS.search(ALLOWED.sub("", line)) is not None
