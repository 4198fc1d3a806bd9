"""Holds together what the Slack side remembers, whoever keeps it."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.slack.asked import Questions, QuestionsInMemory
from bot.slack.bridges import Bridges, BridgesInMemory
from bot.slack.feedback import Feedback, FeedbackInMemory
from bot.slack.given import Posts, PostsInMemory, Replies, RepliesInMemory
from bot.slack.heard import (
    Heard,
    HeardInMemory,
    Joined,
    JoinedInMemory,
    ThreadMemory,
)
from bot.slack.preferences import Preferences, PreferencesInMemory


@dataclass(frozen=True, slots=True)
class Memories:
    """All that is remembered; by default only as long as the process lives."""

    heard: Heard = field(default_factory=HeardInMemory)
    threads: ThreadMemory = field(default_factory=ThreadMemory)
    joined: Joined = field(default_factory=JoinedInMemory)
    replies: Replies = field(default_factory=RepliesInMemory)
    posts: Posts = field(default_factory=PostsInMemory)
    questions: Questions = field(default_factory=QuestionsInMemory)
    preferences: Preferences = field(default_factory=PreferencesInMemory)
    bridges: Bridges = field(default_factory=BridgesInMemory)
    feedback: Feedback = field(default_factory=FeedbackInMemory)

    async def forget_team(self, team: str) -> None:
        """Let go of everything about a workspace that removed the app."""
        self.threads.forget_team(team)
        for memory in (
            *(self.heard, self.joined, self.replies, self.posts),
            *(self.questions, self.preferences, self.bridges, self.feedback),
        ):
            await memory.forget_team(team)
