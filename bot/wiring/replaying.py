"""Makes past replies again from the knowledge of their time, and compares."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, TypeAlias

from bot import __version__
from bot.answering.composition import Composition
from bot.answering.contacts import Contacts, load_contacts
from bot.answering.desk import Desk
from bot.journal.audit import Past
from bot.journal.journal import Journal
from bot.knowledge.load import load
from bot.settings import Settings
from bot.understanding.question import Question
from bot.understanding.second_key import SecondKey


Finding: TypeAlias = Literal["identical", "differs", "cannot be made again"]
UNSTABLE = frozenset({"elapsed_ms"})  # the one field that differs from run to run


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of making one reply again."""

    key: str
    finding: Finding
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Replaying:
    """Makes replies again; each pack is read once."""

    journal: Journal
    contacts: Contacts
    _desks: dict[str, Desk | None] = field(default_factory=dict)

    @classmethod
    def of(cls, journal: Journal, settings: Settings) -> Replaying:
        """With the contacts of this place: replies name them."""
        return cls(journal, load_contacts(settings.contacts_file))

    async def all(self, only: str = "") -> AsyncIterator[Replayed]:
        """Every reply that the audit names, or those to one question."""
        async for row in self.journal.audit.rows():
            said = row.told
            if said["kind"] == "reply" and said.get("reply") and _is(said["key"], only):
                past = await self.journal.audit.past(said["key"], said["revision"])
                yield await self._compared(said["key"], past)

    async def _compared(self, key: str, past: Past | None) -> Replayed:
        if past is None or past.frozen is None or past.words is None:
            reason = "its words are not kept, were edited or were erased"
            return Replayed(key, "cannot be made again", reason)
        desk = await self._desk(past.version)
        if desk is None:
            reason = f"the knowledge {past.version} is not in the journal"
            return Replayed(key, "cannot be made again", reason)
        question = Question.of(past.words, past.frozen.earlier)
        found = _differences(past.frozen.composition, desk.reply_to(question))
        if not found:
            return Replayed(key, "identical")
        engines = f"; engine {past.engine} then, {__version__} now"
        same = past.engine == __version__
        reason = f"in {', '.join(found)}{'' if same else engines}"
        return Replayed(key, "differs", reason)

    async def _desk(self, version: str) -> Desk | None:
        if version not in self._desks:
            self._desks[version] = await self._unpacked(version)
        return self._desks[version]

    async def _unpacked(self, version: str) -> Desk | None:
        with TemporaryDirectory() as name:
            folder = Path(name)
            if not await self.journal.packs.unpack(version, folder):
                return None
            return Desk(load(folder), self.contacts, SecondKey.load(folder))


def _is(key: str, only: str) -> bool:
    return not only or key == only


def _differences(then: Composition, now: Composition) -> list[str]:
    """The fields that say something else now."""
    before, after = then.model_dump(mode="json"), now.model_dump(mode="json")
    names = [name for name in before if name not in UNSTABLE]
    return [name for name in names if before[name] != after[name]]
