"""Pictures in the local workspace: in replies, by command, on the home tab, with faults."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from bot.answering.aids import Aids
from bot.answering.composition import Composition
from bot.answering.contacts import load_contacts
from bot.answering.desk import Desk
from bot.figures.gallery import Galleries, Gallery
from bot.knowledge.load import Knowledge
from bot.slack import errand, uploading
from bot.slack.app import SlackDesk
from bot.slack.reception import TrialDesk
from bot.understanding.question import Question
from bot.workspace.directory import NURSE
from bot.workspace.faults import Fault, Kind
from bot.workspace.messages import Message
from bot.workspace.seat import Seat
from bot.workspace.workspace import Workspace
from tests.logged import logged
from tests.slack.reading import words
from tests.slack.test_in_workspace import (
    ASK,
    CONTACTS,
    MANIFEST,
    QUESTIONS,
    mention,
    opened,
    whisper,
)


Body: TypeAlias = dict[str, Any]
Place: TypeAlias = AbstractAsyncContextManager[tuple[Workspace, SlackDesk, str]]

SLOW = 0.2  # seconds for which a fresh file is scanned here
DIRECT = "D" + NURSE.id[1:]


@dataclass
class Running:
    """A desk that another may take over from."""

    desk: Desk

    @property
    def knowledge(self) -> Knowledge:
        return self.desk.knowledge

    def reply_to(self, question: Question) -> Composition:
        return self.desk.reply_to(question)

    def tell(self, target: str) -> Composition:
        return self.desk.tell(target)


@pytest.fixture
def gallery(tiny: Knowledge, tmp_path: Path) -> Gallery:
    return Galleries(tmp_path).of(tiny)


@pytest.fixture
def place(tiny: Knowledge, gallery: Gallery, tmp_path: Path) -> Callable[..., Place]:
    """A workspace whose app draws pictures, and keeps them in a folder of the test."""
    aids = Aids(pictures=gallery)

    def enter(answers: TrialDesk | None = None) -> Place:
        desk = answers or Desk(tiny, load_contacts(CONTACTS), aids=aids)
        return opened(desk, cache_dir=tmp_path)

    return enter


@pytest.fixture
async def open_place(
    place: Callable[..., Place],
) -> AsyncIterator[tuple[Workspace, SlackDesk]]:
    async with place() as (workspace, desk, _):
        yield workspace, desk
        await quiet(workspace, desk)


@pytest.fixture
def workspace(open_place: tuple[Workspace, SlackDesk]) -> Workspace:
    return open_place[0]


@pytest.fixture
def desk(open_place: tuple[Workspace, SlackDesk]) -> SlackDesk:
    return open_place[1]


@pytest.fixture
def nurse(workspace: Workspace) -> Seat:
    return workspace.seat(NURSE.id)


@pytest.fixture
def tireless(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a failure it is tried again at once."""
    monkeypatch.setattr(uploading, "REST", 0.0)


async def quiet(workspace: Workspace, desk: SlackDesk) -> None:
    """Wait until everything that was heard is done, pictures included."""
    await workspace.settle()
    await desk.in_flight.settled()


async def ask(workspace: Workspace, seat: Seat, channel: str = QUESTIONS.id) -> Message:
    text = ASK if channel.startswith("D") else mention(workspace, ASK)
    (reply,) = await workspace.replies(channel, seat.say(channel, text))
    return reply


async def choose_setting(
    workspace: Workspace, seat: Seat, name: str, value: str
) -> None:
    await seat.open_home()
    await seat.see_home()
    await seat.choose_in_home(f"setting-{name}", value)

    def is_shown() -> bool:
        return seat.home is not None and f"'{value}'" in str(_chosen(seat, name))

    await workspace.wait_for(is_shown)


def _chosen(seat: Seat, name: str) -> Any:
    blocks = seat.home.blocks if seat.home else ()
    menus = (e for b in blocks for e in b.get("elements", ()))
    return next(e for e in menus if e.get("action_id") == f"setting-{name}")[
        "initial_option"
    ]


