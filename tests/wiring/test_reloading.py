"""A changed pack takes over while the app runs, or is refused while the old one stays."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.answering.desk import Desk
from bot.errors import UnreadableFileError
from bot.knowledge.load import load
from bot.settings import Settings
from bot.slack.app import SlackDesk, open_desk
from bot.slack.entry import EVENTS
from bot.slack.serving import listening
from bot.understanding.question import Question
from bot.wiring.reloading import (
    Kept,
    Look,
    Reloading,
    Replaced,
    Unchanged,
    kept_fresh,
)
from bot.workspace.directory import Channel, WorkspaceConfig
from bot.workspace.server import running_workspace
from bot.workspace.workspace import Workspace
from tests.slack.door import remembering
from tests.spoiling import Change, Copy


ASK = "how bright was the lamp?"
DESIGN = "facts/design.yaml"
BRIGHTER = (DESIGN, "low: 5, high: 50", "low: 5, high: 60")
SAID = (DESIGN, "The lamp gave 5 to 50 lux", "The lamp gave 5 to 60 lux")
QUESTIONS = Channel("C0QUESTIONS", "questions")
OFTEN = 0.05  # seconds between looks
ENDLESS = 120.0  # seconds; a pack is read and checked in one, on a machine at rest


def builder(pack: Copy) -> Callable[[], Desk]:
    return lambda: Desk(load(pack.directory))


def reloading(pack: Copy) -> Reloading:
    return Reloading(builder(pack)(), builder(pack))


def answer(desk: Reloading) -> str:
    return desk.reply_to(Question.of(ASK)).answer


def settled(desk: Reloading) -> Look:
    """What comes of two looks that see the same."""
    desk.look()
    return desk.look()


def rewrite(pack: Copy, *changes: Change) -> None:
    """Change the design in one step, as no look can see it half written."""
    path = pack.directory / DESIGN
    text = path.read_text()
    for _, was, becomes in changes:
        assert was in text
        text = text.replace(was, becomes)
    draft = path.with_suffix(".draft")
    draft.write_text(text)
    draft.replace(path)


def brighten(pack: Copy) -> None:
    rewrite(pack, BRIGHTER, SAID)


def test_files_that_nobody_touched_change_nothing(pack: Copy) -> None:
    desk = reloading(pack)

    assert [settled(desk), settled(desk)] == [Unchanged(), Unchanged()]


def test_a_file_written_again_with_the_same_words_changes_nothing(pack: Copy) -> None:
    desk = reloading(pack)
    path = pack.directory / DESIGN
    path.write_bytes(path.read_bytes())

    assert settled(desk) == Unchanged()


def test_a_changed_pack_that_passes_the_check_takes_over(pack: Copy) -> None:
    desk = reloading(pack)
    was = desk.knowledge.version
    brighten(pack)

    looked = settled(desk)

    assert looked == Replaced(was, desk.knowledge.version)
    assert desk.knowledge.version != was
    assert "5 to 60 lux" in answer(desk)
    assert "5 to 60 lux" in desk.tell("lamp-brightness").answer
    assert settled(desk) == Unchanged()


def test_a_pack_that_breaks_a_rule_is_refused_with_its_reasons_and_once(
    pack: Copy,
) -> None:
    desk = reloading(pack)
    was = desk.knowledge.version
    pack.change(*BRIGHTER)

    looked = settled(desk)

    assert isinstance(looked, Kept)
    assert looked.running == was
    assert "foreign-number: lamp-brightness" in looked.reasons[0]
    assert "5 to 50 lux" in answer(desk)
    assert [settled(desk), settled(desk)] == [Unchanged(), Unchanged()]


def test_a_refused_pack_that_is_put_right_takes_over(pack: Copy) -> None:
    desk = reloading(pack)
    pack.change(*BRIGHTER)
    settled(desk)
    pack.change(*SAID)

    assert isinstance(settled(desk), Replaced)


def test_a_refused_pack_that_is_taken_back_is_the_running_one_again(pack: Copy) -> None:
    desk = reloading(pack)
    pack.change(DESIGN, "facts:", "facts: [")
    refused = settled(desk)
    pack.change(DESIGN, "facts: [", "facts:")

    assert isinstance(refused, Kept)
    assert settled(desk) == Unchanged()


def test_what_cannot_be_built_is_refused_in_its_own_words(pack: Copy) -> None:
    def build() -> Desk:
        raise UnreadableFileError(Path("second-key.npz"), 1, "run becar7 train")

    desk = Reloading(Desk(load(pack.directory)), build)
    brighten(pack)

    looked = settled(desk)

    assert looked == Kept(
        desk.knowledge.version, ("second-key.npz:1: run becar7 train",)
    )


def test_a_pack_that_changes_while_it_is_read_waits_for_the_next_look(
    pack: Copy,
) -> None:
    def build() -> Desk:
        desk = Desk(load(pack.directory))
        if not (pack.directory / "facts" / "background.yaml").exists():
            pack.add("facts/background.yaml", "facts: []\n")
        return desk

    desk = Reloading(Desk(load(pack.directory)), build)
    brighten(pack)

    assert settled(desk) == Unchanged()
    assert isinstance(settled(desk), Replaced)


def test_files_that_are_still_being_written_wait(pack: Copy) -> None:
    desk = reloading(pack)
    settled(desk)
    pack.change(*BRIGHTER)
    first = desk.look()
    pack.change(*SAID)
    pack.add(DESIGN, "\n")  # another size: a clock may call both writes one moment

    assert first == desk.look() == Unchanged()
    assert isinstance(desk.look(), Replaced)


def test_a_pack_that_is_gone_leaves_the_running_one(pack: Copy) -> None:
    desk = reloading(pack)
    was = desk.knowledge.version
    pack.directory.rename(pack.directory.with_name("moved"))

    assert isinstance(settled(desk), Kept | Unchanged)
    assert desk.knowledge.version == was


def test_a_file_that_goes_while_it_is_looked_at_waits(pack: Copy) -> None:
    desk = reloading(pack)
    (pack.directory / "facts" / "passing.yaml").symlink_to("nowhere.yaml")

    assert settled(desk) == Unchanged()


@dataclass
class Heard(logging.Handler):
    """Wakes whoever waits for a line of the log."""

    lines: list[str] = field(default_factory=list)
    said: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        super().__init__()

    def emit(self, record: logging.LogRecord) -> None:
        known = (getattr(record, name, "") for name in ("knowledge", "reason"))
        self.lines.append(" ".join([record.getMessage(), *known]))
        self.said.set()

    async def line(self, words: str) -> str:
        """The next line that has these words: a busy machine takes its time over it."""
        async with asyncio.timeout(ENDLESS):
            while True:
                while self.lines:
                    line = self.lines.pop(0)
                    if words in line:
                        return line
                self.said.clear()
                await self.said.wait()

    __hash__ = logging.Handler.__hash__


@pytest.fixture
def heard() -> Iterator[Heard]:
    log, handler = logging.getLogger("bot.wiring.reloading"), Heard()
    level = log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    yield handler
    log.removeHandler(handler)
    log.setLevel(level)


@dataclass(frozen=True)
class Running:
    """The whole app, and the desk that looks at its files."""

    workspace: Workspace
    app: SlackDesk
    desk: Reloading

    async def asked(self) -> str:
        """Ask, and wait until all that follows is done; the reply."""
        people, bot = self.workspace.state.directory.people, self.workspace.bot.id
        person = next(iter(people))
        ts = self.workspace.speak(person, QUESTIONS.id, f"<@{bot}> {ASK}")
        await self.workspace.settle()
        await self.app.in_flight.settled()
        await self.app.workers.settled()
        _, reply, *_ = self.workspace.thread(QUESTIONS.id, ts)
        return reply.text


@asynccontextmanager
async def opened(pack: Copy) -> AsyncIterator[Running]:
    """The whole app in the local workspace, over a pack that may be changed."""
    build = builder(pack)
    token, secret = f"xoxb-{secrets.token_hex()}", secrets.token_hex()
    async with AsyncExitStack() as stack:
        config = WorkspaceConfig(channels=(QUESTIONS,), command="/becar7")
        workspace = await stack.enter_async_context(running_workspace(config))
        settings = Settings(
            _env_file=None,
            slack_bot_token=SecretStr(token),
            slack_signing_secret=SecretStr(secret),
            slack_api_url=workspace.api_url,
            port=0,
        )
        fresh = await stack.enter_async_context(kept_fresh(build(), build, OFTEN))
        memories = await stack.enter_async_context(remembering())
        app = await stack.enter_async_context(open_desk(settings, fresh, memories))
        port = await stack.enter_async_context(listening(app, settings))
        workspace.connect(f"http://127.0.0.1:{port}{EVENTS}", secret, token)
        yield Running(workspace, app, fresh)


async def test_in_slack_the_new_figure_is_told_and_a_spoilt_one_never(
    pack: Copy, heard: Heard
) -> None:
    async with opened(pack) as here:
        before = await here.asked()
        brighten(pack)
        taken_over = await heard.line("took over")
        after = await here.asked()
        rewrite(pack, (DESIGN, "high: 60", "high: 70"))
        refused = await heard.line("refused")
        still = await here.asked()

    assert "5 to 50 lux" in before
    assert here.desk.knowledge.version in taken_over
    assert "5 to 60 lux" in after
    assert "5 to 60 lux" in still
    assert here.desk.knowledge.version in refused
    assert "foreign-number: lamp-brightness" in refused


async def test_with_no_seconds_nobody_looks(pack: Copy) -> None:
    others = asyncio.all_tasks()

    async with kept_fresh(Desk(load(pack.directory)), builder(pack), 0):
        assert asyncio.all_tasks() == others


async def test_many_reasons_are_cut_short_in_the_log(pack: Copy, heard: Heard) -> None:
    build = builder(pack)
    async with kept_fresh(build(), build, OFTEN):
        for number in range(7):
            pack.add(f"stray-{number}.yaml", "{}\n")
        line = await heard.line("2 more: becar7 check")

    assert line.count("unknown-file") == 5
