"""Knows the pictures of the running pack, and shows them in one workspace and theme."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from slack_sdk.web.async_client import AsyncWebClient

from bot.answering.composition import Composition, FigureRef
from bot.figures.gallery import Gallery
from bot.figures.themes import Theme
from bot.slack.blocks.kit import Message
from bot.slack.blocks.manner import Manner
from bot.slack.blocks.pictures import Picture, hung, named
from bot.slack.courtesies import SLACKS
from bot.slack.delivery import Delivery
from bot.slack.errand import Wanted
from bot.slack.places import Written
from bot.slack.uploading import Uploading


# Seconds: Slack is done with most files in one or two; the words are there meanwhile, and
# the process may have to end within the grace of 25 (bot.slack.app).
PATIENCE = 15.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wall:
    """Where pictures hang: they are uploaded with this token, and drawn in this theme."""

    gallery: Gallery
    uploading: Uploading
    client: AsyncWebClient
    team: str
    theme: Theme

    async def now(self, figures: Iterable[FigureRef]) -> tuple[Picture, ...]:
        """The pictures as they can be shown at once; what Slack lacks is on its way."""
        return tuple([await self._now(one) for one in figures])

    async def named(self, *names: str) -> tuple[Picture, ...]:
        """The same by name; UnknownFigureError if the pack declares no such picture."""
        plates = [self.gallery.plate(name) for name in names]
        return await self.now(FigureRef(id=one.name, alt=one.alt) for one in plates)

    async def hung(self, messages: Sequence[Message]) -> tuple[Message, ...]:
        """The messages once Slack has the pictures that they name, or time is up."""
        pictures = {one.name: one for one in await self.arrived(*named(messages))}
        return tuple(hung(message, pictures) for message in messages)

    async def arrived(self, *names: str) -> tuple[Picture, ...]:
        """The pictures once Slack has them, or will not; not longer than our patience."""
        known = [name for name in names if name in self.gallery.names]
        now = await self.named(*known)  # what Slack lacks is on its way from here on
        wanted = map(self._wanted, known)
        if await self.uploading.arrived(*wanted, seconds=PATIENCE):
            return await self.named(*known)
        return now

    async def _now(self, figure: FigureRef) -> Picture:
        if figure.id not in self.gallery.names:
            return Picture("", "", figure.alt)  # of a reply that is older than the pack
        wanted = self._wanted(figure.id)
        file = await self.uploading.file_of(self.client, wanted)
        return Picture(wanted.name, wanted.title, figure.alt, file)

    def _wanted(self, name: str) -> Wanted:
        return Wanted(
            team=self.team,
            digest=self.gallery.digest(name, self.theme),
            name=name,
            title=self.gallery.plate(name).title,
            png=partial(self.gallery.rendered, name, self.theme, "png"),
        )


async def hang(
    wall: Wall, delivery: Delivery, said: Sequence[Message], written: Sequence[Written]
) -> None:
    """Write messages anew, with pictures as Slack has them, once it has these.

    Words stand for a picture that Slack lacked, or did not have any more.
    """
    try:
        for old, new, at in zip(said, await wall.hung(said), written, strict=False):
            if new != old:
                await delivery.rewrite((at,), new)
    except SLACKS as error:
        log.warning("a picture was not hung", extra={"kind": type(error).__name__})


def fitting(composition: Composition, manner: Manner) -> tuple[FigureRef, ...]:
    """The pictures beside a reply; none beside a short one."""
    return () if manner.short else composition.figures
