"""Asks an address on the web, and says in one sentence what went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import aiohttp

from bot import __version__


PATIENCE = aiohttp.ClientTimeout(total=20)  # seconds; a registry's slow day
MOST_BYTES = 5_000_000  # a long registry record is about 0.1 MB
MOST_HOPS = 5  # from a DOI to the publisher's page; browsers allow 20
HEADERS = {"User-Agent": f"becar7-health/{__version__}"}

_FOUND, _REDIRECTS = 200, range(300, 400)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered."""

    body: bytes


@dataclass(frozen=True, slots=True)
class Failed:
    """Why an address gave nothing to read; the status, if it answered at all."""

    reason: str
    status: int | None = None


Fetching: TypeAlias = Fetched | Failed


def session() -> aiohttp.ClientSession:
    """A session that says who asks, and does not wait for ever."""
    return aiohttp.ClientSession(timeout=PATIENCE, headers=HEADERS, trust_env=True)


async def fetch(web: aiohttp.ClientSession, address: str) -> Fetching:
    """The body at an address; a redirect is told, not followed."""
    try:
        async with web.get(address, allow_redirects=False) as answer:
            if answer.status in _REDIRECTS:
                where = answer.headers.get("Location", "nowhere")
                return Failed(f"redirects to {where}", answer.status)
            if answer.status != _FOUND:
                return Failed(f"answered {answer.status}", answer.status)
            return await _body(answer)
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        return Failed(_cannot(error))


async def status_at(web: aiohttp.ClientSession, address: str) -> int | Failed:
    """The status behind an address, redirects followed."""
    try:
        async with web.get(address, max_redirects=MOST_HOPS) as answer:
            return answer.status
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        return Failed(_cannot(error))


async def _body(answer: aiohttp.ClientResponse) -> Fetching:
    body = b""
    async for chunk in answer.content.iter_any():
        body += chunk
        if len(body) > MOST_BYTES:
            return Failed(f"answered more than {MOST_BYTES:,} bytes", _FOUND)
    return Fetched(body) if body.strip() else Failed("answered nothing", _FOUND)


def _cannot(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return f"did not answer within {PATIENCE.total:.0f} seconds"
    if isinstance(error, aiohttp.TooManyRedirects):
        return "redirects in a circle"
    return f"cannot be reached ({type(error).__name__})"
