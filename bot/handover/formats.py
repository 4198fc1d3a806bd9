"""Lists the formats in which a pack goes out, each with the file it is known by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.handover.fhir.bundle import bundle_as_json
from bot.handover.table import facts_as_csv
from bot.knowledge.bibliography import bibtex, csl, ris
from bot.knowledge.load import Knowledge


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a pack down, and what of it."""

    file: str  # its usual name
    what: str
    write: Callable[[Knowledge], bytes]


def _csv(knowledge: Knowledge) -> bytes:
    return facts_as_csv(knowledge).encode("utf-8-sig")  # or Excel misreads ≥ and é


def _ris(knowledge: Knowledge) -> bytes:
    """All works, with the line ends and the empty line between that RIS asks for."""
    records = (f"{ris(source)}\n\n" for source in knowledge.sources.values())
    return "".join(records).replace("\n", "\r\n").encode()


def _bibtex(knowledge: Knowledge) -> bytes:
    entries = (f"{bibtex(source)}\n" for source in knowledge.sources.values())
    return "\n".join(entries).encode()


def _csl(knowledge: Knowledge) -> bytes:
    return f"{csl(knowledge.sources.values())}\n".encode()


def _fhir(knowledge: Knowledge) -> bytes:
    return bundle_as_json(knowledge).encode()


FORMATS: Mapping[str, Format] = {
    "csv": Format("facts.csv", "facts, a row for each value", _csv),
    "ris": Format("sources.ris", "sources for reference programs", _ris),
    "bibtex": Format("sources.bib", "sources for LaTeX", _bibtex),
    "csl-json": Format("sources.csl.json", "sources as CSL-JSON", _csl),
    "fhir": Format("evidence.fhir.json", "proportions as FHIR R5", _fhir),
}
