"""What an agent's conversation shows besides messages: prompts, title, session."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from bot.workspace.feed import Change, Feed


@dataclass(frozen=True, slots=True)
class Conversation:
    """One thread with the agent, or all of the direct talk when `thread_ts` is empty."""

    channel: str
    thread_ts: str = ""
    title: str = ""
    prompts_title: str = ""
    prompts: tuple[dict[str, str], ...] = ()
    session: str = ""  # processing · active · suspended · closed


@dataclass(slots=True)
class Conversations:
    """Every conversation that an app has set something of."""

    feed: Feed
    begun: dict[str, str] = field(default_factory=dict)  # assistant threads, by channel
    _kept: dict[tuple[str, str], Conversation] = field(default_factory=dict)

    def of(self, channel: str, thread_ts: str = "") -> Conversation:
        """The conversation as it stands."""
        fresh = Conversation(channel, thread_ts)
        return self._kept.get((channel, thread_ts), fresh)

    def keep(self, conversation: Conversation, seen_by: tuple[str, ...]) -> None:
        """Remember a conversation as it is now, and show it."""
        self._kept[conversation.channel, conversation.thread_ts] = conversation
        self.feed.tell(Change("conversation", asdict(conversation), seen_by))

    def shown_in(self, channels: set[str]) -> list[dict[str, Any]]:
        """What the page draws of the conversations in some channels."""
        return [asdict(c) for c in self._kept.values() if c.channel in channels]
