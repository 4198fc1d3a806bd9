"""Writes works as reference programs read them: RIS, BibTeX and CSL-JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from bot.knowledge.model import Source
from bot.knowledge.printed import (
    Authors,
    Printed,
    ahead_of_print,
    authors_of,
    dated,
    printed_in,
)
from bot.knowledge.values import in_words


Tag: TypeAlias = tuple[str, str | None]

_RIS_KINDS = {
    "paper": "JOUR",
    "abstract": "CPAPER",
    "news": "NEWS",
    "grant": "GRANT",
    "guidance": "RPRT",
    "press-release": "ELEC",
    "software": "COMP",
}
_CSL_KINDS = {
    "paper": "article-journal",
    "abstract": "paper-conference",
    "news": "article-newspaper",
    "press-release": "webpage",
    "guidance": "report",
    "registry": "dataset",
    "software": "software",
}
_PUBMED = "PMID "
_LATEX = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",  # BibTeX counts a brace even behind a backslash
        "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)


def link_of(source: Source) -> str | None:
    """Where a work can be opened: its DOI first."""
    return f"https://doi.org/{source.doi}" if source.doi else source.url


def ris(source: Source) -> str:
    """A work in the RIS format, with what is known of it; lines end as Unix ends them."""
    printed, date = printed_in(source), dated(source)
    tags: list[Tag] = [
        ("TY", _RIS_KINDS.get(source.kind, "GEN")),
        ("ID", source.id),
        ("TI", source.title),
        *(("AU", name) for name in _names(authors_of(source), "et al.")),
        *_ris_place(source, printed),
        ("PY", date and date[:4]),
        ("DA", date and _ris_day(date)),
        ("DO", source.doi),
        ("AN", source.registry_id),
        ("UR", link_of(source)),
        ("N1", _note(source, printed)),
    ]
    lines = [f"{tag}  - {_one_line(said)}" for tag, said in tags if said]
    return "\n".join([*lines, "ER  - "])


def bibtex(source: Source) -> str:
    """A work as a BibTeX entry: in a journal an article, anything else a misc."""
    printed, date = printed_in(source), dated(source)
    fields: list[Tag] = [
        ("author", _bibtex_authors(authors_of(source))),
        ("title", f"{{{_latex(source.title)}}}"),  # its capitals are meant
        *_bibtex_place(source, printed),
        ("year", date and date[:4]),
        ("month", date and date[5:7].lstrip("0")),
        ("doi", source.doi),
        *_bibtex_number(source.registry_id or "", printed),
        ("url", _bibtex_address(link_of(source) or "")),
        ("note", _latex(_note(source, printed))),
    ]
    kind = "misc" if printed is None else "article"
    lines = [f"  {name} = {{{said}}}" for name, said in fields if said]
    return f"@{kind}{{{source.id},\n" + ",\n".join(lines) + "\n}"


def csl(sources: Iterable[Source]) -> str:
    """Works as CSL-JSON, as reference programs import them."""
    return json.dumps(list(map(_csl_item, sources)), ensure_ascii=False, indent=1)


def _names(authors: Authors, others: str) -> Iterator[str]:
    yield from (f"{one.family}, {one.given}" for one in authors.people)
    yield from authors.bodies
    if authors.and_others:
        yield others


def _note(source: Source, printed: Printed | None) -> str:
    """Through what a work was read, what else its line says, and when it was online."""
    rest = f"{printed.rest}. " if printed is not None and printed.rest else ""
    online = ahead_of_print(source)
    first = f"Published online {in_words(online)}. " if online else ""
    return f"{rest}{first}Read as: {source.read_as}."


def _one_line(said: str) -> str:
    return " ".join(said.split())


def _ris_place(source: Source, printed: Printed | None) -> tuple[Tag, ...]:
    if printed is None:
        return (("PB", source.publisher),)
    first, last = printed.ends
    return (
        ("T2", printed.journal),
        ("VL", printed.volume),
        ("IS", printed.issue),
        ("SP", first),
        ("EP", last),
    )


def _ris_day(date: str) -> str:
    """A day as RIS wants it: YYYY/MM/DD, and a slash for each part not known."""
    return "/".join([*date.split("-"), "", ""][:3]) + "/"


def _bibtex_authors(authors: Authors) -> str:
    people = (f"{_latex(one.family)}, {one.given}" for one in authors.people)
    bodies = (f"{{{_latex(name)}}}" for name in authors.bodies)
    others = ("others",) if authors.and_others else ()
    return " and ".join([*people, *bodies, *others])


def _bibtex_place(source: Source, printed: Printed | None) -> tuple[Tag, ...]:
    if printed is None:
        return (("howpublished", _latex(source.publisher)),)
    return (
        ("journal", _latex(printed.journal)),
        ("volume", printed.volume),
        ("number", _latex(printed.issue)),
        ("pages", printed.pages.replace("-", "--")),
    )


def _bibtex_number(registry_id: str, printed: Printed | None) -> tuple[Tag, ...]:
    if registry_id.startswith(_PUBMED):
        pubmed = registry_id.removeprefix(_PUBMED)
        return (("eprint", pubmed), ("eprinttype", "pubmed"))
    name = "number" if printed is None else "addendum"  # an article's is its issue
    return ((name, _latex(registry_id)),)


def _latex(said: str) -> str:
    return _one_line(said).translate(_LATEX)


def _bibtex_address(url: str) -> str:
    """An address stays as it is, for styles print it verbatim; but braces must balance."""
    return url.replace("{", "%7B").replace("}", "%7D")


def _csl_item(source: Source) -> dict[str, Any]:
    printed, date = printed_in(source), dated(source)
    item = {
        "id": source.id,
        "type": _CSL_KINDS.get(source.kind, "document"),
        "title": source.title,
        "author": _csl_authors(authors_of(source)),
        **_csl_place(source, printed),
        "issued": date and {"date-parts": [_csl_day(date)]},
        "DOI": source.doi,
        **_csl_number(source.registry_id or ""),
        "URL": link_of(source),
        "note": _note(source, printed),
    }
    return {name: said for name, said in item.items() if said}


def _csl_authors(authors: Authors) -> list[dict[str, str]]:
    others = ("et al.",) if authors.and_others else ()
    return [
        *({"family": one.family, "given": one.given} for one in authors.people),
        *({"literal": name} for name in (*authors.bodies, *others)),
    ]


def _csl_place(source: Source, printed: Printed | None) -> dict[str, str]:
    if printed is None:
        return {"publisher": source.publisher}
    return {
        "container-title": printed.journal,
        "volume": printed.volume,
        "issue": printed.issue,
        "page": printed.pages,
    }


def _csl_day(date: str) -> list[int]:
    return [int(part) for part in date.split("-")]


def _csl_number(registry_id: str) -> dict[str, str]:
    if registry_id.startswith(_PUBMED):
        return {"PMID": registry_id.removeprefix(_PUBMED)}
    return {"number": registry_id}
