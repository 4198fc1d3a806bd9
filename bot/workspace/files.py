"""The files of the workspace: what was uploaded, by whom, and where it is served."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

from bot.workspace.clock import Clock
from bot.workspace.rules import said


MOST_BYTES = 64 * 1024 * 1024  # of one upload here; Slack itself takes 1 GB
KINDS = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "pdf": "application/pdf",
    "csv": "text/csv",
    "json": "application/json",
    "txt": "text/plain",
    "ris": "text/plain",
}
SHOWN = ("image/png", "image/jpeg", "image/gif")  # what image blocks can show


@dataclass(frozen=True, slots=True)
class File:
    """One file: announced, then uploaded, then complete."""

    id: str
    name: str
    length: int
    user: str
    created: int
    alt: str = ""
    title: str = ""
    content: bytes = field(default=b"", repr=False)
    is_uploaded: bool = False
    is_complete: bool = False
    scanned_at: float = 0.0  # seconds since 1970; nobody is shown it before
    channels: tuple[str, ...] = ()

    @property
    def filetype(self) -> str:
        """The ending of the name, as Slack calls kinds of files."""
        ending = self.name.rpartition(".")[2].lower()
        return ending if ending in KINDS else "binary"

    @property
    def mimetype(self) -> str:
        """The media type that the ending of the name stands for."""
        return KINDS.get(self.filetype, "application/octet-stream")

    @property
    def path(self) -> str:
        """Where this workspace serves it."""
        return f"/files/{self.id}/{quote(self.name)}"

    def to_slack(self, url: str, now: float) -> dict[str, Any]:
        """The file as messages and `files.info` describe it; scanned, it has a type."""
        is_scanned = self.scanned_at <= now
        return {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": self.mimetype if is_scanned else "",
            "filetype": self.filetype if is_scanned else "",
            "user": self.user,
            "size": len(self.content),
            "mode": "hosted",
            "is_external": False,
            "is_public": bool(self.channels),
            "url_private": url + self.path,
            "url_private_download": f"{url}{self.path}?download=1",
            "permalink": url + self.path,
            "alt_txt": self.alt,
            "channels": list(self.channels),
        }


@dataclass(slots=True)
class Files:
    """All files, by id."""

    clock: Clock
    url: str = ""  # of the workspace, once it listens
    _kept: dict[str, File] = field(default_factory=dict)
    _count: int = 0

    @property
    def all(self) -> tuple[File, ...]:
        """Every complete file, oldest first."""
        return tuple(file for file in self._kept.values() if file.is_complete)

    def announce(self, name: str, length: int, user: str, at: float) -> File:
        """A new file that is to be uploaded; no id is given twice."""
        self._count += 1
        number = f"F0FILE{self._count:05d}"
        return self.keep(File(number, name, length, user, int(at)))

    def keep(self, file: File) -> File:
        """Remember a file as it is now."""
        self._kept[file.id] = file
        return file

    def find(self, name: str) -> File | None:
        """The file with this id."""
        return self._kept.get(name)

    def fill(self, file: File, content: bytes) -> File:
        """Take the bytes of an announced file."""
        return self.keep(replace(file, content=content, is_uploaded=True))

    def complete(self, file: File, seconds: float = 0.0) -> File:
        """The file can be shown once it is scanned, which takes so many seconds."""
        scanned_at = self.clock.now() + seconds if seconds else 0.0
        return self.keep(replace(file, is_complete=True, scanned_at=scanned_at))

    def told(self, file: File) -> dict[str, Any]:
        """The file as messages and `files.info` describe it now."""
        return file.to_slack(self.url, self.clock.now())

    def remove(self, file: File) -> None:
        """Forget a file."""
        del self._kept[file.id]

    def objections(self, blocks: Any, pointer: str = "/blocks") -> Iterator[str]:
        """What Slack says of pictures that are not there, or not finished."""
        if isinstance(blocks, list):
            for place, part in enumerate(blocks):
                yield from self.objections(part, f"{pointer}/{place}")
        if isinstance(blocks, dict):
            wanted = blocks.get("slack_file")
            if isinstance(wanted, dict) and not self._shows(wanted):
                yield said("invalid slack file", f"{pointer}/slack_file")
            for name, part in blocks.items():
                yield from self.objections(part, f"{pointer}/{name}")

    def _shows(self, wanted: dict[str, Any]) -> bool:
        named, address = wanted.get("id"), wanted.get("url")
        return any(
            file.mimetype in SHOWN
            and file.scanned_at <= self.clock.now()
            and (file.id == named or self._is_at(file, address))
            for file in self.all
        )

    def _is_at(self, file: File, address: Any) -> bool:
        return isinstance(address, str) and address == self.url + file.path
