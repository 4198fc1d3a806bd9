"""How a picture is drawn in a reply, named, put up, and taken down to words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.figures.gallery import Galleries
from bot.knowledge.load import Knowledge
from bot.slack.blocks.kit import Message
from bot.slack.blocks.limits import IMAGE_ALT, breaches, breaches_of_view
from bot.slack.blocks.pictures import (
    Picture,
    files_in,
    folded,
    hung,
    named,
    worded,
)
from bot.slack.blocks.reply import render
from bot.slack.blocks.simpler import plainer, simpler
from bot.slack.blocks.text import Markup
from bot.slack.blocks.views import showing
from bot.slack.showing import choosers, drawn
from tests.make import make_composition
from tests.slack.reading import buttons, words


WAITING = Picture("people", "Seven & more", "Seven of 11 <filled>.")
THERE = Picture("people", "Seven & more", "Seven of 11 <filled>.", "F0PICTURE1")
OLDER = Picture("", "", "What an older pack drew.")


def reply(*pictures: Picture) -> Message:
    (message,) = render(make_composition(), pictures=pictures)
    return message


def test_a_message_says_which_of_its_pictures_slack_has() -> None:
    assert files_in([reply(THERE, WAITING)]) == ("F0PICTURE1", "")
    assert files_in([reply()]) == ()


def test_a_picture_that_slack_has_is_folded_with_its_alternative_text() -> None:
    fold = next(b for b in reply(THERE).blocks if b["type"] == "container")

    (image,) = fold["child_blocks"]
    assert fold["title"]["text"] == "Picture: Seven & more"
    assert fold["default_collapsed"]
    assert image["alt_text"] == THERE.alt
    assert image["slack_file"] == {"id": "F0PICTURE1"}


def test_one_that_slack_lacks_is_told_in_words_with_a_button() -> None:
    fold = next(b for b in reply(WAITING).blocks if b["type"] == "container")

    assert fold["title"]["text"] == "Picture in words: Seven & more"
    assert "Seven of 11 &lt;filled&gt;." in words(fold)
    assert buttons(fold["child_blocks"]) == {"picture-1": "people"}


def test_one_that_the_pack_has_no_more_is_told_in_words_alone() -> None:
    message = reply(OLDER)

    assert "What an older pack drew." in words(list(message.blocks))
    assert named([message]) == ()


def test_pictures_take_the_place_of_their_words_and_nothing_else_changes() -> None:
    message = reply(WAITING, OLDER)

    assert named([message, message]) == ("people",)
    assert hung(message, {"people": THERE}) == reply(THERE, OLDER)


def test_a_picture_that_slack_has_under_another_id_now_is_shown_by_that() -> None:
    message, moved = reply(THERE), replace(THERE, file="F0PICTURE2")

    assert named([message]) == ("people",)
    assert hung(message, {"people": THERE}) == message
    assert hung(message, {"people": moved}) == reply(moved)


@pytest.mark.parametrize("known", [{}, {"people": WAITING}, {"another": THERE}])
def test_words_stay_while_there_is_no_picture(known: dict[str, Picture]) -> None:
    message = reply(WAITING)

    assert hung(message, known) == message


def test_where_slack_refuses_a_picture_its_words_come_before_plainer_blocks() -> None:
    first, second, third = simpler(reply(THERE))

    assert first == reply(THERE)
    assert second == worded(reply(THERE))
    assert [b["type"] for b in second.blocks] == [b["type"] for b in first.blocks]
    assert third == plainer(reply(THERE))
    for version in (second, third):
        assert "slack_file" not in str(version.blocks)
        assert "Seven of 11 &lt;filled&gt;." in words(list(version.blocks))
    assert list(simpler(reply())) == [reply(), plainer(reply())]


@pytest.mark.parametrize("picture", [WAITING, THERE, OLDER])
def test_slack_takes_it_in_messages_and_windows(picture: Picture) -> None:
    longest = Picture(picture.name, "&" * 200, "&" * IMAGE_ALT, picture.file)
    message = Message(Markup("x"), tuple(folded([longest, picture])))

    assert breaches(message) == breaches(plainer(message)) == ()
    assert breaches_of_view(showing(message)) == ()


@pytest.mark.parametrize(("shows", "first"), [("picture", "open"), (None, "closed")])
def test_a_picture_that_was_asked_for_stands_open_and_the_others_do_not(
    shows: str | None, first: str
) -> None:
    told = make_composition(shows=shows)
    (message,) = render(told, pictures=(THERE, OLDER))
    folds = {b["block_id"]: b.get("default_collapsed") for b in message.blocks}

    assert folds["picture-1"] is (first == "closed")
    assert folds["picture-2"] is True


def test_an_alternative_text_that_is_too_long_or_missing_is_a_breach() -> None:
    for alt in ("", "x" * (IMAGE_ALT + 1)):
        picture = Picture("people", "Seven", alt, "F0PICTURE1")
        message = Message(Markup("x"), tuple(folded([picture])))

        assert len(breaches(message)) == 1


def test_a_list_of_pictures_has_plainer_words_too() -> None:
    options = [{"text": {"type": "plain_text", "text": "Seven"}, "value": "people"}]
    menu = {"type": "static_select", "action_id": "choose-picture-1"}
    row = {
        "type": "actions",
        "block_id": "a",
        "elements": [menu | {"options": options}],
    }

    assert "Seven" in words(list(plainer(Message(Markup("x"), (row,))).blocks))


def test_slack_takes_every_picture_of_the_pack_and_its_words(
    real: Knowledge, tmp_path: Path
) -> None:
    gallery = Galleries(tmp_path).of(real)
    titles = list(gallery.titles.items())

    assert breaches(Message(Markup("x"), tuple(choosers(titles)))) == ()
    for name in gallery.names:
        plate = gallery.plate(name)
        for file in ("", "F0PICTURE1"):
            picture = Picture(name, plate.title, plate.alt, file)
            message = Message(Markup("x"), tuple(drawn(plate, picture)))
            assert breaches(message) == breaches(plainer(message)) == (), name
            assert breaches_of_view(showing(message)) == (), name
