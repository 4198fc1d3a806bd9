"""The judge of the fault runs, on runs whose outcome is known."""

from __future__ import annotations

from typing import Any

import pytest

from bot.workspace.feed import Change
from tests.faults.evidence import leaks
from tests.faults.ledger import Key, Ledger
from tests.faults.plan import Plan
from tests.faults.verdict import (
    NOWHERE,
    Evidence,
    Recovery,
    judged,
    percentile,
    recoveries,
)


BOT = "U0BOT"
SOUND = Evidence(audited=[], audit_verified=True, flip_found=True)


def question(ts: str, text: str = "how many gauges?") -> tuple[Key, str]:
    return ("C1", ts), text


def acknowledgement(ts: str, status: int = 200, ms: float = 4.0) -> Change:
    body: dict[str, Any] = {
        "direction": "events",
        "name": "app_mention",
        "status": status,
        "elapsed_ms": ms,
        "request": {"event": {"channel": "C1", "ts": ts}},
    }
    return Change("exchange", body)


def message(thread: str, ts: str, text: str = "Eleven. [1]") -> Change:
    body = {"user": BOT, "channel": "C1", "thread_ts": thread, "ts": ts, "text": text}
    return Change("message", body)


def make_ledger(*changes: Change, questions: int = 2) -> Ledger:
    ledger = Ledger(BOT)
    for number in range(1, questions + 1):
        ledger.ask(*question(f"{number}.0"))
    for moment, change in enumerate(changes):
        ledger.take(change, float(moment))
    return ledger


def test_a_run_in_which_all_is_well_is_kept() -> None:
    ledger = make_ledger(
        acknowledgement("1.0"),
        acknowledgement("2.0"),
        message("1.0", "1.1"),
        message("2.0", "2.1"),
    )
    audited = [question("1.0")[0], question("2.0")[0]]
    evidence = Evidence(audited=audited, audit_verified=True, flip_found=True)

    verdict = judged(ledger, evidence)

    assert verdict.failures() == ()
    assert (verdict.sent, verdict.acknowledged, verdict.answered) == (2, 2, 2)


def test_what_was_acknowledged_and_never_answered_is_lost() -> None:
    ledger = make_ledger(acknowledgement("1.0"), acknowledgement("2.0", status=500))

    verdict = judged(ledger, SOUND)

    assert (verdict.acknowledged, verdict.lost) == (1, 1)
    assert "1 lost" in verdict.failures()


def test_a_second_message_for_the_same_words_is_one_too_many() -> None:
    ledger = make_ledger(
        message("1.0", "1.1"), message("2.0", "2.1"), message("2.0", "2.2")
    )

    assert judged(ledger, SOUND).twice == 1


def test_a_reply_of_two_messages_is_one_reply() -> None:
    ledger = make_ledger(
        message("1.0", "1.1"),
        message("1.0", "1.2", "Folded."),
        message("2.0", "2.1"),
        message("2.0", "2.2", "Folded."),
    )

    assert judged(ledger, SOUND).twice == 0


def test_an_answer_and_a_failure_notice_are_two_replies() -> None:
    ledger = make_ledger(
        message("1.0", "1.1"),
        message("1.0", "1.2", "It broke. Reference: `ab12cd34`"),
        message("2.0", "2.1"),
    )

    verdict = judged(ledger, SOUND)

    assert (verdict.twice, verdict.notices) == (1, 1)


def test_a_double_that_was_taken_back_stood_for_a_while() -> None:
    ledger = make_ledger(
        message("1.0", "1.1"),
        message("2.0", "2.1"),
        message("2.0", "2.2"),
        Change("gone", {"channel": "C1", "ts": "2.2"}),
    )

    verdict = judged(ledger, SOUND)

    assert (verdict.twice, verdict.twice_for_a_while) == (0, 1)


def test_a_message_that_is_written_anew_is_not_a_second_one() -> None:
    ledger = make_ledger(message("1.0", "1.1"), message("1.0", "1.1", "Twelve."))

    assert judged(ledger, SOUND).twice == 0


