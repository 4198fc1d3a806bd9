"""Says where a statement comes from, who checked it, and what it said before."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from bot.knowledge.values import Curated, Prose, Slug, Value


class Grading(Curated):
    """The scale, with its version, by which something was graded."""

    scale: Prose
    version: Prose


class Citation(Curated):
    """Where exactly, in which work, something is said."""

    source: Slug
    locator: Prose
    read_as: Prose | None = None  # when it differs from how the work was mostly read


class Verified(Curated):
    """Who last held an entry against its source, and when."""

    by: Prose
    on: date


class Cleared(Curated):
    """Who cleared the words of a fact for sharing outside, and when."""

    by: Prose  # a name: whoever answers for what the press is told
    on: date
    wording: Prose | None = None  # in place of the brief; {value} is the value in words


class Drafted(Curated):
    """Who wrote a draft, when, and why it takes the place of what stands there."""

    by: Prose
    on: date
    why: Prose | None = None  # needed where a fact of the same id is superseded


class Earlier(Curated):
    """What a fact said before: kept, so that nothing is silently rewritten."""

    value: Value
    statement: Prose
    until: date  # the day on which the newer statement took its place
    why: Prose
    by: Prose


class Record(Curated):
    """What a registry's record said when it was read; only what was read."""

    status: Prose | None = None  # in the registry's own words
    enrolment: Annotated[int, Field(ge=0)] | None = None  # people, planned or actual
    minimum_age: Prose | None = None  # "6 months"
    maximum_age: Prose | None = None  # "16 years", or none where none is set
