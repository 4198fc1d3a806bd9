"""Writes a pack for another trial: invented, complete, explained, and ready to change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from bot.curation.drafting import REVIEW
from bot.errors import CurationError
from bot.knowledge.schema import text as schema_text


TEMPLATE = Path(__file__).parent / "template"


def start_pack(name: str, directory: Path, today: date) -> tuple[Path, ...]:
    """Write a new pack, its schema beside it; a CurationError if something is there."""
    words = {
        "PACK-ID": id_from(name),
        "PACK-NAME": _plain(name),
        "TODAY": today.isoformat(),
        "REVIEW-BY": (today + REVIEW).isoformat(),
    }
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise CurationError(f"{directory} is not empty: choose another with --output")
    written = tuple(_files(words, directory))
    schema = directory / "schema.json"
    schema.write_text(schema_text(), "utf-8")
    return (*written, schema)


def id_from(name: str) -> str:
    """The id of a trial that is called so; a CurationError if none can be made."""
    made = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
    if not made:
        raise CurationError(f"{name!r} has no letters to make a name of: my-trial has")
    return made


def _files(words: Mapping[str, str], directory: Path) -> Iterator[Path]:
    """Each file of the template, its places filled in."""
    for source in sorted(TEMPLATE.rglob("*.yaml")):
        text = source.read_text("utf-8")
        for place, word in words.items():
            text = text.replace(place, word)
        path = directory / source.relative_to(TEMPLATE)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        yield path


def _plain(name: str) -> str:
    """The name on one line, without what YAML would read as its own."""
    return " ".join(re.sub(r"[\"'#:{}\[\],&*!|>%@`\\]", " ", name).split())