def test_an_answer_without_a_row_is_un_audited() -> None:
    ledger = make_ledger(message("1.0", "1.1"), message("2.0", "2.1"))
    evidence = Evidence(audited=[question("2.0")[0]], audit_verified=True)

    assert judged(ledger, evidence).unaudited == 1


@pytest.mark.parametrize(
    ("evidence", "failure"),
    [
        pytest.param(Evidence(), "un-audited: no audit", id="no audit"),
        pytest.param(Evidence(audit_verified=False), "not verified", id="chain"),
        pytest.param(Evidence(flip_found=False), "flipped byte", id="flip"),
        pytest.param(Evidence(leaks=["the token"]), "the token", id="leak"),
        pytest.param(Evidence(exits=[0, -9]), "ended with", id="exit"),
    ],
)
def test_what_was_found_beside_the_messages_can_break_a_run(
    evidence: Evidence, failure: str
) -> None:
    assert failure in " · ".join(judged(make_ledger(), evidence).failures())


def test_recovery_lasts_from_the_kill_to_the_last_reply_that_was_due() -> None:
    ledger = make_ledger(
        acknowledgement("1.0"),
        acknowledgement("2.0"),
        message("1.0", "1.1"),
        message("2.0", "2.1"),
    )

    assert recoveries(ledger, [1.5]) == (Recovery(1.5, 1.5),)
    assert recoveries(ledger, [2.5]) == (Recovery(0.5, 0.5),)
    assert recoveries(ledger, [9.0]) == (Recovery(0.0, 0.0),)


def test_recovery_is_counted_from_the_kill_and_from_the_start_after_it() -> None:
    ledger = make_ledger(acknowledgement("1.0"), message("1.0", "1.1"))

    (found,) = recoveries(ledger, [0.25], starts=[0.0, 0.5, 0.75])

    assert found == Recovery(0.75, 0.5)


def test_what_two_kills_held_up_counts_for_the_second() -> None:
    ledger = make_ledger(
        acknowledgement("1.0"),
        acknowledgement("2.0"),
        message("1.0", "1.1"),
        message("2.0", "2.1"),
    )

    assert recoveries(ledger, [1.5, 2.5]) == (Recovery(0.5, 0.5), Recovery(0.5, 0.5))


def test_what_a_freeze_held_up_does_not_count_for_the_kill_before_it() -> None:
    ledger = make_ledger(
        acknowledgement("1.0"),
        acknowledgement("2.0"),
        message("1.0", "1.1"),
        message("2.0", "2.1"),
    )

    found = recoveries(ledger, [1.5], thaws=[2.5])

    assert found == (Recovery(0.5, 0.5),)


def test_what_is_never_answered_never_recovers() -> None:
    (found,) = recoveries(make_ledger(acknowledgement("1.0")), [0.5])

    assert found.from_kill == NOWHERE


@pytest.mark.parametrize(
    ("part", "expected"), [(50, 2.0), (99, 4.0), (100, 4.0), (25, 1.0)]
)
def test_a_percentile_is_one_of_the_numbers(part: int, expected: float) -> None:
    assert percentile([4.0, 1.0, 3.0, 2.0], part) == expected


def test_the_percentile_of_nothing_is_nothing() -> None:
    assert percentile([], 99) == 0.0


def test_logs_are_searched_for_secrets_and_questions_and_never_quoted() -> None:
    found = leaks(
        "token xoxb-1 asked how many?", {"bot token": "xoxb-1"}, ["how many?"]
    )

    assert found == ["the bot token", "1 questions"]


def test_the_same_seed_breaks_the_same_things_at_the_same_moments() -> None:
    plan, other = Plan(seed=3), Plan(seed=4)

    assert plan.strikes() == Plan(seed=3).strikes()
    assert plan.strikes() != other.strikes()


def test_a_plan_breaks_as_often_as_it_says() -> None:
    kinds = [strike.kind for strike in Plan(kills=12, database="postgres").strikes()]

    assert (kinds.count("kill"), kinds.count("crash")) == (9, 3)
    assert (kinds.count("freeze"), kinds.count("restart")) == (2, 2)
