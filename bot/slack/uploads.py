"""Remembers under which id Slack has a picture, so that each is uploaded once."""

from __future__ import annotations

from typing import Protocol

from bot.slack.lately import Lately


MOST_UPLOADS = 10_000  # 70 pictures of one pack in each of 140 workspaces; 2 MB


class Uploads(Protocol):
    """Which pictures Slack has, by workspace and by what is drawn."""

    async def find(self, team: str, picture: str) -> str | None:
        """Slack's id of the picture with that digest; None if it was not uploaded."""
        ...

    async def keep(self, team: str, picture: str, file: str) -> None:
        """Remember under which id Slack has a picture, instead of an earlier id."""
        ...


class UploadsInMemory:
    """What this process uploaded."""

    def __init__(self, most: int = MOST_UPLOADS) -> None:
        self._kept: Lately[tuple[str, str], str] = Lately(most)

    async def find(self, team: str, picture: str) -> str | None:
        """Slack's id of the picture with that digest; None if it was not uploaded."""
        return self._kept.get((team, picture))

    async def keep(self, team: str, picture: str, file: str) -> None:
        """Remember under which id Slack has a picture, instead of an earlier id."""
        self._kept.keep((team, picture), file)
