"""Counts and traces what the desk decides, wherever in Slack it was asked."""

from __future__ import annotations

from typing import Protocol

from bot.answering.catalogue import Knowing
from bot.answering.composition import Answers, Composition
from bot.knowledge.load import Knowledge
from bot.telemetry.instruments import Instruments
from bot.understanding.question import Question


class TrialDesk(Answers, Knowing, Protocol):
    """Whoever answers, and holds the pack that the answers come from."""


class CountedDesk:
    """A desk whose decisions are seen from outside; what was asked is not."""

    def __init__(self, desk: TrialDesk, instruments: Instruments) -> None:
        self._desk = desk
        self._instruments = instruments
        trial, version = desk.knowledge.trial, desk.knowledge.version
        instruments.metrics.serving(trial.id, version)

    @property
    def knowledge(self) -> Knowledge:
        """The pack that the answers come from."""
        return self._desk.knowledge

    def reply_to(self, question: Question) -> Composition:
        """The desk's reply."""
        with self._instruments.traces.span("reply") as span:
            composition = self._desk.reply_to(question)
            span.note(decision=composition.decision)
        self._instruments.metrics.decided(composition.decision)
        return composition

    def tell(self, target: str) -> Composition:
        """The entry behind a button, as the desk tells it."""
        return self._desk.tell(target)
