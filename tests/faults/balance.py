"""Stands before several replicas: each request goes to the next that takes it."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web

from tests.faults.replicas import Replica


PATIENCE = aiohttp.ClientTimeout(total=4)  # seconds; Slack waits for three


@asynccontextmanager
async def balanced(replicas: Sequence[Replica]) -> AsyncIterator[str]:
    """The address before the replicas; of one replica, its own."""
    if len(replicas) == 1:
        yield replicas[0].url
        return
    async with aiohttp.ClientSession(
        timeout=PATIENCE, auto_decompress=False
    ) as session:
        app = web.Application()
        app.router.add_post("/{path:.*}", _Balance(replicas, session).pass_on)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            await runner.cleanup()


class _Balance:
    def __init__(
        self, replicas: Sequence[Replica], session: aiohttp.ClientSession
    ) -> None:
        self._turns = itertools.cycle(replicas)
        self._count = len(replicas)
        self._session = session

    async def pass_on(self, request: web.Request) -> web.Response:
        """The answer of the first replica that can be reached.

        What broke after it was reached is not sent to another: Slack decides.
        """
        raw = await request.read()
        for replica in itertools.islice(self._turns, self._count):
            try:
                return await self._asked(replica, request, raw)
            except aiohttp.ClientConnectorError:
                continue
            except (aiohttp.ClientError, TimeoutError):
                return web.Response(status=502)
        return web.Response(status=503)

    async def _asked(
        self, replica: Replica, request: web.Request, raw: bytes
    ) -> web.Response:
        async with self._session.post(
            f"{replica.url}{request.path}", data=raw, headers=request.headers
        ) as response:
            return web.Response(body=await response.read(), status=response.status)
