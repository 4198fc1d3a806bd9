"""One fault run: Slack, the app's processes, the questions, the breaking, the verdict."""

from __future__ import annotations

import asyncio
import itertools
import random
import resource
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bot.knowledge.load import read_pack
from bot.slack.entry import EVENTS
from bot.workspace.clock import WallClock
from bot.workspace.directory import NURSE, Channel, WorkspaceConfig
from bot.workspace.server import running_workspace
from bot.workspace.workspace import Workspace
from tests.faults.balance import balanced
from tests.faults.breaking import Breaker
from tests.faults.cluster import Cluster, free_port, running_cluster
from tests.faults.evidence import (
    Commands,
    audited_in_file,
    audited_in_server,
    flip_in_server,
    flipped_in_file,
    leaks,
)
from tests.faults.ledger import Key, Ledger
from tests.faults.plan import SPEED, Plan
from tests.faults.replicas import Crew, Replica
from tests.faults.verdict import Evidence, Verdict, judged


SECRETS = {
    "bot token": "xoxb-of-a-fault-run",
    "signing secret": "signed-in-a-fault-run",
}
CHANNELS = 400  # at a message a second in each, Slack's pace is not the limit
DATABASE = "journal.sqlite3"
WRITING_UP = 60.0  # seconds; the reconciler goes over what is a minute old
SECOND_LOOK = 90.0  # seconds; the app looks for doubles a minute later


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that takes part in one run."""

    plan: Plan
    desk: Workspace
    ledger: Ledger
    crew: Crew
    commands: Commands
    cluster: Cluster | None
    say: Callable[[str], None]


async def fault_run(plan: Plan, folder: Path, say: Callable[[str], None]) -> Verdict:
    """Run the plan in an empty folder; the verdict, whatever it is."""
    async with scene_of(plan, folder, say) as scene:
        await scene.crew.start()
        async with balanced(scene.crew.replicas) as url:
            secret, token = SECRETS["signing secret"], SECRETS["bot token"]
            scene.desk.connect(f"{url}{EVENTS}", secret, token)
            breaker = Breaker(
                plan, scene.desk, scene.ledger, scene.crew, scene.cluster, say
            )
            scene.desk.faults.dice = random.Random(plan.seed)  # noqa: S311  no secret
            scene.desk.faults.plan(*plan.faults())
            await asyncio.gather(_ask(scene), breaker.work())
            await _quiet(scene)
            exits = await scene.crew.stop()
        spent = resource.getrusage(resource.RUSAGE_CHILDREN)
        evidence = await _evidence(scene, breaker, exits)
        cpu = spent.ru_utime + spent.ru_stime
        return judged(scene.ledger, replace(evidence, cpu=cpu))


@asynccontextmanager
async def scene_of(
    plan: Plan, folder: Path, say: Callable[[str], None]
) -> AsyncIterator[Scene]:
    """Everything but the breaking, in an empty folder; no process runs yet."""
    async with AsyncExitStack() as stack:
        clock = WallClock(SPEED)
        desk = await stack.enter_async_context(running_workspace(_config(), clock))
        cluster = None
        if plan.database == "postgres":
            server = folder / "server"
            server.mkdir()
            cluster = await stack.enter_async_context(running_cluster(server))
        url = cluster.url if cluster else f"sqlite:///{folder / DATABASE}"
        commands = Commands(_surroundings(plan, desk, url), folder)
        ledger = Ledger(desk.bot.id)
        hearing = asyncio.create_task(ledger.listen(desk.state.feed))
        stack.callback(hearing.cancel)
        crew = _crew(plan, commands)
        stack.push_async_callback(crew.stop)
        yield Scene(plan, desk, ledger, crew, commands, cluster, say)


def _config() -> WorkspaceConfig:
    numbers = range(CHANNELS)
    return WorkspaceConfig(
        channels=tuple(Channel(f"C0{n:09}", f"questions-{n}") for n in numbers),
        people=(NURSE,),
    )


def _surroundings(plan: Plan, desk: Workspace, url: str) -> dict[str, str]:
    return {
        "BECAR7_SLACK_BOT_TOKEN": SECRETS["bot token"],
        "BECAR7_SLACK_SIGNING_SECRET": SECRETS["signing secret"],
        "BECAR7_SLACK_API_URL": desk.api_url,
        "BECAR7_DATABASE_URL": url,
        "BECAR7_LOG_LEVEL": "INFO",
        "BECAR7_POSTS_PER_SECOND": "1000",  # the pace is not what is measured
        "BECAR7_CACHE_DIR": str(plan.code / "nowhere"),
        "HOME": "/nonexistent",
        "PYTHONPATH": str(plan.code),
    }


def _crew(plan: Plan, commands: Commands) -> Crew:
    cache = commands.folder / "cache"
    around = {**commands.surroundings, "BECAR7_CACHE_DIR": str(cache)}
    words = ("serve", "--replica") if plan.replicas > 1 else ("serve",)
    return Crew(
        [
            Replica(f"replica-{n}", free_port(), words, around, commands.folder)
            for n in range(1, plan.replicas + 1)
        ]
    )


async def _ask(scene: Scene) -> None:
    """Put the questions at the rate of the plan, each in the next channel."""
    texts = itertools.cycle(
        read_pack(scene.plan.code / "knowledge" / "be-car7").trial.examples
    )
    started, bot = time.monotonic(), scene.desk.bot.id
    for number, text in zip(range(scene.plan.questions), texts, strict=False):
        due = started + number / scene.plan.rate if scene.plan.rate else started
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        channel = f"C0{number % CHANNELS:09}"
        ts = scene.desk.speak(NURSE.id, channel, f"<@{bot}> {text}")
        scene.ledger.ask((channel, ts), text)


async def _quiet(scene: Scene) -> None:
    """Wait until all is answered, or nothing more comes; then for the second look."""
    await scene.desk.settle()
    while scene.ledger.waiting() and await _is_more_said(scene):
        pass
    if left := len(scene.ledger.waiting()):
        scene.say(f"gave up waiting for {left} replies")
    await _written_up(scene)
    if judged(scene.ledger, Evidence()).twice:
        await asyncio.sleep(SECOND_LOOK)


async def _written_up(scene: Scene) -> None:
    """Wait until the audit has a row for every reply: it is written last.

    A reply that Slack took without saying so is looked for before it is written up.
    """
    begun = time.monotonic()
    while time.monotonic() - begun < WRITING_UP:
        audited = _audited(scene)
        if audited is None or audited >= scene.ledger.replied():
            return
        await asyncio.sleep(1)


async def _is_more_said(scene: Scene) -> bool:
    """Whether the app says anything before patience ends."""
    ledger, before = scene.ledger, scene.ledger.posts
    try:
        async with asyncio.timeout(scene.plan.patience), ledger.changed:
            return await ledger.changed.wait_for(lambda: ledger.posts > before)
    except TimeoutError:
        return False


async def _evidence(scene: Scene, breaker: Breaker, exits: tuple[int, ...]) -> Evidence:
    verified = await scene.commands.verifies()
    texts = [text for _, text in scene.ledger.asked.values()]
    return Evidence(
        kills=breaker.kills,
        thaws=breaker.thaws,
        starts=scene.crew.starts(),
        audited=_audited(scene),
        audit_verified=verified,
        flip_found=None if verified is None else await _is_flip_found(scene),
        leaks=leaks(scene.crew.logs(), SECRETS, texts),
        exits=exits,
    )


def _audited(scene: Scene) -> frozenset[Key] | None:
    if scene.cluster is not None:
        return audited_in_server(scene.cluster.url)
    return audited_in_file(scene.commands.folder / DATABASE)


async def _is_flip_found(scene: Scene) -> bool:
    if scene.cluster is not None:
        flip_in_server(scene.cluster.url)
        return await scene.commands.verifies() is False
    copy = flipped_in_file(scene.commands.folder / DATABASE)
    return await scene.commands.over(f"sqlite:///{copy}").verifies() is False
