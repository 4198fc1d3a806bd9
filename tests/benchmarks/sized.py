"""One pack of one size in a process of its own: this engine, then the two peers."""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from bot.answering.desk import Desk
from bot.curation.bank import Asked, read_bank
from bot.knowledge.load import load
from bot.settings import Settings
from bot.understanding.question import Question
from bot.understanding.second_key import SecondKey
from tests.benchmarks.dominating import dominant
from tests.benchmarks.measuring import missing, resident_mb, timed
from tests.benchmarks.synthetic import (
    Dialect,
    dialects,
    enlarged,
    in_dialect,
    replicated,
)
from tests.benchmarks.telling import text_of


CLOCKS: dict[str, Callable[[], float]] = {
    "wall": time.perf_counter,
    "cpu": time.thread_time,  # what a busy machine takes away is not counted
}
_SEED = 3  # any; fixed so that the same questions are asked
_WARM_UP = 200  # questions
_PROFILED = 300  # questions
_WORK_FOR_PEERS = 2_000_000  # questions times phrasings: about a minute of WRatio


@dataclass(frozen=True)
class Pack:
    """A desk over a pack, the questions for it, and as many phrasings for peers."""

    desk: Desk
    questions: Sequence[Question]
    phrasings: Sequence[str]
    made_s: float  # from knowledge in memory to a desk that answers
    mb: float  # held by then


def real(bank: Sequence[Asked], asked: int) -> Pack:
    """The pack as it is; peers know the whole question bank."""
    folder = Settings().knowledge_dir
    knowledge, key = load(folder), SecondKey.load(folder)
    started = time.perf_counter()
    ours = Desk(knowledge, key=key)
    made = time.perf_counter() - started
    questions = [one.as_question() for one in _some(bank, asked)]
    phrasings = [text_of(one.as_question()) for one in bank]
    return Pack(ours, questions, phrasings, made, resident_mb())


def larger(bank: Sequence[Asked], asked: int, facts: int, *, keyed: bool) -> Pack:
    """A synthetic pack; peers know one phrasing for each fact."""
    plain = load(Settings().knowledge_dir)
    spoken = dialects(plain, facts)
    knowledge = enlarged(plain, spoken, facts)
    key = replicated(plain, spoken) if keyed else None
    started = time.perf_counter()
    ours = Desk(knowledge, key=key)
    made = time.perf_counter() - started
    held = resident_mb()
    questions = _spoken(_some(bank, asked), spoken)
    phrasings = [fact.label for fact in knowledge.facts.values()]
    return Pack(ours, questions, phrasings, made, held)


def measured(pack: Pack, clock: Callable[[], float]) -> dict[str, Any]:
    """What questions to the pack take, and what they take the peers."""
    ask = pack.desk.reply_to
    timed(ask, pack.questions[:_WARM_UP])
    texts = [text_of(question) for question in pack.questions]
    enough = texts[: max(20, _WORK_FOR_PEERS // len(pack.phrasings))]
    return {
        "ours": timed(ask, pack.questions, clock)[1],
        "extract_one": timed(_extract_one(pack.phrasings), enough, clock)[1],
        "bm25s": timed(_bm25s(pack.phrasings), texts, clock)[1],
        "dominant": dominant(ask, pack.questions[:_PROFILED]),
        "phrasings": len(pack.phrasings),
        "facts": len(pack.desk.knowledge.facts),
        "forms": len(pack.desk.vocabulary.forms),
        "made_s": pack.made_s,
        "mb": pack.mb,
    }


def _some(bank: Sequence[Asked], asked: int) -> Sequence[Asked]:
    chance = random.Random(_SEED)  # noqa: S311  repeatable, not secret
    return chance.sample(bank, min(asked, len(bank)))


def _spoken(questions: Sequence[Asked], spoken: Sequence[Dialect]) -> list[Question]:
    """Each question to one copy of the pack in turn."""
    return [
        in_dialect(asked.as_question(), spoken[place % len(spoken)])
        for place, asked in enumerate(questions)
    ]


def _extract_one(phrasings: Sequence[str]) -> Callable[[str], object]:
    process = import_module("rapidfuzz.process")
    return lambda text: process.extractOne(text, phrasings)


def _bm25s(phrasings: Sequence[str]) -> Callable[[str], object]:
    if missing(["bm25s"]):
        return lambda _: None
    bm25s = import_module("bm25s")
    index = bm25s.BM25()
    index.index(
        bm25s.tokenize(list(phrasings), show_progress=False), show_progress=False
    )
    return lambda text: index.retrieve(
        bm25s.tokenize([text], show_progress=False), k=1, show_progress=False
    )


def main(request: dict[str, Any]) -> None:
    """Measure the pack that a request describes."""
    bank = read_bank(Settings().knowledge_dir)
    asked, facts = request["questions"], request["facts"]
    pack = (
        larger(bank, asked, facts, keyed=request["keyed"])
        if facts
        else real(bank, asked)
    )
    json.dump(measured(pack, CLOCKS[request["clock"]]), sys.stdout)


if __name__ == "__main__":
    main(json.load(sys.stdin))
