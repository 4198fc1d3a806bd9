"""Makes a reply once where the same words come again: a button, a prompt, an edit."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from bot.answering.composition import BOUNDARY_DECISIONS, Composition
from bot.knowledge.load import Knowledge
from bot.slack.board import today
from bot.slack.lately import Lately
from bot.slack.reception import TrialDesk
from bot.understanding.question import Question


LATEST = 128  # replies of some 14 kB each, as measured


class RecallingDesk:
    """A desk that remembers its latest replies of the day, from the pack that runs now.

    What a boundary decided may concern a person: it is made anew, and kept nowhere here.
    """

    def __init__(self, desk: TrialDesk, latest: int = LATEST) -> None:
        self._desk = desk
        self._latest = latest
        self._forget(desk.knowledge)

    @property
    def knowledge(self) -> Knowledge:
        """The pack that the answers come from."""
        return self._desk.knowledge

    def reply_to(self, question: Question) -> Composition:
        """The desk's reply; one and the same for the same words in the same thread."""
        return self._recalled(question, lambda: self._desk.reply_to(question))

    def tell(self, target: str) -> Composition:
        """The entry behind a button, as the desk tells it."""
        return self._recalled(target, lambda: self._desk.tell(target))

    def _recalled(
        self, asked: Hashable, make: Callable[[], Composition]
    ) -> Composition:
        """What was said to it today; a review may be overdue tomorrow."""
        if self.knowledge is not self._known:
            self._forget(self.knowledge)
        key = asked, today()
        reply = self._replies.get(key) or make()
        if reply.decision not in BOUNDARY_DECISIONS:
            self._replies.keep(key, reply)
        return reply

    def _forget(self, knowledge: Knowledge) -> None:
        """Begin anew with the pack that runs now."""
        self._known = knowledge
        self._replies: Lately[Hashable, Composition] = Lately(self._latest)
