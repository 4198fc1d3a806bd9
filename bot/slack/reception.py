"""Answers what the listeners heard: once, with the asker's earlier words, in its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from slack_sdk.web.async_client import AsyncWebClient

from bot.answering.catalogue import Catalogue, Knowing
from bot.answering.clearance import PressDesk
from bot.answering.composition import Answers, Composition
from bot.answering.contacts import Contacts
from bot.figures.gallery import Galleries, Gallery
from bot.promise.question import Arrival, Frozen, Owed
from bot.slack.blocks.kit import Message
from bot.slack.blocks.manner import Manner, manner_for
from bot.slack.blocks.notices import answer_stopped, entry_gone, how_to_ask
from bot.slack.blocks.pictures import files_in
from bot.slack.blocks.press import for_press
from bot.slack.blocks.reply import render
from bot.slack.courtesies import Courtesies
from bot.slack.curators import Curation
from bot.slack.delivery import Delivery
from bot.slack.installations import Installations
from bot.slack.keeping import Asked, arrival_of, asked_of, told_of
from bot.slack.memories import Memories
from bot.slack.pace import Pace
from bot.slack.person import Person
from bot.slack.places import Place, Thread, Written
from bot.slack.preferences import Preference
from bot.slack.uploading import Uploading
from bot.slack.wall import Wall, fitting, hang
from bot.understanding.question import Question


PRIVATE = ("D", "U", "W")  # how the ids of direct messages and of people begin


class TrialDesk(Answers, Knowing, Protocol):
    """Whoever answers, and holds the pack that the answers come from."""


@dataclass(frozen=True, slots=True)
class House:
    """What is the same for every workspace and every request."""

    answers: TrialDesk
    contacts: Contacts
    command: str  # named when somebody has to be told how to ask
    memories: Memories
    redact: Callable[[str], str]  # takes out what points to a person
    uploading: Uploading
    galleries: Galleries
    on_call_channel: str = ""  # where requests to the on-call team go
    shared_allowed: bool = False  # in channels that other organisations read
    installations: Installations | None = None  # of several workspaces
    pace: Pace = field(default_factory=Pace)
    curation: Curation = field(default_factory=Curation)

    @property
    def catalogue(self) -> Catalogue:
        """The pack as it is now: it may be replaced while the app runs."""
        return Catalogue(self.answers.knowledge)

    @property
    def gallery(self) -> Gallery:
        """The pictures of the pack as it is now."""
        return self.galleries.of(self.answers.knowledge)

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
        return self if client is self.client else replace(self, client=client)

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

    async def hear(self, asked: Asked) -> Owed | None:
        """Write down for good what was asked; None if it was before, or is no matter."""
        words = self._words(asked.text)
        arrival = arrival_of(asked, words)
        if asked.overheard and not await self._concerns_us(arrival):
            return None
        return await self.memories.inbox.receive(arrival)

    async def rehear(self, asked: Asked) -> bool:
        """Write down that a question was edited; false if it was never asked of us."""
        return await self.memories.inbox.revise(asked.key, self._words(asked.text))

    async def composed(self, arrival: Arrival) -> Frozen:
        """The reply to a question as its asker will read it."""
        earlier = await self.memories.inbox.earlier(arrival.thread, arrival.key)
        question, asked = Question.of(arrival.words, earlier), asked_of(arrival)
        composition = self.house.answers.reply_to(question)
        if question.empty:
            messages: tuple[Message, ...] = (how_to_ask(self.house.command),)
        else:
            private = is_private(asked.place)
            messages = await self.drawn(composition, asked.asker, private=private)
        return Frozen(composition, told_of(messages), earlier)

    async def stopped(self, thread: Thread) -> None:
        """Say that what was asked in a conversation stays unanswered."""
        await self.courtesies.stop_working(thread)
        await self.delivery.post(thread, answer_stopped())

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
        channel = place.channel if isinstance(place, Thread | Written) else ""
        await self.memories.replies.shown(composition, asker, channel)
        messages = await self.drawn(composition, asker, private=is_private(place))
        written = await self.delivery.post(place, *messages)
        await self.hang(asker, messages, written)

    async def hang(
        self, reader: Person, said: Sequence[Message], written: Sequence[Written]
    ) -> None:
        """Put pictures where what we said has words for them, once Slack has them."""
        if written and not all(map(self.house.uploading.has_seen, files_in(said))):
            wall = await self.wall(reader, private=is_private(written[0]))
            await hang(wall, self.delivery, said, written)

    async def drawn(
        self, composition: Composition, reader: Person, *, private: bool
    ) -> tuple[Message, ...]:
        """The reply as a person with these settings reads it."""
        own = await self.memories.preferences.of(reader)
        manner = self._manner(own, private=private)
        if manner.label:
            return for_press(self.house.press.release(composition), manner)
        wall = self._wall(own, reader.team, private=private)
        pictures = await wall.now(fitting(composition, manner))
        return render(composition, manner, pictures)

    async def wall(self, reader: Person, *, private: bool) -> Wall:
        """Where pictures hang: light in a channel, else as the one who reads likes it."""
        own = await self.memories.preferences.of(reader)
        return self._wall(own, reader.team, private=private)

    async def manner_of(self, reader: Person, *, private: bool) -> Manner:
        """How a person wants replies to look."""
        own = await self.memories.preferences.of(reader)
        return self._manner(own, private=private)

    def _wall(self, own: Preference, team: str, *, private: bool) -> Wall:
        theme, house = own.theme if private else "light", self.house
        return Wall(house.gallery, house.uploading, self.client, team, theme)

    def _manner(self, own: Preference, *, private: bool) -> Manner:
        contact = self.house.contacts.on_call
        ladder = () if contact is None else contact.ladder
        label = self.house.catalogue.trial.label
        manner = manner_for(own, label, ladder, private=private)
        return replace(manner, on_call_hears=bool(self.house.on_call_channel))

    def _words(self, text: str) -> str:
        """What somebody wrote, without markup, and without what points to a person."""
        return self.house.redact(Question.of(text).text)

    async def _concerns_us(self, arrival: Arrival) -> bool:
        """Whether words in a thread of ours, not said to us by name, need a reply."""
        earlier = await self.memories.inbox.earlier(arrival.thread, arrival.key)
        question = Question.of(arrival.words, earlier)
        if question.empty:
            return False
        return self.house.answers.reply_to(question).decision != "out_of_scope"


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