async def pictured(workspace: Workspace, message: Message) -> list[Body]:
    """The pictures of a message, once it has one."""

    def seen() -> list[Body]:
        now = workspace.state.message(message.channel, message.ts)
        return images(list(now.blocks))

    return await workspace.wait_for(seen)


def images(blocks: list[Body]) -> list[Body]:
    inner = [child for block in blocks for child in block.get("child_blocks", ())]
    return [block for block in (*blocks, *inner) if block["type"] == "image"]


def titles(blocks: list[Body]) -> list[str]:
    return [b["title"]["text"] for b in blocks if b["type"] == "container"]


def in_theme(workspace: Workspace, image: Body, gallery: Gallery) -> str:
    """In which theme a picture was drawn."""
    file = workspace.files.find(image["slack_file"]["id"])
    assert file is not None
    name = file.name.removesuffix(".png")
    drawn = {gallery.rendered(name, t, "png"): t for t in ("light", "dark")}
    return drawn[file.content]


async def test_the_words_are_there_first_and_the_picture_takes_their_place(
    workspace: Workspace, nurse: Seat, gallery: Gallery
) -> None:
    workspace.faults.plan(Fault("lag", "files.completeUploadExternal", seconds=SLOW))
    reply = await ask(workspace, nurse)
    (image,) = await pictured(workspace, reply)
    now = workspace.state.message(reply.channel, reply.ts)

    alt = gallery.plate("both-counts").alt
    assert titles(list(reply.blocks))[0].startswith("Picture in words: ")
    assert alt in words(list(reply.blocks))
    assert image["alt_text"] == alt
    assert titles(list(now.blocks))[0] == "Picture: Benefit and harm with the lamp"
    assert [b for b in now.blocks if b["block_id"] != "picture-1"] == [
        b for b in reply.blocks if b["block_id"] != "picture-1"
    ]
    assert len(workspace.thread(QUESTIONS.id, str(reply.thread_ts))) == 2


async def test_all_who_ask_at_once_wait_for_one_upload_and_later_ones_for_none(
    workspace: Workspace, nurse: Seat
) -> None:
    workspace.faults.plan(Fault("lag", "files.completeUploadExternal", seconds=SLOW))
    several = await asyncio.gather(*[ask(workspace, nurse) for _ in range(3)])
    for reply in several:
        await pictured(workspace, reply)

    later = await ask(workspace, nurse)

    assert len(images(list(later.blocks))) == 1
    assert len(workspace.files.all) == 1


async def test_a_channel_reads_light_pictures_and_a_person_their_own(
    workspace: Workspace, nurse: Seat, gallery: Gallery
) -> None:
    await choose_setting(workspace, nurse, "theme", "dark")
    public = await pictured(workspace, await ask(workspace, nurse))
    private = await pictured(workspace, await ask(workspace, nurse, DIRECT))

    assert in_theme(workspace, public[0], gallery) == "light"
    assert in_theme(workspace, private[0], gallery) == "dark"


async def test_a_private_answer_keeps_its_words_and_a_button_for_the_picture(
    workspace: Workspace, nurse: Seat
) -> None:
    await workspace.command(NURSE.id, QUESTIONS.id, "/becar7", ASK)
    aside = await whisper(workspace)
    await nurse.choose(QUESTIONS.id, aside.ts, "picture-1")
    picture = await whisper(workspace, 2)

    assert images(list(aside.blocks)) == []
    assert len(images(list(picture.blocks))) == 1
    assert workspace.read(QUESTIONS.id) == ()


async def test_an_edited_question_gets_the_picture_of_its_new_answer(
    workspace: Workspace, nurse: Seat
) -> None:
    reply = await ask(workspace, nurse)
    await pictured(workspace, reply)
    asked = str(reply.thread_ts)
    nurse.edit(QUESTIONS.id, asked, mention(workspace, "how bright was the lamp?"))

    def changed() -> bool:
        now = workspace.state.message(reply.channel, reply.ts)
        shown = images(list(now.blocks))
        return bool(shown) and "One person" in shown[0]["alt_text"]

    await workspace.wait_for(changed)


