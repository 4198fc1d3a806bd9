"""Remembers under which id Slack has a picture, so that each is uploaded once."""

from __future__ import annotations

from typing import Protocol


class Uploads(Protocol):
    """Which pictures Slack has, by workspace and by what is drawn."""

    async def find(self, team: str, picture: str) -> str | None:
        """Slack's id of the picture with that digest; None if it was not uploaded."""
        ...

    async def keep(self, team: str, picture: str, file: str) -> None:
        """Remember under which id Slack has a picture, instead of an earlier id."""
        ...
