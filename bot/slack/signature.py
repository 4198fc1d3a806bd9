"""Tells requests that Slack signed from all others, and new ones from replays."""

from __future__ import annotations

import hashlib
import hmac
import re
import time
from collections.abc import Callable

from bot.slack.lately import Lately


WINDOW = 300  # seconds, docs.slack.dev, verifying requests: "more than five minutes"
LATEST = (
    10_000  # Slack sends 30,000 an hour at most: 5,000 in the 10 minutes of a replay
)

_TIMESTAMP = re.compile(rb"[0-9]{1,12}")  # seconds since 1970 have ten digits


class Signatures:
    """Knows the signing secret, and the signatures that came lately."""

    def __init__(self, secret: str, clock: Callable[[], float] = time.time) -> None:
        self._secret = secret.encode()
        self._clock = clock
        self._seen: Lately[bytes, bool] = Lately(LATEST)

    def is_timely(self, timestamp: bytes) -> bool:
        """Whether it is a number of seconds, and within five minutes of now."""
        if not _TIMESTAMP.fullmatch(timestamp):
            return False
        return abs(self._clock() - int(timestamp)) <= WINDOW

    def is_ours(self, timestamp: bytes, signature: bytes, raw: bytes) -> bool:
        """Whether Slack signed exactly these bytes at that time, for this app."""
        return hmac.compare_digest(self.sign(timestamp, raw), signature)

    def is_replay(self, signature: bytes) -> bool:
        """Whether these very bytes came before; from now on they did."""
        seen = signature in self._seen
        self._seen.keep(signature, True)
        return seen

    def forget(self, signature: bytes) -> None:
        """Take the next one with this signature for new: the last could not be kept."""
        self._seen.forget(signature)

    def sign(self, timestamp: bytes, raw: bytes) -> bytes:
        """The signature that Slack gives to these bytes, version 0."""
        base = b"v0:" + timestamp + b":" + raw
        return (
            b"v0=" + hmac.new(self._secret, base, hashlib.sha256).hexdigest().encode()
        )
