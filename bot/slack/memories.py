"""Holds together what the Slack side remembers, whoever keeps it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from bot.promise.corrections import Corrections
from bot.promise.digest import Digests
from bot.promise.inbox import Inbox, Progress
from bot.promise.news import NewsBox
from bot.promise.tickets import Tickets
from bot.slack.asked import Questions
from bot.slack.bridges import Bridges
from bot.slack.feedback import Feedback
from bot.slack.given import Replies
from bot.slack.heard import Heard, Joined
from bot.slack.installations import Installed
from bot.slack.preferences import Preferences
from bot.slack.uploads import Uploads


class HandingOut(Protocol):
    """Whoever brings questions that another replica has written down."""

    def working(
        self,
        take_up: Callable[[str], Awaitable[None]],
        has_room: Callable[[], bool],
    ) -> AbstractAsyncContextManager[None]:
        """Work on what is handed out, as long as the block lasts."""
        ...


class Forgetting(Protocol):
    """Whoever can let go of a whole workspace at once."""

    async def forget_team(self, team: str) -> None:
        """Let go of everything about a workspace that removed the app."""
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
    uploads: Uploads
    tickets: Tickets
    news: NewsBox
    corrections: Corrections
    digests: Digests
    forgetting: Forgetting

    async def forget_team(self, team: str) -> None:
        """Let go of everything about a workspace that removed the app."""
        await self.forgetting.forget_team(team)
