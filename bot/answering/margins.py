"""Asks the second key about the entries of a pack, and only about those that matter."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from bot.understanding import second_key
from bot.understanding.second_key import SecondKey


LOWEST = -1.5  # margin of a label that was not scored, below any that was
_LIKELY = -1.0  # margin at and below which a key speaks plainly against an entry


class Margins(Protocol):
    """What speaks for each entry before its concepts are compared."""

    def foremost(self, most: int, /) -> Iterable[str]:
        """The entries with the highest margins, at most so many."""
        ...

    def is_likely(self, entry: str, /) -> bool:
        """Whether an entry whose measure is named is worth a look."""
        ...

    def of(self, entry: str, coverage: float, /) -> float:
        """The margin of an entry that covers so much of the part, 0 to 1."""
        ...

    def others(self) -> Mapping[str, float]:
        """The margins of boundaries, the outside and a plea for clarity."""
        ...


class Unkeyed:
    """A pack without a second key: what an entry covers is all that speaks for it."""

    def foremost(self, _most: int, /) -> Iterable[str]:
        """None: nobody was asked."""
        return ()

    def is_likely(self, _entry: str, /) -> bool:
        """Every entry is."""
        return True

    def of(self, _entry: str, coverage: float, /) -> float:
        """Above any label that was not scored, and 0 where all is covered."""
        return coverage - 1.0

    def others(self) -> Mapping[str, float]:
        """None were scored."""
        return {}


class Roll:
    """Where each entry of a pack stands on the card of a key, and each other label."""

    def __init__(self, key: SecondKey, entries: Container[str]) -> None:
        self._key = key
        named = tuple(enumerate(key.card.labels))
        self.places = {label: place for place, label in named if label in entries}
        self.others = {label: place for place, label in named if label not in entries}
        self.names = tuple(self.places)
        self.columns = np.array(tuple(self.places.values()), dtype=np.intp)

    def heard(self, features: Iterable[str]) -> Margins:
        """What the key says of a part with these features."""
        return Keyed(self, self._key.margins(features))


@dataclass(frozen=True, slots=True, eq=False)
class Keyed:
    """What a second key says of one part."""

    roll: Roll
    values: second_key.Margins  # of each label, in the order of the card

    def foremost(self, most: int, /) -> Iterable[str]:
        """The entries with the highest margins; of equals, the first on the card."""
        own = self.values[self.roll.columns]
        return [self.roll.names[place] for place in highest(own, most)]

    def is_likely(self, entry: str, /) -> bool:
        """Whether the key does not speak plainly against it."""
        return self.of(entry, 1.0) > _LIKELY

    def of(self, entry: str, _coverage: float, /) -> float:
        """The margin that the key gives it, whatever it covers."""
        place = self.roll.places.get(entry)
        return LOWEST if place is None else float(self.values[place])

    def others(self) -> Mapping[str, float]:
        """The margins of all labels that are no entries."""
        return {label: float(self.values[at]) for label, at in self.roll.others.items()}


def highest(values: npt.NDArray[np.float64], most: int) -> Sequence[int]:
    """The places of the highest values, highest first; of equals, the first place.

    Only values that can be among them are sorted: a pack may have many thousands.
    """
    places = np.arange(len(values))
    if most < len(values):
        least = np.partition(values, -most)[-most]
        places = np.flatnonzero(values >= least)
    order = np.argsort(-values[places], kind="stable")
    found: list[int] = places[order][:most].tolist()
    return found
