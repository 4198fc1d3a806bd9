from __future__ import annotations

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.telemetry.metrics import Metrics
from bot.telemetry.vitals import Vitals


PROMISED = {
    "becar7_oldest_unanswered_seconds",
    "becar7_ack_seconds",
    "becar7_reply_seconds",
    "becar7_decisions_total",
    "becar7_slack_errors_total",
    "becar7_ambiguous_posts_total",
    "becar7_adopted_posts_total",
    "becar7_takeovers_total",
    "becar7_dead_ends_total",
    "becar7_audit_head_age_seconds",
    "becar7_pack_info",
}


def samples(metrics: Metrics, vitals: Vitals | None = None) -> dict[str, float]:
    """Every sample by its name and labels, as Prometheus reads them."""
    text = metrics.exposition(vitals or Vitals()).decode()
    return {
        sample.name + "".join(f" {n}={v}" for n, v in sample.labels.items()): (
            sample.value
        )
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_the_metrics_have_the_names_that_the_alerts_are_written_against() -> None:
    text = Metrics().exposition(Vitals()).decode()
    named = {line.split()[2] for line in text.splitlines() if line.startswith("# TYPE")}

    assert {name for name in named if not name.endswith("_created")} == PROMISED


def test_each_thing_that_happens_is_counted_under_its_own_name() -> None:
    metrics = Metrics()
    metrics.decided("answered")
    metrics.slack_failed(429)
    metrics.slack_failed(None)
    metrics.dead_end("failure_notified")
    metrics.post_was_ambiguous()
    metrics.post_was_adopted()
    metrics.taken_over()

    found = samples(metrics)

    assert found["becar7_decisions_total decision=answered"] == 1
    assert found["becar7_slack_errors_total status=429"] == 1
    assert found["becar7_slack_errors_total status=unreached"] == 1
    assert found["becar7_dead_ends_total state=failure_notified"] == 1
    assert found["becar7_ambiguous_posts_total"] == 1
    assert found["becar7_adopted_posts_total"] == 1
    assert found["becar7_takeovers_total"] == 1


def test_latencies_are_counted_in_seconds() -> None:
    metrics = Metrics()
    metrics.acknowledged(0.004)
    metrics.replied(4.0)

    found = samples(metrics)

    assert found["becar7_ack_seconds_bucket le=0.005"] == 1
    assert found["becar7_ack_seconds_bucket le=0.002"] == 0
    assert found["becar7_reply_seconds_bucket le=5.0"] == 1
    assert found["becar7_reply_seconds_sum"] == 4.0


def test_only_the_pack_that_is_served_now_is_named() -> None:
    metrics = Metrics()
    metrics.serving("harbour", "1")
    metrics.serving("harbour", "2")

    found = samples(metrics)

    assert found["becar7_pack_info pack=harbour version=2"] == 1
    assert "becar7_pack_info pack=harbour version=1" not in found


def test_the_gauges_show_the_vitals_of_this_moment() -> None:
    found = samples(Metrics(), Vitals(oldest_unanswered=7.5, audit_head_age=3.0))

    assert found["becar7_oldest_unanswered_seconds"] == 7.5
    assert found["becar7_audit_head_age_seconds"] == 3.0


def test_an_empty_audit_has_no_age() -> None:
    age = samples(Metrics())["becar7_audit_head_age_seconds"]

    assert age != age  # noqa: PLR0124  only NaN is not itself


def test_two_processes_in_one_do_not_share_their_figures() -> None:
    one, other = Metrics(), Metrics()
    one.decided("answered")

    assert "becar7_decisions_total decision=answered" not in samples(other)


@pytest.mark.parametrize(
    ("vitals", "ready"),
    [
        pytest.param(Vitals(), True, id="nothing is wrong"),
        pytest.param(Vitals(lease="held"), True, id="lease held"),
        pytest.param(Vitals(lease="lost"), False, id="lease lost"),
        pytest.param(Vitals(database="unreachable"), False, id="no database"),
        pytest.param(Vitals(oldest_unanswered=9e9), True, id="an old question"),
    ],
)
def test_a_replica_is_ready_if_it_can_take_and_answer(
    vitals: Vitals, *, ready: bool
) -> None:
    assert vitals.ready is ready
