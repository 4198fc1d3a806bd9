"""Writes the button of an entry: what it says, and what a tap on it would show."""

from __future__ import annotations

from functools import lru_cache

from bot.answering.above import shown
from bot.answering.compose import Composer, reply_about
from bot.answering.composition import Suggestion
from bot.answering.contacts import Contacts
from bot.answering.wish import Wish
from bot.knowledge.load import Knowledge


_KEPT = 2048  # buttons of about a kilobyte; the whole of a pack that people can curate


class Buttons:
    """The buttons of a pack: each says the same in every reply, so it is written once."""

    def __init__(self, knowledge: Knowledge, contacts: Contacts) -> None:
        self._knowledge = knowledge
        self._contacts = contacts
        self.of = lru_cache(maxsize=_KEPT)(self._written)

    def _written(self, target: str) -> Suggestion:
        """The button of an entry by its id; KeyError if there is none."""
        entry = self._knowledge.entry(target)
        composer = Composer(self._knowledge, self._contacts)
        point = composer.point(reply_about(entry, self._knowledge), Wish())
        return Suggestion(label=entry.label, target=entry.id, answer=shown(point))
