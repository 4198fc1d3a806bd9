"""Answers what the listeners heard: once, with the asker's earlier words, in its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Protocol

from slack_sdk.web.async_client import AsyncWebClient

from bot.answering.catalogue import Catalogue, Knowing
from bot.answering.clearance import PressDesk
from bot.answering.composition import (
    BOUNDARY_DECISIONS,
    Answers,
    Composition,
    Decision,
)
from bot.answering.contacts import Contacts
from bot.slack.blocks.kit import Message
from bot.slack.blocks.manner import Manner, manner_for
from bot.slack.blocks.notices import answer_stopped, entry_gone, how_to_ask
from bot.slack.blocks.press import for_press
from bot.slack.blocks.reply import render
from bot.slack.courtesies import Courtesies
from bot.slack.delivery import Delivery
from bot.slack.installations import Installations
from bot.slack.memories import Memories
from bot.slack.pace import Pace
from bot.slack.person import Person
from bot.slack.places import Place, Thread, Written
from bot.slack.stopping import UnderWay
from bot.slack.turns import Turns
from bot.understanding.question import LONGEST, Question


NOT_KEPT: frozenset[Decision] = frozenset({"emergency", "report"})  # ANSWERS.md
PRIVATE = ("D", "U", "W")  # how the ids of direct messages and of people begin


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody put to us: their words, where, and two keys."""

    text: str = field(repr=False)
    place: Place
    key: str  # the same however often and under however many event ids it arrives
    thread: str  # the asker in this thread
    asker: Person
    overheard: bool = False  # said in a thread of ours, but not to us by name
    opens: bool = False  # the first words of a conversation with us


class TrialDesk(Answers, Knowing, Protocol):
    """Whoever answers, and holds the pack that the answers come from."""


@dataclass(frozen=True, slots=True)
class House:
    """What is the same for every workspace and every request."""

    answers: TrialDesk
    contacts: Contacts
    command: str  # named when somebody has to be told how to ask
    on_call_channel: str = ""  # where requests to the on-call team go
    shared_allowed: bool = False  # in channels that other organisations read
    installations: Installations | None = None  # of several workspaces
    memories: Memories = field(default_factory=Memories)
    pace: Pace = field(default_factory=Pace)
    turns: Turns = field(default_factory=Turns)
    under_way: UnderWay = field(default_factory=UnderWay)

    @property
    def catalogue(self) -> Catalogue:
        """The pack as it is now: it may be replaced while the app runs."""
        return Catalogue(self.answers.knowledge)

    @property
    def press(self) -> PressDesk:
        """Who knows what may be passed on of the pack as it is now."""
        return PressDesk(self.answers.knowledge, self.contacts)


