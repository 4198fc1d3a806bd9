"""This engine in a process of its own, so that the memory it holds is its own.

Reads questions from standard input as JSON; writes the replies, each one's time in
milliseconds, how long loading took in seconds, and the memory held in megabytes.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from bot.settings import Settings
from bot.understanding.question import Question
from bot.wiring import desk
from tests.benchmarks.measuring import resident_mb, timed


_WARM_UP = 200  # questions asked before the clock runs: words repaired once are kept


def answer(asked: list[dict[str, Any]]) -> dict[str, Any]:
    """Load the pack, reply to all, and say what it took."""
    started, busy = time.perf_counter(), time.process_time()
    ours = desk(Settings())
    loaded = {
        "wall": time.perf_counter() - started,
        "cpu": time.process_time() - busy,
    }
    ready, held = time.monotonic(), resident_mb()
    questions = [Question.of(one["question"], tuple(one["thread"])) for one in asked]
    timed(ours.reply_to, questions[:_WARM_UP])
    replies, took = timed(ours.reply_to, questions)
    used = resident_mb()  # with all replies, before they are written out
    return {
        "replies": [reply.model_dump(mode="json") for reply in replies],
        "ms": took,
        "loaded_s": loaded,
        "ready_at": ready,  # on the clock that all processes share
        "loaded_mb": held,
        "mb": used,
    }


if __name__ == "__main__":
    json.dump(answer(json.load(sys.stdin)), sys.stdout)
