"""Says what is certain after a try to post: it stands there, it does not, nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from slack_sdk.errors import SlackApiError

from bot.slack.asides import OK, REFUSALS
from bot.slack.faults import slack_code
from bot.slack.places import Written


TOO_MANY = 429
BROKEN = 500  # and above: Slack's own fault, whatever became of the call
DOUBTFUL = frozenset(  # docs.slack.dev: "some aspect of the operation" may be done
    {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}
)


@dataclass(frozen=True, slots=True)
class Posted:
    """Slack has the message; written down where it can be changed later."""

    written: Written | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Slack does not take these blocks; nothing was posted."""

    code: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing was posted, for certain; it may be tried again after some seconds."""

    seconds: float
    because: Exception


@dataclass(frozen=True, slots=True)
class Unknown:
    """Slack may have the message, or not: whoever tries again looks first."""

    because: Exception


@dataclass(frozen=True, slots=True)
class Hopeless:
    """Nothing was posted, and trying again would change nothing."""

    code: str
    because: Exception


Outcome: TypeAlias = Posted | Refused | Wait | Unknown | Hopeless


def judged(error: SlackApiError) -> Refused | Wait | Unknown | Hopeless:
    """What is certain after Slack's refusal."""
    code, status = slack_code(error), getattr(error.response, "status_code", OK)
    if status == TOO_MANY:
        return Wait(retry_after(getattr(error.response, "headers", {})), error)
    if status >= BROKEN or code in DOUBTFUL:
        return Unknown(error)
    return Refused(code) if code in REFUSALS else Hopeless(code, error)


def retry_after(headers: Mapping[str, str]) -> float:
    """Seconds to wait; a header that is missing or no number counts as one second."""
    said = headers.get("Retry-After", "")
    return float(said) if said.isascii() and said.isdigit() else 1.0
