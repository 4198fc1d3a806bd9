"""So many of so many, with the share and its exact interval, as pictures show them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answering.intervals import clopper_pearson
from bot.errors import UndrawableError
from bot.figures.table import Record
from bot.knowledge.figures import Row
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Fact
from bot.knowledge.values import Count


METHOD = "95% CI: exact (Clopper-Pearson), computed by the bot, not in the source."


@dataclass(frozen=True, slots=True)
class Share:
    """A count that is drawn, with what it counts and the fact it stands in."""

    label: str
    says: str
    count: Count
    fact: Fact

    @classmethod
    def of(cls, row: Row, knowledge: Knowledge) -> Share:
        """The count of a row; UndrawableError where it has none."""
        fact = knowledge.facts[row.fact]
        value = row.value_in(fact)
        if not isinstance(value, Count):
            raise UndrawableError(row.fact)
        says = (row.says or "").replace("{value}", value.text())
        return cls(row.title_in(fact), says, value, fact)

    @property
    def percent(self) -> float:
        """The share, 0 to 100."""
        return 100 * self.count.k / self.count.n

    @property
    def interval(self) -> tuple[float, float]:
        """The exact 95% interval, both ends in percent (Clopper & Pearson 1934)."""
        return clopper_pearson(self.count.k, self.count.n)

    def counted(self) -> str:
        """The count, as it stands large beside the people."""
        return f"{self.count.k} of {self.count.n}"

    def spread(self) -> str:
        """The interval in whole percents."""
        low, high = self.interval
        return f"95% CI {low:.0f} to {high:.0f}%"

    def told(self) -> str:
        """The whole of it in one sentence, for those who cannot see it."""
        says = f" ({self.says})" if self.says else ""
        return (
            f"{self.label}{says}: {self.counted()} {self.count.of}, {self.percent:.0f}%,"
            f" {self.spread()}."
        )

    def record(self) -> Record:
        """The line of the table behind the picture; percents with one decimal."""
        low, high = self.interval
        return {
            "label": self.label,
            "says": self.says,
            "fact": self.fact.id,
            "k": str(self.count.k),
            "n": str(self.count.n),
            "percent": f"{self.percent:.1f}",
            "low": f"{low:.1f}",
            "high": f"{high:.1f}",
            "interval": "exact 95% (Clopper-Pearson), computed by the bot",
        }
