"""Hands one picture to Slack, step by step, and sees that Slack can show it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import BotError
from bot.slack.needs import Needs


NEEDS = Needs(
    scopes={
        "files:write": "uploads each picture once, into no channel",
        "files:read": "sees when Slack has finished with a picture it uploaded",
    }
)

# Seconds between two looks at a fresh upload.  Slack scans files for malware before it
# shows them, and refuses a block with one that is not done (python-slack-sdk issue 1521:
# about a second); until then `files.info` names no media type (node-slack-sdk 2040).
LOOKS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0)


class UnfinishedError(BotError):
    """Slack has the bytes of a picture, and is still busy with them."""

    def __init__(self, file: str) -> None:
        super().__init__(f"Slack is not done with {file}: it is looked at again")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture that a workspace is to have."""

    team: str
    digest: str  # changes when, and only when, the picture does
    name: str
    title: str
    png: Callable[[], bytes]  # slow where it was not drawn before

    @property
    def key(self) -> tuple[str, str]:
        """The same for everybody who wants it."""
        return self.team, self.digest


async def send(client: AsyncWebClient, wanted: Wanted) -> str:
    """Upload it into no channel; Slack's id of it, which cannot be shown yet.

    Its alternative text goes with each block: an upload takes 1,000 characters of it
    (alt_txt_too_large), a block 2,000.
    """
    content = await asyncio.to_thread(wanted.png)
    place = await client.files_getUploadURLExternal(
        filename=f"{wanted.name}.png", length=len(content)
    )
    await _put(client, str(place["upload_url"]), content)
    file = str(place["file_id"])
    await client.files_completeUploadExternal(
        files=[{"id": file, "title": wanted.title}]
    )
    return file


async def see(client: AsyncWebClient, file: str) -> None:
    """Wait until Slack can show it; UnfinishedError if that takes half a minute."""
    for seconds in LOOKS:
        answer = await client.files_info(file=file)
        if (answer.get("file") or {}).get("mimetype"):
            return
        await asyncio.sleep(seconds)
    raise UnfinishedError(file)


async def _put(client: AsyncWebClient, address: str, content: bytes) -> None:
    """Send the bytes to where Slack wants them: another host, so without our token."""
    if client.session is None:
        raise TypeError("a client of ours shares one session")
    async with client.session.post(address, data=content) as taken:
        taken.raise_for_status()
