"""Draws the home tab: what is known, what is asked, what is not known, own settings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from bot.answering.catalogue import Catalogue
from bot.promise.tickets import View
from bot.slack.asked import AskedOften, AskedOnce
from bot.slack.blocks import kit
from bot.slack.blocks.kit import Block, Message
from bot.slack.blocks.limits import ACTIONS_ELEMENTS, BUTTON_TEXT
from bot.slack.blocks.text import Markup, escaped, plain, shortened
from bot.slack.blocks.views import in_window, paragraphs
from bot.slack.board import FIRST, board_for, today
from bot.slack.lookups import changes_message, entry_buttons
from bot.slack.person import Person
from bot.slack.preferences import CHOICES, Preference
from bot.slack.reception import Reception
from bot.slack.showing import choosers, titles_for


ENTRY = re.compile(r"entry-.+")
AGAIN = re.compile(r"again-\d+")
TOPIC = re.compile(r"topic-\d+")
SETTING = re.compile(r"setting-(theme|length|role)")
ALL_GAPS = "all-gaps"
MOST_ASKED = 5
SHOWN_GAPS = 5
TITLES = {"theme": "Pictures", "length": "Replies", "role": "Role"}
SAYS = {"light": "Light pictures", "dark": "Dark pictures"} | {
    "full": "Full replies",
    "short": "Short replies",
}
SAYS |= {role: f"Role: {role}" for role in CHOICES["role"]}


async def show_home(desk: Reception, person: Person, view: View = FIRST) -> None:
    """Publish the home tab as it stands for this person now."""
    memories, catalogue = desk.memories, desk.house.catalogue
    preference = await memories.preferences.of(person)
    asked = await memories.questions.most_asked(person.team, MOST_ASKED)
    own = await memories.questions.own(person)
    titles = await titles_for(desk, person)
    blocks = (
        *_opening(catalogue, desk.house.command),
        *await board_for(desk, person, view),
        *_topics(catalogue),
        *_most_asked(catalogue, asked),
        *_pictures(titles),
        *_changes(catalogue, today()),
        *_unknowns(catalogue),
        *_own(own),
        *_settings(preference),
    )
    await desk.delivery.publish(person.user, list(blocks))


def topic_message(catalogue: Catalogue, topic: str) -> Message:
    """The entries of one topic, each a button."""
    facts = catalogue.about(topic)
    title = f"{topic.capitalize()}: {len(facts)} facts"
    buttons = entry_buttons("topic", ((fact.label, fact.id) for fact in facts))
    return Message(escaped(title), (*paragraphs("title", title), *buttons))


def _opening(catalogue: Catalogue, command: str) -> Iterator[Block]:
    yield kit.header("name", shortened(f"{catalogue.trial.name} trial desk", 150))
    said = (
        f"{catalogue.trial.greeting}\nAsk in a message to me, by mentioning me, or"
        f" with {command}; {command} help lists what else it can do."
    )
    yield from paragraphs("greeting", said)


def _topics(catalogue: Catalogue) -> Iterator[Block]:
    yield kit.header("topics", "What I know")
    buttons = [
        kit.button(f"topic-{place}", f"{one.name.capitalize()} · {one.count}", one.name)
        for place, one in enumerate(catalogue.topics(), start=1)
    ]
    yield from _rows("topic-row", buttons)


def _most_asked(catalogue: Catalogue, asked: tuple[AskedOften, ...]) -> Iterator[Block]:
    known = ((catalogue.entry(one.target), one.times) for one in asked)
    entries = [
        (f"{entry.label} · {times}", entry.id)
        for entry, times in known
        if entry is not None
    ]
    if entries:
        yield kit.header("asked", "Most asked")
        yield from entry_buttons("asked-row", entries)


def _pictures(titles: Mapping[str, str]) -> Iterator[Block]:
    if titles:
        yield kit.header("pictures", "Pictures")
        yield from choosers(titles.items())


def _changes(catalogue: Catalogue, today: date) -> Iterator[Block]:
    yield kit.header("changed", "What changed")
    _, *below = in_window([changes_message(catalogue, today)])  # first its own title
    yield from (
        {**block, "block_id": f"changed-{block['block_id']}"} for block in below
    )


def _unknowns(catalogue: Catalogue) -> Iterator[Block]:
    gaps = catalogue.gaps()
    if not gaps:
        return
    yield kit.header("unknown", f"Known unknowns: {len(gaps)}")
    shown = ((f"{gap.number} · {gap.label}", gap.id) for gap in gaps[:SHOWN_GAPS])
    yield from entry_buttons("unknown-row", shown)
    if len(gaps) > SHOWN_GAPS:
        yield kit.actions("unknown-all", [kit.button(ALL_GAPS, "Show all", "all")])


def _own(own: tuple[AskedOnce, ...]) -> Iterator[Block]:
    yield kit.header("own", "My questions")
    if not own:
        none = Markup("You have not asked me anything lately.")
        yield kit.context("own-none", [kit.words(none)])
    buttons = [
        kit.button(f"again-{place}", _label(one.question), one.reply)
        for place, one in enumerate(own, start=1)
    ]
    yield from _rows("own-row", buttons)


def _settings(preference: Preference) -> Iterator[Block]:
    yield kit.header("settings", "My settings")
    chosen = {
        "theme": preference.theme,
        "length": preference.length,
        "role": preference.role,
    }
    selects = [
        kit.select(
            f"setting-{name}",
            [_option(value) for value in CHOICES[name]],
            _option(value),
        )
        for name, value in chosen.items()
    ]
    yield kit.actions("settings-row", selects)
    explained = Markup(
        "The role opens what you look for first. Press shows only wording that is"
        " cleared for sharing, always with its label; what is not cleared is folded"
        " away, with whom to ask."
    )
    yield kit.context("settings-say", [kit.words(explained)])


def _option(value: str) -> Block:
    return kit.option(SAYS.get(value, value.capitalize()), value)


def _label(question: str) -> str:
    return shortened(plain(question) or "…", BUTTON_TEXT)


def _rows(name: str, buttons: list[Block]) -> Iterator[Block]:
    starts = range(0, len(buttons), ACTIONS_ELEMENTS)
    for place, start in enumerate(starts, start=1):
        row = buttons[start : start + ACTIONS_ELEMENTS]
        yield kit.actions(f"{name}-{place}", row)
