"""Draws a composition: the line first, then harms, sources, badges, folds, buttons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby

from bot.answering.citing import source_line
from bot.answering.composition import (
    BOUNDARY_DECISIONS,
    Composition,
    Decision,
    Fold,
    NumberedCitation,
)
from bot.slack.blocks import kit
from bot.slack.blocks.buttons import actions, lines_beside, suggestions
from bot.slack.blocks.kit import Block, Message
from bot.slack.blocks.limits import (
    CONTAINER_TITLE,
    IN_CONTAINER,
    IN_CONTEXT,
    IN_MESSAGE,
    SECTION_TEXT,
    checked,
    packs,
)
from bot.slack.blocks.manner import PLAIN, Manner
from bot.slack.blocks.pictures import Picture, folded, opened
from bot.slack.blocks.text import (
    Markup,
    bold,
    code,
    escaped,
    joined,
    linked,
    pieces,
    plain,
    shortened,
)


UNKEPT: frozenset[Decision] = frozenset({"emergency", "report"})
STANDS = Markup("Your message itself still stands in this channel.")
TOLD_ONCE_KNOWN = "Whoever asked is told once a source reports it."
REST = Markup("The rest of the reply above.")
DRAWN = 128  # replies of some 11 kB each; as many as bot.slack.recalling keeps
LADDER_DECISIONS = (BOUNDARY_DECISIONS | {"not_reported"}) - {"emergency"}


@lru_cache(DRAWN)
def render(
    composition: Composition,
    manner: Manner = PLAIN,
    pictures: tuple[Picture, ...] = (),
) -> tuple[Message, ...]:
    """The reply in one message, or in several where Slack's limits ask for it."""
    blocks = (
        *label_line(manner),
        *_points(composition, manner),
        *_standing(composition, manner),
        *_ladder(composition, manner),
        *_sources(composition),
        *_badges(composition),
        *_ids(composition, manner),
        *(folded(pictures) if composition.shows is None else opened(pictures)),
        *_folds(_closed(composition), manner),
        *suggestions(composition, manner),
        *actions(composition, manner),
    )
    packed = tuple(packs(blocks, IN_MESSAGE)) or ((),)
    prefix = f"{manner.label.capitalize()}. " if manner.label else ""
    texts = (escaped(prefix + composition.answer), *(REST for _ in packed[1:]))
    return tuple(map(checked, map(Message, texts, packed)))


def _points(composition: Composition, manner: Manner) -> Iterator[Block]:
    if not composition.points:
        yield from _paragraphs("answer", pieces(composition.answer, SECTION_TEXT))
    for place, point in enumerate(composition.points, start=1):
        number = "" if point.number is None else f"{point.number}. "
        line = bold(number + point.headline, SECTION_TEXT)
        yield from _paragraphs(f"point-{place}", line)
        lines = lines_beside(composition, manner, point)
        yield from _paragraphs(f"point-{place}-lines", _said(composition, lines))


def _said(composition: Composition, lines: Iterable[str]) -> Iterator[Markup]:
    """The lines; one that names a source has its link, as below other replies."""
    sources = {source_line(one): one for one in composition.citations}
    for is_source, run in groupby(lines, key=lambda line: line in sources):
        if is_source:
            texts = tuple(text for line in run for text in _citation(sources[line]))
            whole = joined(texts, "\n")
            yield from (whole,) if len(whole) <= SECTION_TEXT else texts
        else:
            yield from pieces("\n".join(run), SECTION_TEXT)


def _paragraphs(name: str, texts: Iterable[Markup]) -> Iterator[Block]:
    for place, text in enumerate(texts, start=1):
        yield kit.section(f"{name}-{place}", text)


def _sources(composition: Composition) -> Iterator[Block]:
    """The works that a reply rests on, but for those that its own lines name."""
    said = {line for point in composition.points for line in point.lines}
    rest = (one for one in composition.citations if source_line(one) not in said)
    lines = (kit.words(line) for one in rest for line in _citation(one))
    for place, pack in enumerate(packs(lines, IN_CONTEXT), start=1):
        yield kit.context(f"sources-{place}", pack)


