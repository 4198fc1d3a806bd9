"""Hands questions that a replica has no room for to all replicas, through PostgreSQL.

Who hears a question works on it: a job costs twice the processor time of the rest of
its journal.  A job is written in the transaction that writes the question down, and
nothing is owed to it: whatever becomes of it, the reconciler finds the question.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status
from procrastinate.schema import SchemaManager
from sqlalchemy import Connection, text
from sqlalchemy.engine import URL

from bot.journal.dispatch import HasRoom, TakeUp


TASK = "take up a question"
DEFER = text(
    "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('default', :task, 0, NULL, NULL,"
    " CAST(:args AS jsonb), NULL)::procrastinate_job_to_defer_v1])"
)
AT_ONCE = 50  # jobs of one replica; the pace of Slack keeps most of them waiting
GRACE = 25.0  # seconds to finish jobs; Kubernetes kills 30 seconds after SIGTERM
POLL = 2.0  # seconds between looks for jobs; a notification usually comes first
BEAT = 5.0  # seconds between signs of life of a worker
STALLED = 30.0  # seconds without one, after which a job's row is thrown away
AGAIN = 1.0  # seconds before a worker begins again that lost the database

log = logging.getLogger(__name__)
_quiet = logging.getLogger("procrastinate")  # it tells of every job below WARNING


class Queue:
    """The jobs of one database."""

    patience = 5.0  # seconds; a job that a lost worker had fetched comes no more

    def __init__(self, url: URL, replica: str) -> None:
        plain = url.set(drivername="postgresql")
        address = plain.render_as_string(hide_password=False)
        self._app = App(
            connector=PsycopgConnector(conninfo=address, min_size=1, max_size=4)
        )
        self._app.task(name=TASK)(self._work)
        self._take_up: TakeUp | None = None
        self._replica = replica
        self._has_room: HasRoom = lambda: False

    @property
    def holder(self) -> str | None:
        """This replica while it has room; None: whoever has some takes the job."""
        return self._replica if self._has_room() else None

    def defer(self, connection: Connection, key: str) -> None:
        """Hand it out in the same transaction that writes it down.

        In the words that procrastinate's own `defer` uses; their version is in the name.
        """
        job = {"task": TASK, "args": json.dumps({"key": key})}
        connection.execute(DEFER, job)

    @asynccontextmanager
    async def working(self, take_up: TakeUp, has_room: HasRoom) -> AsyncIterator[None]:
        """Work on what is handed out, as long as the block lasts."""
        self._take_up, self._has_room = take_up, has_room
        _quiet.setLevel(logging.WARNING)
        async with self._app.open_async():
            worker = asyncio.create_task(self._run())
            try:
                yield
            finally:
                self._has_room = lambda: False
                worker.cancel()
                await asyncio.wait([worker])

    async def _work(self, key: str) -> None:
        if self._take_up is not None:
            await self._take_up(key)

    async def _run(self) -> None:
        """Work, and begin again whenever the database was gone."""
        while True:
            try:
                await self._throw_stalled_away()
                await self._app.run_worker_async(
                    concurrency=AT_ONCE,
                    delete_jobs="always",
                    fetch_job_polling_interval=POLL,
                    install_signal_handlers=False,
                    shutdown_graceful_timeout=GRACE,
                    update_heartbeat_interval=BEAT,
                    stalled_worker_timeout=STALLED,
                )
            except (ConnectorException, psycopg.Error, OSError) as error:
                log.warning("the queue was lost", extra={"kind": type(error).__name__})
            await asyncio.sleep(AGAIN)

    async def _throw_stalled_away(self) -> None:
        """Delete the jobs of workers that ended; their questions are not forgotten."""
        jobs = self._app.job_manager
        stalled = await jobs.get_stalled_jobs(seconds_since_heartbeat=STALLED)
        for job in stalled:
            if job.id is not None:
                await jobs.finish_job_by_id_async(
                    job.id, Status.FAILED, delete_job=True
                )


def prepare(connection: Connection) -> None:
    """Make the tables of the queue, unless they are there."""
    known = connection.execute(text("SELECT to_regclass('procrastinate_jobs')"))
    if known.scalar() is None:
        schema = SchemaManager.get_schema().replace("%", "%%")  # no placeholders
        connection.exec_driver_sql(schema)
