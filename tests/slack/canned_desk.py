"""A whole process that answers from a can: for the tests that end one."""

from __future__ import annotations

import asyncio

from bot.settings import Settings
from bot.slack.serving import serve_http
from bot.telemetry.logs import set_up_logs
from bot.wiring.keeping import kept, memories_in
from tests.fakes import CannedAnswers


async def serve() -> None:
    settings = Settings(_env_file=None)
    answers = CannedAnswers()
    async with kept(settings, answers.knowledge) as journal:
        await serve_http(settings, answers, memories_in(journal))


if __name__ == "__main__":
    set_up_logs("INFO", "json")
    asyncio.run(serve())
