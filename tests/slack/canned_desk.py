"""A whole process that answers from a can: for the tests that end one."""

from __future__ import annotations

import asyncio

from bot.settings import Settings
from bot.slack.serving import serve_http
from bot.telemetry.logs import set_up_logs
from tests.fakes import CannedAnswers


if __name__ == "__main__":
    set_up_logs("INFO", "json")
    asyncio.run(serve_http(Settings(_env_file=None), CannedAnswers()))
