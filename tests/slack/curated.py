"""The whole app over a copy of the second trial, in a workspace with a curator."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import SecretStr

from bot.answering.desk import Desk
from bot.journal.journal import Journal
from bot.knowledge.load import load
from bot.settings import ROOT, Settings
from bot.slack.app import SlackDesk, open_desk
from bot.slack.entry import EVENTS
from bot.slack.serving import listening
from bot.wiring.following import follow
from bot.wiring.keeping import keeper, memories_in
from bot.wiring.reloading import Reloading, Replaced
from bot.workspace.directory import NURSE, REGISTRAR, Channel, WorkspaceConfig
from bot.workspace.features import Features
from bot.workspace.messages import Message
from bot.workspace.seat import Seat
from bot.workspace.server import running_workspace
from bot.workspace.workspace import Workspace
from tests.slack.door import keeping
from tests.slack.reading import words
from tests.spoiling import Copy


MANIFEST = yaml.safe_load((ROOT / "deploy" / "manifest.yaml").read_text())
QUESTIONS = Channel("C0QUESTIONS", "questions")
CURATION = Channel("C0CURATION0", "curation")


@dataclass
class Curated:
    """An app with a curator, and the pack that it answers from."""

    workspace: Workspace
    slack: SlackDesk
    journal: Journal
    answers: Reloading
    pack: Copy

    @property
    def curator(self) -> Seat:
        return self.workspace.seat(REGISTRAR.id)

    @property
    def nurse(self) -> Seat:
        return self.workspace.seat(NURSE.id)

    async def ask(self, text: str) -> str:
        """Ask by mention; the message's timestamp."""
        ts = self.nurse.say(QUESTIONS.id, f"<@{self.workspace.bot.id}> {text}")
        await self.settle()
        return ts

    async def settle(self) -> None:
        await self.workspace.settle()
        await self.slack.in_flight.settled()
        await self.slack.workers.settled()

    async def take_over(self) -> None:
        """Let the changed files take over, as the running app does."""
        self.answers.look()
        looked = self.answers.look()
        assert isinstance(looked, Replaced), looked
        await keeper(self.journal)(self.answers.knowledge)
        await self.slack.spreading.reconcile()
        await self.settle()

    def said(self, root: str) -> tuple[Message, ...]:
        """Our messages in a thread."""
        thread = self.workspace.thread(QUESTIONS.id, root)
        return tuple(one for one in thread if one.user == self.workspace.bot.id)

    async def home(self, seat: Seat) -> list[dict[str, Any]]:
        """The blocks of somebody's Home tab, as it is now."""
        await seat.open_home()
        await self.settle()
        return list((await seat.see_home()).blocks)

    @property
    def window(self) -> str:
        """All that can be read in the window that the curator has on top."""
        modal = self.curator.modal
        assert modal is not None
        return words(list(modal.blocks))

    @property
    def board(self) -> str:
        """All that can be read in the curator's Home tab."""
        home = self.curator.home
        assert home is not None
        return words(list(home.blocks))

    def directs(self) -> tuple[Message, ...]:
        """What stands in the curator's talk with the app."""
        channel = self.workspace.state.directory.direct(REGISTRAR.id)
        assert channel is not None
        return self.workspace.read(channel.id)

    async def curations(self) -> list[dict[str, Any]]:
        """What the audit says of curation; its chain holds."""
        assert (await self.journal.audit.verify()).breaches == ()
        rows = [row.told async for row in self.journal.audit.rows()]
        return [row for row in rows if row["kind"] == "curated"]


@asynccontextmanager
async def opened(pack: Copy, **changes: Any) -> AsyncIterator[Curated]:
    """The app, until the block ends."""
    features = Features.from_manifest(MANIFEST)
    config = WorkspaceConfig(
        channels=(QUESTIONS, CURATION), command="/becar7", features=features
    )
    token, secret = f"xoxb-{secrets.token_hex()}", secrets.token_hex()
    async with AsyncExitStack() as stack:
        workspace = await stack.enter_async_context(running_workspace(config))
        values: dict[str, Any] = {
            "slack_bot_token": SecretStr(token),
            "slack_signing_secret": SecretStr(secret),
            "slack_api_url": workspace.api_url,
            "channel_posts_per_second": 1000.0,
            "curators": REGISTRAR.id,
            "port": 0,
        }
        settings = Settings(_env_file=None, **{**values, **changes})
        journal = await stack.enter_async_context(keeping())
        build = _builder(pack.directory)
        answers = Reloading(build(), build)
        await journal.packs.keep(answers.knowledge.version, pack.directory)
        await follow(journal, answers.knowledge)
        opening = open_desk(settings, answers, memories_in(journal))
        desk = await stack.enter_async_context(opening)
        port = await stack.enter_async_context(listening(desk, settings))
        workspace.connect(f"http://127.0.0.1:{port}{EVENTS}", secret, token)
        yield Curated(workspace, desk, journal, answers, pack)
        await workspace.settle()
        await desk.in_flight.settled()


def _builder(directory: Path) -> Callable[[], Desk]:
    return lambda: Desk(load(directory))
