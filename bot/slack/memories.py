"""Holds together what the Slack side remembers, whoever keeps it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from bot.promise.inbox import Inbox, Progress
from bot.slack.asked import Questions
from bot.slack.bridges import Bridges
from bot.slack.feedback import Feedback
from bot.slack.given import Replies
from bot.slack.heard import Heard, Joined
from bot.slack.installations import Installed
from bot.slack.preferences import Preferences


class HandingOut(Protocol):
    """Whoever brings questions that another replica has written down."""

    def working(
        self,
        take_up: Callable[[str], Awaitable[None]],
        has_room: Callable[[], bool],
    ) -> AbstractAsyncContextManager[None]:
        """Work on what is handed out, as long as the block lasts."""
        ...


@dataclass(frozen=True, slots=True)
class Memories:
    """All that outlives the process; the journal keeps it."""

    inbox: Inbox
    progress: Progress
    handing_out: HandingOut
    heard: Heard
    joined: Joined
    replies: Replies
    questions: Questions
    preferences: Preferences
    bridges: Bridges
    feedback: Feedback
    installed: Installed
