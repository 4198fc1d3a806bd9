"""Counts what the running bot does, under the names the alerts are written against."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import generate_latest

from bot.telemetry.vitals import Vitals


ACK = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3)  # s; Slack waits for 3
REPLY = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60, 300)  # s; 5 and 15: RELIABILITY.md
UNREACHED = "unreached"  # the status of a call to Slack that brought no response


class Metrics:
    """The figures of one process, in a registry of its own."""

    def __init__(self) -> None:
        self._registry = own = CollectorRegistry()
        self._ack = Histogram(
            "becar7_ack_seconds",
            "From a request of Slack's to its acknowledgement.",
            buckets=ACK,
            registry=own,
        )
        self._reply = Histogram(
            "becar7_reply_seconds",
            "From the acknowledgement of a question to its reply.",
            buckets=REPLY,
            registry=own,
        )
        self._decisions = _counter(own, "decisions", "Replies by decision.", "decision")
        self._errors = _counter(
            own, "slack_errors", "Calls to Slack that failed, by HTTP status.", "status"
        )
        self._dead_ends = _counter(
            own, "dead_ends", "Questions that ended in a failure, by state.", "state"
        )
        self._ambiguous = _counter(
            own,
            "ambiguous_posts",
            "Posts of which nobody knows whether Slack has them.",
        )
        self._adopted = _counter(
            own, "adopted_posts", "Posts found in Slack after an ambiguous attempt."
        )
        self._takeovers = _counter(
            own, "takeovers", "Questions taken over from a replica that was lost."
        )
        self._oldest = Gauge(
            "becar7_oldest_unanswered_seconds",
            "How long the oldest question without a reply has waited.",
            registry=own,
        )
        self._audit_head = Gauge(
            "becar7_audit_head_age_seconds",
            "How long ago the last row of the audit was written.",
            registry=own,
        )
        self._pack = Gauge(
            "becar7_pack_info",
            "The knowledge that is served: always 1.",
            ("pack", "version"),
            registry=own,
        )

    def serving(self, pack: str, version: str) -> None:
        """Name the knowledge that is served."""
        self._pack.clear()
        self._pack.labels(pack, version).set(1)

    def acknowledged(self, seconds: float) -> None:
        """Slack has its acknowledgement, so long after its request."""
        self._ack.observe(seconds)

    def replied(self, seconds: float) -> None:
        """A question has its reply, so long after it was acknowledged."""
        self._reply.observe(seconds)

    def decided(self, decision: str) -> None:
        """A reply was composed; its decision is one of the reply contract's."""
        self._decisions.labels(decision).inc()

    def slack_failed(self, status: int | None) -> None:
        """A call to Slack failed with this HTTP status; None: without a response."""
        self._errors.labels(UNREACHED if status is None else str(status)).inc()

    def post_was_ambiguous(self) -> None:
        """Slack may have taken a message, or not."""
        self._ambiguous.inc()

    def post_was_adopted(self) -> None:
        """The message of an earlier attempt was found, and nothing posted again."""
        self._adopted.inc()

    def taken_over(self) -> None:
        """A question of a replica that was lost goes on here."""
        self._takeovers.inc()

    def dead_end(self, state: str) -> None:
        """A question ended as `failure_notified` or `failure_unnotifiable`."""
        self._dead_ends.labels(state).inc()

    def exposition(self, vitals: Vitals) -> bytes:
        """Everything in Prometheus' text format, with the vitals of this moment.

        An audit without any row has no age: Prometheus then reads NaN.
        """
        age = vitals.audit_head_age
        self._oldest.set(vitals.oldest_unanswered)
        self._audit_head.set(float("nan") if age is None else age)
        return generate_latest(self._registry)


def _counter(own: CollectorRegistry, name: str, about: str, *labels: str) -> Counter:
    return Counter(f"becar7_{name}_total", about, labels, registry=own)
