"""A whole process that answers from a can: for the tests that end one."""

from __future__ import annotations

import asyncio
import logging

from bot.settings import Settings
from bot.slack.serving import serve_http
from tests.fakes import CannedAnswers


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    asyncio.run(serve_http(Settings(_env_file=None), CannedAnswers()))
