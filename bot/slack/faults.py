"""Writes a fault to the log under a short reference, which is all that people see."""

from __future__ import annotations

import logging
import secrets

from slack_sdk.errors import SlackApiError

from bot.telemetry.faults import chain, faults_of


STUMBLES = (
    AttributeError,
    LookupError,
    TypeError,
)  # Bolt, over a body of another shape
NOT_SLACKS = "The body has a shape that Slack does not send."

log = logging.getLogger(__name__)


def reported(error: BaseException) -> str:
    """Log what went wrong and where; the reference under which it is found.

    The message of an unknown error is left out: it may quote what a person wrote.
    """
    reference = new_reference()
    refusals = [slack_code(f) for f in chain(error) if isinstance(f, SlackApiError)]
    about = {"reference": reference, "faults": faults_of(error), "code": refusals}
    log.error("fault", extra=about)
    return reference


def new_reference() -> str:
    """Eight signs that a person can read out over the telephone."""
    return secrets.token_hex(4)


def slack_code(error: SlackApiError) -> str:
    """The code that Slack gives its refusal, such as `invalid_blocks`."""
    body = getattr(error.response, "data", error.response)
    code = body.get("error") if isinstance(body, dict) else None
    status = getattr(error.response, "status_code", "")
    return str(code or f"http_{status}")
