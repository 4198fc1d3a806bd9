"""Shows pictures to whoever asks for one: by name, by question, or from the list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.answering.composition import BOUNDARY_DECISIONS, Composition
from bot.figures.gallery import Gallery
from bot.figures.plate import Plate
from bot.slack.blocks import kit, views
from bot.slack.blocks.kit import Block, Message
from bot.slack.blocks.limits import (
    BUTTON_TEXT,
    IN_CONTAINER,
    OPTION,
    OPTIONS,
    SECTION_TEXT,
    packs,
)
from bot.slack.blocks.notices import said
from bot.slack.blocks.pictures import Picture, shown
from bot.slack.blocks.reply import label_line
from bot.slack.blocks.text import Markup, bold, escaped, pieces, plain, shortened
from bot.slack.person import Person
from bot.slack.places import Modal, Opening, Place
from bot.slack.reception import Reception
from bot.slack.wall import Wall
from bot.understanding.question import Question


CHOOSE_PICTURE = re.compile(r"choose-picture-\d+")  # the action_id of a list of them
NOT_CLEARED = (
    "No picture of that is cleared for sharing. Ask without `figure` for the words that"
    " are."
)
MOST_OFFERED = 5  # pictures that fit what was asked, each a button


async def show_picture(
    desk: Reception, name: str, place: Place, reader: Person
) -> None:
    """Show one picture; in a window its words at once, for that may not be waited for."""
    if not isinstance(place, Modal | Opening):
        await desk.delivery.post(place, *await awaited_picture(desk, name, reader))
        return
    at_once = await _picture(desk, name, reader)
    window = await desk.delivery.show(place, views.showing(*at_once))
    fresh = await awaited_picture(desk, name, reader)
    if fresh != at_once:
        await desk.delivery.show(window, views.showing(*fresh))


async def awaited_picture(
    desk: Reception, name: str, reader: Person
) -> tuple[Message, ...]:
    """One picture, once Slack has it; its words if that takes too long or fails."""
    wall = await desk.wall(reader, private=True)
    await wall.arrived(name)
    return await _picture(desk, name, reader)


async def pictures_for(
    desk: Reception, words: str, reader: Person
) -> tuple[Message, ...]:
    """The picture of that name or title, else the one that belongs to the answer."""
    name = _named(desk.house.gallery, words)
    if name:
        return await awaited_picture(desk, name, reader)
    reply = desk.house.answers.reply_to(Question.of(words))
    if reply.decision in BOUNDARY_DECISIONS:
        await desk.memories.replies.shown(reply, reader, "")
        return await desk.drawn(reply, reader, private=True)
    if not reply.figures:
        return (_none(desk.house.command),)
    return await _of_reply(desk, reply, reader)


async def chooser_message(
    desk: Reception, last: Composition | None, reader: Person
) -> Message:
    """Every picture to choose from; those of the asker's last reply as buttons."""
    titles = await titles_for(desk, reader)
    figures = () if last is None else last.figures
    offered = [one.id for one in figures if one.id in titles]
    title = f"{len(titles)} pictures, drawn from the facts"
    blocks = (
        *_bold("title", title),
        *_buttons("of-last", ((titles[name], name) for name in offered)),
        *choosers(titles.items()),
    )
    return Message(Markup(title), blocks)


def choosers(titles: Iterable[tuple[str, str]]) -> Iterator[Block]:
    """Lists to choose a picture from, each with as many as one can hold."""
    options = [
        kit.option(shortened(plain(title), OPTION), name) for name, title in titles
    ]
    for place, start in enumerate(range(0, len(options), OPTIONS), start=1):
        some = options[start : start + OPTIONS]
        chooser = kit.chooser(f"choose-picture-{place}", "Choose a picture", some)
        yield kit.actions(f"pictures-{place}", [chooser])


async def titles_for(desk: Reception, reader: Person) -> dict[str, str]:
    """The titles of the pictures that somebody may see, by name."""
    manner = await desk.manner_of(reader, private=True)
    cleared = desk.house.press.is_picture_cleared
    titles = desk.house.gallery.titles.items()
    return {name: title for name, title in titles if not manner.label or cleared(name)}


async def _of_reply(
    desk: Reception, reply: Composition, reader: Person
) -> tuple[Message, ...]:
    """The first picture of a reply, and a button for each of the others."""
    first, *others = reply.figures
    manner, press = await desk.manner_of(reader, private=True), desk.house.press
    if manner.label and not press.is_picture_cleared(first.id):
        return (said(NOT_CLEARED),)
    wall = await desk.wall(reader, private=True)
    if first.id not in wall.gallery.names:
        lines = pieces(first.alt, SECTION_TEXT)
        words = (kit.section(f"words-{n}", line) for n, line in enumerate(lines, 1))
        return (Message(escaped(first.alt), tuple(words)),)
    titles = await titles_for(desk, reader)
    more = ((titles[one.id], one.id) for one in others if one.id in titles)
    (message,) = await awaited_picture(desk, first.id, reader)
    blocks = (*message.blocks, *_buttons("others", more))
    return (Message(message.text, blocks),)


async def _picture(desk: Reception, name: str, reader: Person) -> tuple[Message, ...]:
    """One picture as it can be shown at once."""
    manner = await desk.manner_of(reader, private=True)
    if name not in desk.house.gallery.names:
        return (_none(desk.house.command),)
    if manner.label and not desk.house.press.is_picture_cleared(name):
        return (said(NOT_CLEARED),)
    wall: Wall = await desk.wall(reader, private=True)
    (picture,) = await wall.named(name)
    blocks = (*label_line(manner), *drawn(wall.gallery.plate(name), picture))
    return (Message(escaped(picture.alt), blocks),)


def drawn(plate: Plate, picture: Picture) -> Iterator[Block]:
    """Title and caption, the picture, and what it says at length."""
    yield from _bold("title", plate.title)
    for place, part in enumerate(pieces(plate.caption, SECTION_TEXT), start=1):
        yield kit.section(f"caption-{place}", part)
    yield from shown("picture-1", picture)
    lines = enumerate(pieces(plate.description, SECTION_TEXT), start=1)
    children = (kit.section(f"description-{n}", line) for n, line in lines)
    for place, pack in enumerate(packs(children, IN_CONTAINER), start=1):
        yield kit.container(f"description-fold-{place}", "Description", pack)


def _named(gallery: Gallery, words: str) -> str:
    """The name of the picture that words name, by name or title; empty if none."""
    said_so = " ".join(words.split()).casefold()
    fits = (n for n, t in gallery.titles.items() if said_so in {n, t.casefold()})
    return next(fits, "")


def _buttons(block: str, offered: Iterable[tuple[str, str]]) -> Iterator[Block]:
    buttons = [
        kit.button(f"picture-{place}", shortened(plain(title), BUTTON_TEXT), name)
        for place, (title, name) in enumerate(offered, start=2)  # 1 is that above
    ][:MOST_OFFERED]
    if buttons:
        yield kit.actions(block, buttons)


def _bold(name: str, text: str) -> Iterator[Block]:
    for place, part in enumerate(bold(text, SECTION_TEXT), start=1):
        yield kit.section(f"{name}-{place}", part)


def _none(command: str) -> Message:
    return said(
        f"There is no picture for that. {command} figure lists all; ask without"
        " `figure` for the words."
    )