@pytest.mark.parametrize(
    ("method", "kind"),
    [
        ("files.getUploadURLExternal", "rate_limited"),
        ("files.getUploadURLExternal", "error_before"),
        ("files.getUploadURLExternal", "drop_before"),
        ("files.completeUploadExternal", "error_before"),
        ("files.info", "rate_limited"),
        ("files.info", "error_before"),
    ],
)
@pytest.mark.usefixtures("tireless")
async def test_where_the_upload_fails_the_words_stand_and_it_is_tried_again(
    open_place: tuple[Workspace, SlackDesk],
    method: str,
    kind: Kind,
    caplog: pytest.LogCaptureFixture,
) -> None:
    (workspace, desk), nurse = open_place, open_place[0].seat(NURSE.id)
    twice = 2  # it is tried when the reply is drawn, and once it is posted
    workspace.faults.plan(Fault(kind, method, times=twice, seconds=0))
    reply = await ask(workspace, nurse)
    await quiet(workspace, desk)
    words_alone = workspace.state.message(reply.channel, reply.ts)

    again = await ask(workspace, nurse)

    assert images(list(words_alone.blocks)) == []
    assert "both-counts: " in logged(caplog)
    await pictured(workspace, again)
    assert len(workspace.files.all) == 1


async def test_after_a_failure_slack_is_left_alone_for_a_while(
    workspace: Workspace, desk: SlackDesk, nurse: Seat
) -> None:
    workspace.faults.plan(Fault("rate_limited", "files.getUploadURLExternal"))
    await ask(workspace, nurse)
    await quiet(workspace, desk)
    await ask(workspace, nurse)
    await quiet(workspace, desk)

    called = [one.name for one in workspace.state.exchanges.kept]
    assert called.count("files.getUploadURLExternal") == 1


