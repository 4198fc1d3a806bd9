"""Which file a picture is: known here for a minute, then asked of the memory again."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.errand import Wanted
from bot.slack.uploading import NOTED, Uploading
from tests.slack.promised import Watch


NOWHERE = AsyncWebClient("xoxb-only-in-tests", base_url="http://127.0.0.1:9/api/")
PICTURE = Wanted("T1", "digest", "people", "Seven of 11", lambda: b"")


@dataclass
class Shelf:
    """The files that some replica has uploaded, and how often it was asked for one."""

    file: str | None
    finds: list[str] = field(default_factory=list)

    async def find(self, team: str, picture: str) -> str | None:
        self.finds.append(f"{team}/{picture}")
        return self.file

    async def keep(self, team: str, picture: str, file: str) -> None:
        raise AssertionError((team, picture, file))


@pytest.fixture
def watch() -> Watch:
    return Watch()


async def test_a_known_file_is_looked_up_once_a_minute(watch: Watch) -> None:
    shelf = Shelf("F1")
    uploading = Uploading(shelf, watch)

    first = [await uploading.file_of(NOWHERE, PICTURE) for _ in range(2)]
    looked = len(shelf.finds)
    shelf.file = "F2"  # another replica has uploaded it anew
    watch.now += NOTED
    later = await uploading.file_of(NOWHERE, PICTURE)
    await uploading.settled()

    assert (first, later) == (["F1", "F1"], "F2")
    assert looked == 1


async def test_a_picture_that_nobody_uploaded_is_asked_for_each_time(
    watch: Watch,
) -> None:
    shelf = Shelf(None)
    uploading = Uploading(shelf, watch)

    assert await uploading.file_of(NOWHERE, PICTURE) == ""
    shelf.file = "F1"

    assert await uploading.file_of(NOWHERE, PICTURE) == "F1"
    await uploading.settled()


async def test_a_file_that_was_never_looked_at_is_not_taken_for_seen(
    watch: Watch,
) -> None:
    uploading = Uploading(Shelf("F1"), watch)
    await uploading.file_of(NOWHERE, PICTURE)
    await uploading.settled()

    assert not uploading.has_seen("F1")
