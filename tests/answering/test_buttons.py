from __future__ import annotations

from datetime import date

import pytest

from bot.answering.buttons import Buttons
from bot.answering.contacts import Contact, Contacts
from bot.knowledge.load import Knowledge


TEAM = Contact(says="the study team", checked=date(2026, 11, 2))


def test_a_button_shows_what_a_tap_would_show(tiny: Knowledge) -> None:
    suggestion = Buttons(tiny, Contacts(on_call=TEAM)).of("sleep")

    assert (suggestion.label, suggestion.target) == ("Sleep", "sleep")
    assert suggestion.answer.startswith(tiny.gaps["sleep"].wording + "\nNearest: ")
    assert suggestion.answer.endswith("Ask the study team (checked 2 November 2026).")


def test_a_button_is_written_once(tiny: Knowledge) -> None:
    buttons = Buttons(tiny, Contacts())

    assert buttons.of("sleep") is buttons.of("sleep")


def test_places_with_other_contacts_have_other_buttons(tiny: Knowledge) -> None:
    first, second = Buttons(tiny, Contacts()), Buttons(tiny, Contacts(on_call=TEAM))

    assert first.of("sleep") != second.of("sleep")


def test_there_is_no_button_for_what_the_pack_lacks(tiny: Knowledge) -> None:
    with pytest.raises(KeyError):
        Buttons(tiny, Contacts()).of("no-such-entry")