@dataclass(frozen=True, slots=True)
class Reception:
    """The house, speaking with the token of the workspace that a request came from."""

    house: House
    client: AsyncWebClient

    def speaking(self, client: AsyncWebClient) -> Reception:
        """The same, with the token of another workspace."""
        return replace(self, client=client)

    @property
    def delivery(self) -> Delivery:
        """The way out."""
        return Delivery(self.client, self.house.pace)

    @property
    def courtesies(self) -> Courtesies:
        """What is kind and not needed."""
        return Courtesies(self.client)

    @property
    def memories(self) -> Memories:
        """What is remembered."""
        return self.house.memories

    async def answer(self, asked: Asked) -> None:
        """Answer in the place where it was asked, unless that was done before."""
        if not await self.memories.heard.first_time(asked.key):
            return
        where = asked.place
        conversation = (
            thread_key(asked.asker.team, where) if isinstance(where, Thread) else ""
        )
        async with self.house.turns.of(asked.key):
            work = self._answer(asked)
            if not await self.house.under_way.finished(conversation, work):
                self.memories.threads.forget(asked.thread, asked.key)

    async def stop(self, team: str, thread: Thread) -> None:
        """Give up what is being answered in a conversation, and say so."""
        stopped = self.house.under_way.stop(thread_key(team, thread))
        await self.courtesies.stop_working(thread)
        if stopped:
            await self.delivery.post(thread, answer_stopped())

    async def told(self, asked: Asked) -> tuple[Message, ...]:
        """The answer itself, for whoever shows it."""
        return await self._messages(self._composed(asked), asked)

    async def revise(self, asked: Asked) -> None:
        """Answer a question that was edited where it was answered before."""
        async with self.house.turns.of(asked.key):
            earlier = await self.memories.posts.of(asked.key)
            if earlier:
                messages = await self._messages(self._composed(asked), asked)
                written = await self.delivery.rewrite(earlier, *messages)
                await self.memories.posts.keep(asked.key, written)

    async def take_back(self, key: str, thread: str) -> None:
        """Remove our own answer to a message that is gone."""
        async with self.house.turns.of(key):
            for one in await self.memories.posts.of(key):
                await self.delivery.take_back(one)
            await self.memories.posts.keep(key, ())
            self.memories.threads.forget(thread, key)

    async def tell(self, target: str, place: Place, asker: Person) -> None:
        """Show the entry behind a button."""
        try:
            told = self.house.answers.tell(target)
        except KeyError:
            await self.delivery.post(place, entry_gone())
        else:
            await self.show(told, place, asker)

    async def show(self, composition: Composition, place: Place, asker: Person) -> None:
        """Show a reply, with what can be done with it."""
        await self.memories.replies.keep(composition, asker.team)
        messages = await self.drawn(composition, asker, private=is_private(place))
        await self.delivery.post(place, *messages)

    async def drawn(
        self, composition: Composition, reader: Person, *, private: bool
    ) -> tuple[Message, ...]:
        """The reply as a person with these settings reads it."""
        manner = await self.manner_of(reader, private=private)
        if not manner.label:
            return render(composition, manner)
        return for_press(self.house.press.release(composition), manner)

    async def manner_of(self, reader: Person, *, private: bool) -> Manner:
        """How a person wants replies to look."""
        preference = await self.memories.preferences.of(reader)
        contact = self.house.contacts.on_call
        ladder = () if contact is None else contact.ladder
        label = self.house.catalogue.trial.label
        return manner_for(preference, label, ladder, private=private)

    def _composed(self, asked: Asked) -> Composition | None:
        """The reply; None where nothing was asked, or not of us."""
        memory = self.memories.threads
        question = Question.of(asked.text, memory.earlier(asked.thread, asked.key))
        if question.empty:
            return None
        composition = self.house.answers.reply_to(question)
        if asked.overheard and composition.decision == "out_of_scope":
            return None
        if composition.decision in NOT_KEPT:
            memory.forget(asked.thread, asked.key)
        else:
            memory.remember(asked.thread, asked.text[:LONGEST], asked.key)
        return composition

    async def _messages(
        self, composition: Composition | None, asked: Asked
    ) -> tuple[Message, ...]:
        if composition is None:
            return (how_to_ask(self.house.command),)
        await self.memories.replies.keep(composition, asked.asker.team)
        await self.memories.questions.note(asked.asker, composition)
        private = is_private(asked.place)
        return await self.drawn(composition, asked.asker, private=private)

    async def _answer(self, asked: Asked) -> None:
        """Compose, post and note one answer, with a status while that takes long."""
        async with self.courtesies.working(asked.place):
            composition = self._composed(asked)
            if composition is None and asked.overheard:
                return
            await self._join(asked)
            messages = await self._messages(composition, asked)
            written = await self.delivery.post(asked.place, *messages)
            await self.memories.posts.keep(asked.key, written)
        if asked.opens and isinstance(asked.place, Thread):
            await self._name(asked.place, composition)

    async def _join(self, asked: Asked) -> None:
        place = asked.place
        if isinstance(place, Thread) and not is_private(place):
            await self.memories.joined.join(thread_key(asked.asker.team, place))

    async def _name(self, thread: Thread, composition: Composition | None) -> None:
        if composition and composition.decision not in BOUNDARY_DECISIONS:
            await self.courtesies.name(thread, composition.question)


def is_private(place: Place) -> bool:
    """Whether one person alone reads what is said there."""
    channel = place.channel if isinstance(place, Thread | Written) else PRIVATE[0]
    return channel.startswith(PRIVATE)


def thread_key(team: str, thread: Thread) -> str:
    """The name under which a thread is remembered."""
    return f"{team}:{thread.channel}:{thread.ts}"


def without_mention(text: str, bot_user: str) -> str:
    """The words without the mention of ourselves; other markup stays as it came."""
    return re.sub(rf"<@{re.escape(bot_user)}(?:\|[^<>]*)?>", " ", text).strip()