async def test_without_the_scope_replies_stand_in_words(
    place: Callable[..., Place],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    bot = MANIFEST["oauth_config"]["scopes"]["bot"]
    fewer = [scope for scope in bot if not scope.startswith("files:")]
    monkeypatch.setitem(MANIFEST["oauth_config"]["scopes"], "bot", fewer)
    async with place() as (workspace, desk, _):
        reply = await ask(workspace, workspace.seat(NURSE.id))
        await quiet(workspace, desk)

    assert "both-counts: missing_scope" in logged(caplog)
    assert "eye strain" in reply.text
    assert titles(list(reply.blocks))[0].startswith("Picture in words: ")


async def test_a_picture_that_somebody_deleted_costs_no_reply_and_comes_back(
    workspace: Workspace, nurse: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    await pictured(workspace, await ask(workspace, nurse))
    (file,) = workspace.files.all
    workspace.files.remove(file)
    monkeypatch.setattr(uploading, "TRUSTED", 0.0)

    reply = await ask(workspace, nurse)
    await workspace.wait_for(lambda: workspace.files.all)
    await workspace.settle()
    later = await ask(workspace, nurse)

    assert titles(list(reply.blocks))[0].startswith("Picture")
    assert "eye strain" in reply.text
    await pictured(workspace, reply)
    await pictured(workspace, later)


async def test_a_picture_that_slack_is_long_busy_with_is_not_uploaded_twice(
    workspace: Workspace,
    desk: SlackDesk,
    nurse: Seat,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(errand, "LOOKS", (0.0, 0.0))
    monkeypatch.setattr(uploading, "REST", 0.0)
    workspace.faults.plan(Fault("lag", "files.completeUploadExternal", seconds=60))
    await ask(workspace, nurse)
    await quiet(workspace, desk)
    (file,) = workspace.files.all
    workspace.files.keep(replace(file, scanned_at=0.0))

    await pictured(workspace, await ask(workspace, nurse))

    assert len(workspace.files.all) == 1


async def test_a_picture_that_changed_is_uploaded_anew(
    place: Callable[..., Place], tiny: Knowledge, tmp_path: Path
) -> None:
    fact = tiny.facts["eye-strain"]
    value = fact.value.model_copy(update={"k": 2})
    fewer = fact.model_copy(update={"value": value})
    changed = Knowledge(**{**vars(tiny), "facts": {**tiny.facts, fact.id: fewer}})
    pictures = Galleries(tmp_path / "changed").of(changed)
    running = Running(Desk(tiny, aids=Aids(pictures=Galleries(tmp_path).of(tiny))))
    async with place(answers=running) as (workspace, _, _):
        nurse = workspace.seat(NURSE.id)
        (before,) = await pictured(workspace, await ask(workspace, nurse))
        running.desk = Desk(changed, aids=Aids(pictures=pictures))
        (after,) = await pictured(workspace, await ask(workspace, nurse))

    assert before["slack_file"] != after["slack_file"]
    assert before["alt_text"] != after["alt_text"]
    assert len(workspace.files.all) == 2


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param("clear-month", id="name"),
        pytest.param("A Month without  migraine", id="title"),
        pytest.param("how many had a month without migraine?", id="question"),
    ],
)
async def test_a_picture_is_shown_by_name_by_title_and_by_question(
    workspace: Workspace, gallery: Gallery, asked: str
) -> None:
    await workspace.command(NURSE.id, QUESTIONS.id, "/becar7", f"figure {asked}")
    aside = await whisper(workspace)

    (image,) = images(list(aside.blocks))
    plate = gallery.plate("clear-month")
    shown = words(list(aside.blocks))
    assert image["alt_text"] == aside.text == plate.alt
    assert plate.title in shown
    assert plate.caption in shown
    assert plate.description.splitlines()[-1] in shown


async def test_without_words_the_pictures_are_listed_and_one_is_chosen(
    workspace: Workspace, nurse: Seat, gallery: Gallery
) -> None:
    await ask(workspace, nurse)
    await workspace.command(NURSE.id, QUESTIONS.id, "/becar7", "figure")
    listed = await whisper(workspace)
    await nurse.choose(QUESTIONS.id, listed.ts, "choose-picture-1", "way-through")
    picture = await whisper(workspace, 2)

    (menu,) = [
        e for b in listed.blocks for e in b.get("elements", ()) if "options" in e
    ]
    assert [one["value"] for one in menu["options"]] == list(gallery.names)
    assert "Benefit and harm with the lamp" in words(list(listed.blocks))
    assert picture.text == gallery.plate("way-through").alt


async def test_the_home_tab_opens_a_picture_with_its_words_first(
    workspace: Workspace, nurse: Seat, gallery: Gallery
) -> None:
    workspace.faults.plan(Fault("lag", "files.completeUploadExternal", seconds=SLOW))
    await nurse.open_home()
    await workspace.wait_for(lambda: nurse.home)
    await nurse.choose_in_home("choose-picture-1", "clear-month")
    first = await workspace.wait_for(lambda: nurse.modal)

    def drawn() -> list[Body]:
        return images(list(nurse.modal.blocks)) if nurse.modal else []

    (image,) = await workspace.wait_for(drawn)

    alt = gallery.plate("clear-month").alt
    assert alt in words(list(first.blocks))
    assert images(list(first.blocks)) == []
    assert image["alt_text"] == alt


async def test_the_press_is_offered_no_picture_that_it_may_not_share(
    workspace: Workspace, nurse: Seat
) -> None:
    await choose_setting(workspace, nurse, "role", "press")
    await workspace.command(NURSE.id, QUESTIONS.id, "/becar7", "figure")
    await workspace.command(NURSE.id, QUESTIONS.id, "/becar7", "figure one-page")
    card = await whisper(workspace, 2)
    listed = workspace.only_for(NURSE.id, QUESTIONS.id)[0]

    assert "one-page" not in str(listed.blocks)
    assert "clear-month" in str(listed.blocks)
    assert images(list(card.blocks)) == []
    assert "cleared for sharing" in card.text


async def test_a_shared_reply_shows_its_picture_in_the_channel(
    workspace: Workspace, nurse: Seat
) -> None:
    await workspace.command(NURSE.id, QUESTIONS.id, "/becar7", ASK)
    aside = await whisper(workspace)
    await nurse.choose(QUESTIONS.id, aside.ts, "share")
    await workspace.wait_for(lambda: nurse.modal)
    await nurse.submit({"channel": QUESTIONS.id})
    (shared,) = await workspace.wait_for(lambda: workspace.read(QUESTIONS.id))

    assert "shared by" in words(list(shared.blocks))
    await pictured(workspace, shared)
