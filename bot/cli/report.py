"""Writes an evaluation out: Markdown for people, JSON for the next program."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import __version__
from bot.answering.desk import Desk
from bot.curation.evaluate import (
    OUTCOMES,
    Outcome,
    Scored,
    Share,
    confusion_of,
    table_of,
)
from bot.errors import SettingsError
from bot.understanding.reading import read


MISSES: tuple[Outcome, ...] = ("wrong", "overcaution", "off", "tap")  # worst first
MOST_WORDS = 40  # unknown words; further down each stood in a single miss


@dataclass(frozen=True, slots=True)
class Report:
    """What was asked, what came out, and the desk that replied."""

    questions: Path
    results: Sequence[Scored]
    desk: Desk


def write(path: Path, report: Report) -> None:
    """Write both files; a SettingsError says why that cannot be done."""
    try:
        path.write_text("\n".join(_markdown(report)) + "\n", "utf-8")
        data = json.dumps(_data(report), ensure_ascii=False, indent=1)
        beside(path).write_text(data + "\n", "utf-8")
    except OSError as error:
        reason = (error.strerror or "not writable").lower()
        raise SettingsError(f"{path}: {reason}: name another --report") from error


def beside(path: Path) -> Path:
    """The JSON file that goes with a Markdown one."""
    return path.with_suffix(".json")


def in_words(share: Share) -> str:
    """A share as it stands in a table: count, percent, interval."""
    low, high = share.interval
    return f"{share.k} ({share.percent:.1f}%; {low:.1f} to {high:.1f})"


def unknown_words(results: Iterable[Scored], desk: Desk) -> list[tuple[str, int]]:
    """The words that no concept claims, by the number of misses they stood in."""
    found: Counter[str] = Counter()
    for result in results:
        if result.outcome in MISSES:
            whole = read(result.probe.as_question(), desk.vocabulary).whole
            found.update(set(whole.unknown))
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))[:MOST_WORDS]


def _markdown(report: Report) -> Iterator[str]:
    knowledge = report.desk.knowledge
    yield f"# Replies to {report.questions.name}"
    yield ""
    yield (
        f"{len(report.results)} questions; knowledge {knowledge.trial.id}"
        f" {knowledge.version}, program {__version__}."
        " Intervals are exact (Clopper-Pearson, 95%), in percent."
    )
    yield from ("", *_outcomes(report.results))
    yield from ("", "## Decisions", "", *_confusion(confusion_of(report.results)))
    for outcome in MISSES:
        yield from _misses(outcome, report.results)
    yield from ("", "## Unknown words, by misses they stood in", "")
    yield from (
        f"- {word}: {misses}"
        for word, misses in unknown_words(report.results, report.desk)
    )


def _outcomes(results: Sequence[Scored]) -> Iterator[str]:
    yield from _head("expected", "n", *OUTCOMES)
    for kind, shares in table_of(results).items():
        cells = [in_words(shares[outcome]) for outcome in OUTCOMES]
        yield _row(kind, str(shares["right"].n), *cells)


def _confusion(counts: Mapping[tuple[str, str], int]) -> Iterator[str]:
    expected = sorted({pair[0] for pair in counts})
    given = sorted({pair[1] for pair in counts})
    yield from _head("expected ↓ given →", *given)
    for one in expected:
        yield _row(one, *(str(counts.get((one, other), 0)) for other in given))


def _misses(outcome: Outcome, results: Sequence[Scored]) -> Iterator[str]:
    found = [result for result in results if result.outcome == outcome]
    if found:
        yield from ("", f"## {outcome.capitalize()} ({len(found)})", "")
    for result in found:
        asked = " ".join(result.probe.question.split())
        told = ", ".join(result.reply.facts) or "nothing"
        yield f"- `{result.probe.id}` {asked}: {result.why}. Told: {told}."


def _head(*titles: str) -> Iterator[str]:
    yield _row(*titles)
    yield _row(*("---" for _ in titles))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _data(report: Report) -> dict[str, Any]:
    table = table_of(report.results)
    confusion = confusion_of(report.results)
    return {
        "questions": report.questions.name,
        "knowledge": report.desk.knowledge.version,
        "engine": __version__,
        "outcomes": {kind: _shares(shares) for kind, shares in table.items()},
        "decisions": [
            {"expected": pair[0], "given": pair[1], "n": n}
            for pair, n in sorted(confusion.items())
        ],
        "results": [_result(one) for one in report.results],
        "unknown_words": dict(unknown_words(report.results, report.desk)),
    }


def _shares(shares: Mapping[Outcome, Share]) -> dict[str, Any]:
    return {
        outcome: {"k": share.k, "n": share.n, "interval": share.interval}
        for outcome, share in shares.items()
    }


def _result(result: Scored) -> dict[str, Any]:
    return {
        "id": result.probe.id,
        "expect": result.probe.expect,
        "decision": result.reply.decision,
        "outcome": result.outcome,
        "why": result.why,
        "facts": result.reply.facts,
    }
