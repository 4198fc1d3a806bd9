"""The app over a journal that outlives it, in a workspace that can be told to fail."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import select

from bot.journal.journal import Journal, open_journal
from bot.journal.tables import question
from bot.promise.inbox import LostError, Progress
from bot.promise.question import Attempt, Frozen, Outcome, Owed, Spot, Tried
from bot.settings import Settings
from bot.slack.app import SlackDesk, open_desk
from bot.slack.entry import EVENTS
from bot.slack.reception import TrialDesk
from bot.slack.serving import listening
from bot.wiring.keeping import memories_in
from bot.workspace.clock import WallClock
from bot.workspace.directory import NURSE, Channel, WorkspaceConfig
from bot.workspace.messages import Message
from bot.workspace.seat import Seat
from bot.workspace.server import running_workspace
from bot.workspace.workspace import Workspace


QUESTIONS = Channel("C0QUESTIONS", "questions")


@dataclass
class Watch:
    """A clock that a test sets."""

    now: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Place:
    """A workspace and a journal; apps come and go."""

    workspace: Workspace
    address: str
    watch: Watch = field(default_factory=Watch)
    token: str = field(default_factory=lambda: f"xoxb-{secrets.token_hex()}")

    @asynccontextmanager
    async def app(self, answers: TrialDesk, ends_at: str = "") -> AsyncIterator[App]:
        """One life of the app; it may end at a step of its first question."""
        secret = secrets.token_hex()
        async with AsyncExitStack() as stack:
            opening = open_journal(self.address, self.watch)
            journal = await stack.enter_async_context(opening)
            settings = Settings(
                _env_file=None,
                slack_bot_token=SecretStr(self.token),
                slack_signing_secret=SecretStr(secret),
                slack_api_url=self.workspace.api_url,
                channel_posts_per_second=1000.0,
                port=0,
            )
            memories = memories_in(journal)
            progress = EndsAt(memories.progress, ends_at)
            memories = replace(memories, progress=progress)
            opened = open_desk(settings, answers, memories)
            desk = await stack.enter_async_context(opened)
            port = await stack.enter_async_context(listening(desk, settings))
            url = f"http://127.0.0.1:{port}{EVENTS}"
            self.workspace.connect(url, secret, self.token)
            yield App(self.workspace, journal, desk, self.watch)


@dataclass
class App:
    """One life of the app, and what can be seen of it."""

    workspace: Workspace
    journal: Journal
    desk: SlackDesk
    watch: Watch

    @property
    def nurse(self) -> Seat:
        return self.workspace.seat(NURSE.id)

    async def ask(self, text: str = "how many people had eye strain?") -> str:
        """Ask by mention, and wait until all that follows at once is done."""
        ts = self.nurse.say(QUESTIONS.id, f"<@{self.workspace.bot.id}> {text}")
        await self.settle()
        return ts

    async def settle(self) -> None:
        await self.workspace.settle()
        await self.desk.in_flight.settled()
        await self.desk.workers.settled()

    async def later(self, seconds: float) -> None:
        """Let so much time pass, and do what is due then."""
        self.watch.now += seconds
        await self.desk.workers.reconcile()
        await self.settle()

    def said(self, root: str) -> tuple[Message, ...]:
        """Our messages in a thread."""
        thread = self.workspace.thread(QUESTIONS.id, root)
        return tuple(one for one in thread if one.user == self.workspace.bot.id)

    async def states(self) -> list[str]:
        rows = await self.journal.database.read(
            select(question.c.state).order_by(question.c.received_at)
        )
        return [row.state for row in rows]

    async def audited(self) -> list[dict[str, Any]]:
        """What the audit says; its chain holds."""
        verdict = await self.journal.audit.verify()
        assert verdict.breaches == ()
        return [row.told async for row in self.journal.audit.rows()]


@asynccontextmanager
async def opened_workspace() -> AsyncIterator[Workspace]:
    config = WorkspaceConfig(channels=(QUESTIONS,), command="/becar7")
    async with running_workspace(config, WallClock(speed=60.0)) as workspace:
        yield workspace


@asynccontextmanager
async def opened_place(folder: Path) -> AsyncIterator[Place]:
    async with opened_workspace() as workspace:
        yield Place(workspace, f"sqlite:///{folder}/journal.sqlite3")


class EndsAt:
    """Progress of a process that ends at one step, and does nothing after it."""

    def __init__(self, progress: Progress, step: str) -> None:
        self._progress = progress
        self._step = step

    def _reach(self, step: str, owed: Owed) -> None:
        if self._step in {step, "ended"}:
            self._step = "ended"
            raise LostError(owed.key)

    async def began(self, owed: Owed) -> None:
        self._reach("began", owed)
        await self._progress.began(owed)

    async def freeze(self, owed: Owed, frozen: Frozen) -> Owed:
        self._reach("freeze", owed)
        return await self._progress.freeze(owed, frozen)

    async def begin(
        self, owed: Owed, part: str, unfixed: Frozen | None = None
    ) -> Attempt:
        self._reach("begin", owed)
        begun = await self._progress.begin(owed, part, unfixed)
        self._reach("begun", owed)
        return begun

    async def end(
        self, owed: Owed, attempt: Attempt, outcome: Outcome, spot: Spot | None
    ) -> None:
        self._reach("end", owed)
        await self._progress.end(owed, attempt, outcome, spot)

    async def removed(self, owed: Owed, part: str) -> None:
        await self._progress.removed(owed, part)

    async def settle(
        self, owed: Owed, ending: Any, because: str, last: Tried | None = None
    ) -> None:
        self._reach("settle", owed)
        await self._progress.settle(owed, ending, because, last)

    async def put_off(self, owed: Owed, seconds: float) -> None:
        self._reach("put off", owed)
        await self._progress.put_off(owed, seconds)
