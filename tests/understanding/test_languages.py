from __future__ import annotations

import json

import pytest

from bot.settings import ROOT
from bot.understanding.languages import is_foreign


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("wie viele sind noch ohne Rückfall", id="German"),
        pytest.param("hoeveel patiënten zijn er behandeld", id="Dutch"),
        pytest.param("combien de patients sont en rémission ?", id="French"),
        pytest.param("¿cuántos pacientes fueron tratados?", id="Spanish"),
        pytest.param("quanti pazienti sono stati trattati?", id="Italian"),
        pytest.param("quantos doentes foram tratados na fase 1?", id="Portuguese"),
        pytest.param("ile osób jest w remisji i czy są dane", id="Polish"),
        pytest.param("сколько пациентов умерло", id="Cyrillic"),
        pytest.param("有多少患者缓解", id="Chinese"),
        pytest.param("كم عدد المرضى", id="Arabic"),
    ],
)
def test_another_language_is_told_from_english(question: str) -> None:
    assert is_foreign(question)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("IL-2 versus IL-15 signalling", id="an abbreviation twice"),
        pytest.param("dose?", id="one word"),
        pytest.param("CAR-T αβ vs γδ", id="Greek signs"),
        pytest.param("what did El País and La Nueva say", id="names"),
        pytest.param("OS, EFS, DFS", id="letters only"),
        pytest.param("7/11?", id="no word"),
        pytest.param("", id="nothing"),
    ],
)
def test_english_and_what_may_be_english_is_not(question: str) -> None:
    assert not is_foreign(question)


def test_no_exam_question_in_english_is_taken_for_foreign() -> None:
    files = (ROOT / "tests" / "curated" / "exams").glob("exam-*.jsonl")
    lines = [line for path in files for line in path.read_text().splitlines()]
    calm = (one for one in map(json.loads, lines) if one["decision"] != "emergency")

    assert [one["question"] for one in calm if is_foreign(one["question"])] == []
