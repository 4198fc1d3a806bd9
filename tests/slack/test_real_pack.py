"""The windows that the real pack fills, held against Slack's limits."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answering.catalogue import Catalogue
from bot.answering.citing import vancouver
from bot.answering.contacts import load_contacts
from bot.answering.desk import Desk
from bot.knowledge.bibliography import bibtex, csl, ris
from bot.knowledge.load import load
from bot.settings import ROOT
from bot.slack.blocks import views
from bot.slack.blocks.kit import Message
from bot.slack.blocks.limits import breaches, breaches_of_view
from bot.slack.blocks.manner import manner_for
from bot.slack.blocks.reply import render
from bot.slack.blocks.simpler import plainer
from bot.slack.home import topic_message
from bot.slack.lookups import changes_message, gaps_message, source_message
from bot.slack.preferences import CHOICES, Preference


KNOWLEDGE = load(ROOT / "knowledge" / "be-car7")
CATALOGUE = Catalogue(KNOWLEDGE)
DESK = Desk(KNOWLEDGE, load_contacts(ROOT / "deploy" / "contacts.example.yaml"))


def test_every_list_of_the_pack_keeps_within_the_limits() -> None:
    messages: list[Message] = [
        topic_message(CATALOGUE, t.name) for t in CATALOGUE.topics()
    ]
    messages += [gaps_message(CATALOGUE.gaps(), "")]
    messages += [changes_message(CATALOGUE, date(2030, 1, 1))]
    messages += [source_message(work, "1") for work in KNOWLEDGE.sources.values()]

    assert [found for one in messages for found in breaches(one)] == []
    assert [v for one in messages for v in breaches_of_view(views.showing(one))] == []


def test_no_gap_is_listed_in_two_pieces() -> None:
    blocks = gaps_message(CATALOGUE.gaps(), "").blocks
    listed = [b["text"]["text"].splitlines() for b in blocks if b["type"] == "section"]
    lines = {line for lines in listed for line in lines}

    assert len(listed) > 2
    missing = [
        g for g in CATALOGUE.gaps()[20:] if f"{g.number} · {g.label}" not in lines
    ]
    assert missing == []


@pytest.mark.parametrize("role", CHOICES["role"])
def test_every_entry_in_every_role_keeps_within_the_limits(role: str) -> None:
    preference = Preference().changed("role", role)
    manner = manner_for(preference, "investigational", ("x" * 200,) * 3, private=True)

    for entry in KNOWLEDGE.entries():
        for message in render(DESK.tell(entry.id), manner):
            assert breaches(message) == (), entry.id
            assert breaches(plainer(message)) == (), entry.id
            assert breaches_of_view(views.showing(message)) == (), entry.id


def test_every_work_can_be_copied_in_one_window() -> None:
    works = list(KNOWLEDGE.sources.values())
    styles = (
        ("Vancouver", "\n".join(map(vancouver, works))),
        ("RIS", "\n".join(map(ris, works))),
        ("BibTeX", "\n".join(map(bibtex, works))),
        ("CSL-JSON", csl(works)),
    )

    assert breaches_of_view(views.citing(styles)) == ()


def test_the_press_is_always_shown_the_label() -> None:
    manner = manner_for(
        Preference(role="press"), CATALOGUE.trial.label, (), private=False
    )

    for entry in KNOWLEDGE.entries():
        first, *_ = render(DESK.tell(entry.id), manner)
        assert first.text.startswith("Investigational. ")
        assert first.blocks[0]["elements"][0]["text"] == "`Investigational`"
