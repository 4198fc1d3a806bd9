"""Hands one file to Slack, step by step, and sees that Slack can show a picture."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import BotError
from bot.slack.needs import Needs


NEEDS = Needs(
    scopes={
        "files:write": "uploads each picture once, and a draft to its author",
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


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as Slack takes it."""

    filename: str
    title: str
    content: bytes = field(repr=False)


async def send(client: AsyncWebClient, wanted: Wanted) -> str:
    """Upload a picture into no channel; Slack's id of it, which cannot be shown yet.

    Its alternative text goes with each block: an upload takes 1,000 characters of it
    (alt_txt_too_large), a block 2,000.
    """
    content = await asyncio.to_thread(wanted.png)
    upload = Upload(f"{wanted.name}.png", wanted.title, content)
    file = await _handed_over(client, upload)
    await client.files_completeUploadExternal(files=[_titled(file, upload)])
    return file


async def share(client: AsyncWebClient, upload: Upload, channel: str) -> None:
    """Upload a file into a conversation, named by its own id and not by a person's."""
    file = await _handed_over(client, upload)
    await client.files_completeUploadExternal(
        files=[_titled(file, upload)], channel_id=channel
    )


async def see(client: AsyncWebClient, file: str) -> None:
    """Wait until Slack can show it; UnfinishedError if that takes half a minute."""
    for seconds in LOOKS:
        answer = await client.files_info(file=file)
        if (answer.get("file") or {}).get("mimetype"):
            return
        await asyncio.sleep(seconds)
    raise UnfinishedError(file)


async def _handed_over(client: AsyncWebClient, upload: Upload) -> str:
    """Give Slack the bytes; its id of a file that is not complete yet."""
    place = await client.files_getUploadURLExternal(
        filename=upload.filename, length=len(upload.content)
    )
    await _put(client, str(place["upload_url"]), upload.content)
    return str(place["file_id"])


def _titled(file: str, upload: Upload) -> dict[str, str | None]:
    return {"id": file, "title": upload.title}


async def _put(client: AsyncWebClient, address: str, content: bytes) -> None:
    """Send the bytes to where Slack wants them: another host, so without our token."""
    if client.session is None:
        raise TypeError("a client of ours shares one session")
    async with client.session.post(address, data=content) as taken:
        taken.raise_for_status()
