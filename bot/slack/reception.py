"""Answers what the listeners heard: once, with the asker's earlier words, in its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.answering.composition import Answers, Composition, Decision
from bot.slack.blocks.notices import entry_gone, how_to_ask
from bot.slack.blocks.reply import render
from bot.slack.delivery import Delivery, Place
from bot.slack.heard import Heard, ThreadMemory
from bot.understanding.question import LONGEST, Question


NOT_KEPT: frozenset[Decision] = frozenset({"emergency", "report"})  # ANSWERS.md


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody put to us: their words, where, and two keys."""

    text: str = field(repr=False)
    place: Place
    key: str  # the same however often and under however many event ids it arrives
    thread: str  # the asker in this thread


@dataclass(frozen=True, slots=True)
class Reception:
    """What all listeners share: who answers, what was heard, and the way out."""

    answers: Answers
    delivery: Delivery
    heard: Heard
    memory: ThreadMemory
    command: str  # named when somebody has to be told how to ask

    async def answer(self, asked: Asked) -> None:
        """Answer in the place where it was asked, unless that was done before."""
        if not await self.heard.first_time(asked.key):
            return
        question = Question.of(asked.text, self.memory.earlier(asked.thread))
        if question.empty:
            await self.delivery.post(asked.place, how_to_ask(self.command))
            return
        composition = self.answers.reply_to(question)
        self._remember(asked, composition)
        await self.delivery.post(asked.place, *render(composition))

    async def tell(self, target: str, place: Place, key: str) -> None:
        """Show the entry behind a button, unless this tap was answered before."""
        if not await self.heard.first_time(key):
            return
        try:
            told = self.answers.tell(target)
        except KeyError:
            await self.delivery.post(place, entry_gone())
        else:
            await self.delivery.post(place, *render(told))

    def _remember(self, asked: Asked, composition: Composition) -> None:
        if composition.decision not in NOT_KEPT:
            self.memory.remember(asked.thread, asked.text[:LONGEST])


def without_mention(text: str, bot_user: str) -> str:
    """The words without the mention of ourselves; other markup stays as it came."""
    return re.sub(rf"<@{re.escape(bot_user)}(?:\|[^<>]*)?>", " ", text).strip()
