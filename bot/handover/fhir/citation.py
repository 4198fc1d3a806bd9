"""Writes a work as a Citation resource, and through what it was read."""

from __future__ import annotations

from collections.abc import Iterator

from bot.handover.fhir.elements import Json, known, narrative, notes, resource_id
from bot.knowledge.bibliography import link_of
from bot.knowledge.load import Knowledge
from bot.knowledge.model import Source
from bot.knowledge.printed import printed_in


_DOI = "https://doi.org"


def citation(knowledge: Knowledge, source: Source) -> Json:
    """The Citation resource of a work."""
    line = f"{source.authors}. {source.title}. {source.publisher}."
    return {
        "resourceType": "Citation",
        "id": resource_id(source.id),
        "text": narrative([line, *_about(source)]),
        "identifier": [{"value": f"{knowledge.trial.id}/{source.id}"}],
        "version": knowledge.version,
        "title": source.title,
        "status": "active",
        "citedArtifact": known(
            {
                "identifier": list(_identifiers(source)),
                "title": [{"text": source.title}],
                "publicationForm": [_form(source)],
                "webLocation": [{"url": link} for link in [link_of(source)] if link],
                "contributorship": {"summary": [{"value": source.authors}]},
                "note": notes(_about(source)),
            }
        ),
    }


def _about(source: Source) -> tuple[str, ...]:
    reviewed = "Peer reviewed." if source.peer_reviewed else "Not peer reviewed."
    return (f"Read as: {source.read_as}.", reviewed, f"Kind: {source.kind}.")


def _identifiers(source: Source) -> Iterator[Json]:
    if source.doi:
        yield {"system": _DOI, "value": source.doi}
    if source.registry_id:
        yield {"value": source.registry_id}


def _form(source: Source) -> Json:
    """Where and when a work came out; the journal's parts only where they are known."""
    printed = printed_in(source)
    if printed is None:
        place: Json = {"publishedIn": {"title": source.publisher}}
    else:
        place = {
            "publishedIn": {"title": printed.journal},
            "volume": printed.volume,
            "issue": printed.issue,
            "pageString": printed.pages,
        }
    return known({**place, "articleDate": source.date})
