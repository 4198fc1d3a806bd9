"""Names the state of a pack by its content."""

from __future__ import annotations

import hashlib
from pathlib import Path


_NOT_SERVED = "drafts"  # what nobody has verified decides no reply


def version_of(directory: Path) -> str:
    """Hash every served file, names and bytes, in a fixed order."""
    digest = hashlib.sha256()
    for path in served_files(directory):
        digest.update(path.relative_to(directory).as_posix().encode())
        digest.update(b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def served_files(directory: Path) -> list[Path]:
    """The files whose content decides a reply: the YAML, and what was learned."""
    curated = (
        path for path in directory.rglob("*.yaml") if _is_served(path, directory)
    )
    return sorted([*curated, *directory.glob("second-key.*")])


def _is_served(path: Path, directory: Path) -> bool:
    first = path.relative_to(directory).parts[0]
    return first.removesuffix(".yaml") != _NOT_SERVED
