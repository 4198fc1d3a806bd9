"""Offers a change of a pack as a patch, as a branch, or makes it."""

from __future__ import annotations

import difflib
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bot.curation.bank import FOLDER
from bot.curation.editing import Edits
from bot.curation.git import Git
from bot.curation.rules import objections_to
from bot.errors import CurationError
from bot.knowledge.check import Problem


def patch_of(edits: Edits, directory: Path) -> str:
    """A unified diff that `git apply` takes: from the top of the checkout, if any."""
    top = Git(directory).top() or directory.resolve()
    inside = directory.resolve().relative_to(top).as_posix()
    before = "" if inside == "." else f"{inside}/"
    return "".join(
        line
        for name, text in sorted(edits.items())
        for line in _difference(directory / name, f"{before}{name}", text)
    )


def write(edits: Edits, directory: Path) -> None:
    """Make the change in the folder itself."""
    for name, text in edits.items():
        path = directory / name
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")


def tried(edits: Edits, directory: Path) -> list[Problem]:
    """What the check would say of the pack with the change made."""
    with tempfile.TemporaryDirectory() as folder:
        unread = shutil.ignore_patterns(FOLDER, "second-key.*")
        copy = shutil.copytree(directory, Path(folder) / "pack", ignore=unread)
        write(edits, copy)
        return [replace(p, path=p.path.relative_to(copy)) for p in objections_to(copy)]


def apply(patch: Path, directory: Path) -> None:
    """Apply somebody's patch to the pack; a CurationError if it does not apply."""
    if not patch.is_file():
        raise CurationError(f"{patch} is no file: name the patch that you were sent")
    git = Git(Git(directory).top() or directory.resolve())
    try:
        git.run("apply", "--whitespace=nowarn", str(patch.resolve()))
    except CurationError as error:
        raise CurationError(
            f"{patch} does not apply to {directory}, which has changed since, or is not"
            " the pack it was made for: let its author draft it again"
        ) from error


def offer_branch(patch: str, branch: str, message: str, directory: Path) -> str:
    """Put the change on a new branch of the first remote; the remote's name.

    The files here, and the branch that is checked out, stay as they are.
    """
    here = Git(directory)
    top, remotes = here.top(), []
    if top is not None:
        remotes = here.line("remote").split()
    if top is None or not remotes:
        raise CurationError(
            f"{directory} has no git remote to offer a branch to: save the patch with"
            " --output FILE, and send it"
        )
    with tempfile.TemporaryDirectory() as folder:
        place = str(Path(folder) / "tree")
        Git(top).run("worktree", "add", "--quiet", "-b", branch, place, "HEAD")
        try:
            _commit(Git(Path(place)), patch, message)
            Git(top).run("push", "--quiet", remotes[0], branch)
        finally:
            Git(top).run("worktree", "remove", "--force", place)
    return remotes[0]


def _commit(tree: Git, patch: str, message: str) -> None:
    try:
        tree.run("apply", "--index", "--whitespace=nowarn", "-", given=patch.encode())
    except CurationError as error:
        raise CurationError(
            "the draft builds on changes that are not committed: commit them first, or"
            " save the patch with --output FILE"
        ) from error
    tree.run("commit", "--quiet", "--message", message)


def _difference(path: Path, name: str, text: str | None) -> Iterator[str]:
    """One file's part of the patch, with what git needs to make or remove the file."""
    old = path.read_text("utf-8") if path.is_file() else None
    before, after = (one.splitlines(keepends=True) for one in (old or "", text or ""))
    yield f"diff --git a/{name} b/{name}\n"
    if old is None:
        yield "new file mode 100644\n"
    if text is None:
        yield "deleted file mode 100644\n"
    source = "/dev/null" if old is None else f"a/{name}"
    target = "/dev/null" if text is None else f"b/{name}"
    for line in difflib.unified_diff(before, after, source, target):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
