"""Numbers the works a reply rests on, and writes them out."""

from __future__ import annotations

from collections.abc import Iterable

from bot.answering.composition import NumberedCitation
from bot.knowledge.bibliography import link_of
from bot.knowledge.load import Entry, Knowledge
from bot.knowledge.model import Conflict, Fact, Source
from bot.knowledge.printed import ahead_of_print, place_of
from bot.knowledge.provenance import Citation
from bot.knowledge.values import in_words


class Citations:
    """The list of sources of one reply, numbered in the order of first use."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._numbers: dict[str, NumberedCitation] = {}

    def marks(self, entry: Entry) -> str:
        """The marks of an entry's sources, such as [1][2]; none where it has none."""
        numbers = dict.fromkeys(self._number(one) for one in _cited(entry))
        return "".join(f"[{number}]" for number in numbers)

    def listed(self) -> tuple[NumberedCitation, ...]:
        """Every work cited so far, by number."""
        return tuple(self._numbers.values())

    def _number(self, citation: Citation) -> int:
        source = self._knowledge.sources[citation.source]
        if source.id not in self._numbers:
            self._numbers[source.id] = NumberedCitation(
                number=len(self._numbers) + 1,
                source=source.id,
                title=source.title,
                locator=citation.locator,
                url=link_of(source),
                read_as=citation.read_as or source.read_as,
            )
        return self._numbers[source.id].number


def source_line(citation: NumberedCitation) -> str:
    """One line of the list of sources."""
    link = f" {citation.url}" if citation.url else ""
    return (
        f"[{citation.number}] {citation.title}; {citation.locator}"
        f" (read as: {citation.read_as}).{link}"
    )


def vancouver(source: Source) -> str:
    """A reference in the Vancouver style, with what is known of the work."""
    place, when = place_of(source), _when(source)
    authors = source.authors.removesuffix(".")  # of "et al."
    said = [f"{authors}. {source.title}. {place}."]
    said += [] if when in place else [f"{when}."]
    if source.doi or source.registry_id:
        said.append(f"doi:{source.doi}" if source.doi else f"{source.registry_id}")
    return " ".join(said)


def _when(source: Source) -> str:
    if source.date is None:
        return "date not stated"
    when = in_words(source.date)
    return f"Published online {when}" if ahead_of_print(source) else when


def _cited(entry: Entry) -> Iterable[Citation]:
    if isinstance(entry, Fact):
        return entry.sources
    if isinstance(entry, Conflict):
        named = dict.fromkeys(s for claim in entry.claims for s in claim.sources)
        return [Citation(source=name, locator=entry.label) for name in named]
    return ()
