"""Counts and traces what the desk decides, wherever in Slack it was asked."""

from __future__ import annotations

from bot.answering.composition import Composition
from bot.knowledge.load import Knowledge
from bot.slack.reception import TrialDesk
from bot.telemetry.instruments import Instruments
from bot.understanding.question import Question


class CountedDesk:
    """A desk whose decisions are seen from outside; what was asked is not."""

    def __init__(self, desk: TrialDesk, instruments: Instruments) -> None:
        self._desk = desk
        self._instruments = instruments
        self._served = ""
        self._serves(desk.knowledge.trial.id, desk.knowledge.version)

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
        self._serves(composition.knowledge.pack, composition.knowledge.version)
        return composition

    def tell(self, target: str) -> Composition:
        """The entry behind a button, as the desk tells it."""
        return self._desk.tell(target)

    def _serves(self, pack: str, version: str) -> None:
        """Name the pack anew where another one has taken over."""
        if version != self._served:
            self._served = version
            self._instruments.metrics.serving(pack, version)