def _citation(citation: NumberedCitation) -> tuple[Markup, ...]:
    """One line with a link; several without, if title and address are that long."""
    where = f", {citation.locator}" if citation.locator else ""
    read_as = f" ({citation.read_as})" if citation.read_as else ""
    parts = (
        Markup(f"[{citation.number}] "),
        linked(citation.title, citation.url),
        escaped(where + read_as),
    )
    line = joined(parts, "")
    if len(line) <= SECTION_TEXT:
        return (line,)
    bare = f"[{citation.number}] {citation.title}{where}{read_as} {citation.url or ''}"
    return pieces(bare, SECTION_TEXT)


def _badges(composition: Composition) -> Iterator[Block]:
    logged = f"Logged as gap {composition.gap}"
    told = composition.gap is None or logged in composition.answer
    badges = [part for badge in composition.badges for part in _badge(badge)]
    badges += [] if told else [escaped(f"{logged}. {TOLD_ONCE_KNOWN}")]
    lines = map(kit.words, badges)
    for place, pack in enumerate(packs(lines, IN_CONTEXT), start=1):
        yield kit.context(f"badges-{place}", pack)


def _badge(badge: str) -> tuple[Markup, ...]:
    short = code(badge)
    return (short,) if len(short) <= SECTION_TEXT else pieces(badge, SECTION_TEXT)


def label_line(manner: Manner) -> Iterator[Block]:
    """What the press is always shown first."""
    if manner.label:
        badge = kit.words(code(manner.label.capitalize()))
        because = map(kit.words, pieces(manner.because, SECTION_TEXT))
        yield kit.context("label", [badge, *because])


def _standing(composition: Composition, manner: Manner) -> Iterator[Block]:
    """What we do not keep stays where others read it, until its author deletes it."""
    is_open = manner.actions and not manner.private
    if is_open and composition.decision in UNKEPT:
        yield kit.context("standing", [kit.words(STANDS)])


def _ladder(composition: Composition, manner: Manner) -> Iterator[Block]:
    """Who comes next, under a reply that sends people to somebody."""
    if manner.ladder and composition.decision in LADDER_DECISIONS:
        said = f"If nobody answers: {' → '.join(manner.ladder)}."
        yield from _paragraphs("ladder", pieces(said, SECTION_TEXT))


def _ids(composition: Composition, manner: Manner) -> Iterator[Block]:
    """What a reply was told from, where no fold names it or somebody keeps records."""
    if manner.ids:
        version = composition.knowledge
        said = (
            f"Reply {composition.id} · facts {', '.join(composition.facts) or 'none'}"
            f" · {version.pack} {version.version} · engine {composition.engine}"
        )
        lines = map(kit.words, pieces(said, SECTION_TEXT))
        yield kit.context("ids", lines)
    elif manner.short or not composition.folds:
        yield kit.context("version", [kit.words(escaped(_told_from(composition)))])


def _closed(composition: Composition) -> tuple[Fold, ...]:
    """The folded parts; the last one names the knowledge from which all was told."""
    if not composition.folds:
        return ()
    *others, last = composition.folds
    lines = (*last.lines, _told_from(composition))
    return (*others, last.model_copy(update={"lines": lines}))


def _told_from(composition: Composition) -> str:
    known = composition.knowledge
    return f"Told from {known.pack} {known.version}, engine {composition.engine}."


def _folds(folds: tuple[Fold, ...], manner: Manner) -> Iterator[Block]:
    if manner.short:
        return
    for place, fold in enumerate(folds, start=1):
        is_open = fold.title in manner.opened
        for block in _fold(f"fold-{place}", fold):
            yield {**block, "default_collapsed": not is_open}


def _fold(name: str, fold: Fold) -> Iterator[Block]:
    """One container, or several with the same title when one cannot hold the lines."""
    title = plain(fold.title)
    short = shortened(title, CONTAINER_TITLE)
    lines = fold.lines if short == title else (title, *fold.lines)
    children = _paragraphs(f"{name}-text", pieces("\n".join(lines), SECTION_TEXT))
    for place, pack in enumerate(packs(children, IN_CONTAINER), start=1):
        yield kit.container(f"{name}-{place}", short, pack)
