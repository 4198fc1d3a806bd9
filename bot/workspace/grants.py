"""Short-lived permissions that Slack hands to an app: triggers and response URLs."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.workspace.clock import Clock


TRIGGER_LIFE = 3.0  # seconds; docs.slack.dev, interactivity
RESPONSE_LIFE = 30 * 60.0  # seconds
RESPONSE_USES = 5


@dataclass(frozen=True, slots=True)
class Origin:
    """Who did something where, so that a response finds its way back."""

    user: str
    channel: str
    thread_ts: str | None = None
    message_ts: str | None = None  # the message that was tapped


@dataclass(slots=True)
class Grant:
    """One permission: for whom, until when, how often."""

    origin: Origin
    until: float
    uses: int


@dataclass(slots=True)
class Grants:
    """All permissions handed out, by their opaque name."""

    clock: Clock
    _granted: dict[str, Grant] = field(default_factory=dict)
    _count: int = 0

    def trigger(self, origin: Origin) -> str:
        """A trigger_id: one use within three seconds."""
        return self._grant("trigger", Grant(origin, self._in(TRIGGER_LIFE), 1))

    def response(self, origin: Origin) -> str:
        """The name of a response URL: five uses within half an hour."""
        return self._grant(
            "response", Grant(origin, self._in(RESPONSE_LIFE), RESPONSE_USES)
        )

    def spend(self, name: str) -> Origin | str:
        """Whom the permission was for, or Slack's word for why it is gone."""
        grant = self._granted.get(name)
        if grant is None:
            return f"invalid_{name.partition('-')[0]}"
        if self.clock.now() > grant.until:
            return "expired"
        if grant.uses == 0:
            return "used"
        grant.uses -= 1
        return grant.origin

    def _in(self, seconds: float) -> float:
        return self.clock.now() + seconds

    def _grant(self, kind: str, grant: Grant) -> str:
        self._count += 1
        name = f"{kind}-{self._count:06d}"
        self._granted[name] = grant
        return name
