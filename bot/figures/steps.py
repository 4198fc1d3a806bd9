"""A row that is told in words: a step of a journey, a grade of a scale, a field."""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import UndrawableError
from bot.figures.table import Record
from bot.knowledge.figures import Row
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Fact


@dataclass(frozen=True, slots=True)
class Step:
    """A label, and beside it a value in words."""

    label: str
    says: str
    fact: Fact

    @classmethod
    def of(cls, row: Row, knowledge: Knowledge) -> Step:
        """What a row says: its own words with the value filled in, or the value."""
        fact = knowledge.facts[row.fact]
        value = row.words_in(fact)
        if value is None:
            raise UndrawableError(row.fact)
        says = (row.says or "{value}").replace("{value}", value)
        return cls(row.title_in(fact), says, fact)

    def told(self) -> str:
        """The step in one sentence."""
        return f"{self.label}: {self.says}"

    def record(self) -> Record:
        """The line of the table behind the picture."""
        return {"label": self.label, "says": self.says, "fact": self.fact.id}
