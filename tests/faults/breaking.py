"""Breaks what the plan says, at the moments it says."""

from __future__ import annotations

import asyncio
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import assert_never

from bot.workspace.faults import Fault
from bot.workspace.workspace import Workspace
from tests.faults.cluster import Cluster
from tests.faults.ledger import Ledger
from tests.faults.plan import POST, SPEED, Kind, Plan
from tests.faults.replicas import Crew


SILENT = 9.0  # seconds that Slack keeps quiet after accepting; the app waits for ten
NOTHING_POSTED = 10.0  # seconds until a crash strikes all the same


@dataclass(slots=True)
class Breaker:
    """Kills, freezes and restarts, and remembers when it killed and when it let go on."""

    plan: Plan
    desk: Workspace
    ledger: Ledger
    crew: Crew
    cluster: Cluster | None
    say: Callable[[str], None]
    dice: random.Random = field(init=False)
    kills: list[float] = field(default_factory=list)  # monotonic
    thaws: list[float] = field(default_factory=list)  # monotonic

    def __post_init__(self) -> None:
        self.dice = random.Random(self.plan.seed + 1)  # noqa: S311  no secret

    async def work(self) -> None:
        """Break everything in its turn."""
        started = time.monotonic()
        for strike in self.plan.strikes():
            await asyncio.sleep(max(0.0, started + strike.at - time.monotonic()))
            self.say(f"{strike.at:6.1f} s  {strike.kind}")
            await self._break(strike.kind)

    async def _break(self, kind: Kind) -> None:
        match kind:
            case "kill":
                await self._kill_one()
            case "crash":
                await self._crash()
            case "freeze":
                await self._freeze()
            case "restart":
                await self._restart()
            case _:
                assert_never(kind)

    async def _kill_one(self) -> None:
        await self.dice.choice(self.crew.replicas).kill()
        self.kills.append(time.monotonic())

    async def _crash(self) -> None:
        """Kill everybody after Slack has taken a post, and before we know of it."""
        silent = Fault("slow", POST, seconds=SILENT * SPEED)
        self.desk.faults.planned.insert(0, silent)
        try:
            async with asyncio.timeout(NOTHING_POSTED), self.ledger.changed:
                await self.ledger.changed.wait_for(lambda: self._is_struck(silent))
                before = self.ledger.posts
                await self.ledger.changed.wait_for(lambda: self.ledger.posts > before)
        except TimeoutError:
            self.say("          nothing was posted meanwhile")
        await asyncio.gather(*(replica.kill() for replica in self.crew.replicas))
        self.kills.append(time.monotonic())

    def _is_struck(self, fault: Fault) -> bool:
        return not any(planned is fault for planned in self.desk.faults.planned)

    async def _freeze(self) -> None:
        replica = self.dice.choice(self.crew.replicas)
        replica.signal(signal.SIGSTOP)
        await asyncio.sleep(self.plan.frozen)
        replica.signal(signal.SIGCONT)
        self.thaws.append(time.monotonic())

    async def _restart(self) -> None:
        if self.cluster is not None:
            await self.cluster.restart()
