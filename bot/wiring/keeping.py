"""Lets the journal keep what the Slack side remembers."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass

from bot.answering.composition import Composition
from bot.journal.journal import Journal, open_journal
from bot.journal.notes import Notes
from bot.journal.replies import Replies
from bot.knowledge.load import Knowledge
from bot.settings import Settings
from bot.slack.asked import OWN, AskedOften, AskedOnce
from bot.slack.bridges import Bridge
from bot.slack.feedback import Opinion
from bot.slack.memories import Memories
from bot.slack.person import Person
from bot.slack.places import Thread
from bot.slack.preferences import Preference
from bot.telemetry.vitals import Vitals
from bot.wiring.following import follow
from bot.wiring.reloading import Keep


log = logging.getLogger(__name__)


@asynccontextmanager
async def kept(settings: Settings, knowledge: Knowledge) -> AsyncIterator[Journal]:
    """The journal of this place, as long as the block lasts; it holds the pack too."""
    async with open_journal(settings.database_url.get_secret_value()) as journal:
        await journal.packs.keep(knowledge.version, knowledge.directory)
        async with (
            journal.lease.renewing(_end),
            journal.eraser.purging(settings.retention_days),
            _following(journal, knowledge),
        ):
            yield journal


@asynccontextmanager
async def _following(journal: Journal, knowledge: Knowledge) -> AsyncIterator[None]:
    """Follow the pack that we start with, while questions are answered already."""
    task = asyncio.create_task(follow(journal, knowledge))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])
        fault = None if task.cancelled() else task.exception()
        if fault is not None:
            log.error("the pack was not followed to its end", exc_info=fault)


def keeper(journal: Journal) -> Keep:
    """What keeps every pack that took over, so that its answers can be made again."""

    async def keep(knowledge: Knowledge) -> None:
        await journal.packs.keep(knowledge.version, knowledge.directory)
        await follow(journal, knowledge)

    return keep


def _end() -> None:
    """End this process as whoever runs it would: another has taken its work over."""
    log.critical(
        "this replica was frozen and its lease is lost: it ends, start it anew"
    )
    signal.raise_signal(signal.SIGTERM)


@dataclass(frozen=True, slots=True)
class Pulses:
    """The journal as whoever asks after our health sees it."""

    journal: Journal

    async def vitals(self) -> Vitals:
        """How it is now."""
        return Vitals(**asdict(await self.journal.pulse()))


def memories_in(journal: Journal) -> Memories:
    """All that outlives the process, in this journal."""
    return Memories(
        inbox=journal.inbox,
        progress=journal.progress,
        handing_out=journal.dispatch,
        heard=KeptKeys(journal.notes("heard")),
        joined=KeptThreads(journal.notes("joined"), journal.replies),
        replies=KeptReplies(journal.replies),
        questions=KeptQuestions(journal.replies),
        preferences=KeptPreferences(journal.notes("preference")),
        bridges=KeptBridges(journal.notes("bridge")),
        feedback=KeptFeedback(journal.replies),
        installed=journal.installed,
        uploads=journal.uploads,
        forgetting=journal.eraser,
        tickets=journal.tickets,
        news=journal.news,
        corrections=journal.corrections,
        digests=journal.digests,
    )


@dataclass(frozen=True, slots=True)
class KeptKeys:
    """Taps and messages that were heard."""

    notes: Notes

    async def first_time(self, key: str) -> bool:
        """Whether the key is new; from now on it is not."""
        return await self.notes.keep_first(key, True)


@dataclass(frozen=True, slots=True)
class KeptThreads:
    """The threads in which somebody asked us, or where a reply was shared."""

    notes: Notes
    replies: Replies

    async def join(self, thread: str) -> None:
        """From now on listen in that thread."""
        await self.notes.keep_first(thread, True)

    async def has(self, thread: str) -> bool:
        """Whether we were asked in that thread."""
        if await self.replies.is_asked_in(thread):
            return True
        return await self.notes.find(thread) is not None


@dataclass(frozen=True, slots=True)
class KeptReplies:
    """The replies that buttons may still ask for."""

    replies: Replies

    async def shown(
        self, composition: Composition, reader: Person, channel: str
    ) -> None:
        """Remember a reply, and that somebody was shown it."""
        await self.replies.shown(composition, _name(reader), channel)

    async def find(self, name: str, team: str) -> Composition | None:
        """The reply of that id; None if it is not, or no longer, held for them."""
        return await self.replies.find(name, team)


@dataclass(frozen=True, slots=True)
class KeptQuestions:
    """What was asked, by whom and how often."""

    replies: Replies

    async def own(self, person: Person) -> tuple[AskedOnce, ...]:
        """The person's latest questions, the latest first."""
        asked = await self.replies.asked_by(person.team, person.user)
        return tuple(AskedOnce(words, reply) for words, reply in asked[:OWN])

    async def most_asked(self, team: str, most: int) -> tuple[AskedOften, ...]:
        """The entries told most often in a workspace."""
        told = await self.replies.told_most(team, most)
        return tuple(AskedOften(target, times) for target, times in told)


@dataclass(frozen=True, slots=True)
class KeptPreferences:
    """What people have set for themselves."""

    notes: Notes

    async def of(self, person: Person) -> Preference:
        """The person's settings; a value that is offered no longer counts as unset."""
        preference, kept = Preference(), await self.notes.find(_name(person))
        for name, value in (kept or {}).items():
            if preference.allows(name, value):
                preference = preference.changed(name, value)
        return preference

    async def keep(self, person: Person, preference: Preference) -> None:
        """Remember the person's settings."""
        await self.notes.keep(_name(person), asdict(preference), _name(person))


@dataclass(frozen=True, slots=True)
class KeptBridges:
    """The requests that the on-call team may still answer."""

    notes: Notes

    async def keep(self, there: Thread, bridge: Bridge) -> None:
        """Remember where replies in that thread go."""
        await self.notes.keep(f"{there.channel}:{there.ts}", asdict(bridge))

    async def at(self, there: Thread) -> Bridge | None:
        """Where replies in that thread go; None if it is no request."""
        found = await self.notes.find(f"{there.channel}:{there.ts}")
        return found and Bridge(found["asker"], Thread(**found["back"]), found["team"])


@dataclass(frozen=True, slots=True)
class KeptFeedback:
    """What people thought of replies."""

    replies: Replies

    async def keep(self, opinion: Opinion) -> None:
        """Remember an opinion."""
        await self.replies.judged(
            {
                "team": opinion.person.team,
                "person": opinion.person.user,
                "reply": opinion.reply,
                "helpful": opinion.helpful,
                "reason": opinion.reason,
            }
        )


def _name(person: Person) -> str:
    return f"{person.team}:{person.user}"
