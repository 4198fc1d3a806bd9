"""Reads a pack as it lies in a folder, or as it was in a revision of its checkout."""

from __future__ import annotations

import io
import tarfile
import tempfile
from pathlib import Path

from bot.curation.git import Git
from bot.errors import CurationError, UnreadableFileError
from bot.knowledge.load import Knowledge, read_pack


def knowledge_at(where: str, pack: Path) -> Knowledge:
    """The pack in a folder, or this pack in a revision; CurationError if neither."""
    if (Path(where) / "trial.yaml").is_file():
        return read_pack(Path(where))
    if Path(where).exists():
        raise CurationError(f"{where} holds no pack: there is no trial.yaml in it")
    return _in_revision(where, pack.resolve())


def _in_revision(revision: str, pack: Path) -> Knowledge:
    top = Git(pack).top()
    if top is None:
        raise CurationError(
            f"{revision} is no folder, and {pack} lies in no git checkout: name a folder"
        )
    place = pack.relative_to(top).as_posix()
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(_archived(revision, place, top))) as tar:
            tar.extractall(folder, filter="data")
        try:
            return read_pack(Path(folder))
        except UnreadableFileError as error:
            name = error.path.relative_to(folder).as_posix()
            raise CurationError(
                f"revision {revision}, {name}:{error.line}: {error.reason}"
            ) from error


def _archived(revision: str, place: str, top: Path) -> bytes:
    git, asked = Git(top), f"{revision}^{{commit}}"
    try:
        commit = git.line("rev-parse", "--verify", "--end-of-options", asked)
        tree = commit if place == "." else f"{commit}:{place}"
        return git.run("archive", "--format=tar", tree)
    except CurationError as error:
        raise CurationError(
            f"{revision} is neither a folder nor a revision that has {place}: name one"
        ) from error
