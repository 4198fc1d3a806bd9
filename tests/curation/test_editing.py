"""Curated files changed one entry at a time, the rest left byte for byte."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.curation.editing import Edits, with_draft, with_fact
from bot.curation.patching import apply, offer_branch, patch_of, tried, write
from bot.curation.verifying import Accepted, verified
from bot.errors import CurationError
from bot.knowledge.load import load
from tests.cli.test_changing import git
from tests.make import make_draft
from tests.spoiling import Copy


TODAY = date(2026, 11, 22)
SAFETY = "facts/safety.yaml"
REMARK = "\n  # A remark on what follows.\n  - id: next\n"
WALKS = make_draft("walks", measure=["afterwards"])
EYES = make_draft("eye-strain", why="A misprint.", measure=["sore-eyes"])


def drafted(pack: Copy) -> Edits:
    return with_draft(WALKS, "safety", load(pack.directory))


def accepted(pack: Copy, name: str = "walks") -> Edits:
    knowledge = load(pack.directory)
    outcome = verified(name, "B. Reader", knowledge, TODAY)
    assert isinstance(outcome, Accepted)
    return with_fact(outcome.fact, knowledge)


@pytest.fixture
def waiting(pack: Copy) -> Copy:
    """A pack with a draft in it."""
    write(drafted(pack), pack.directory)
    return pack


def test_a_draft_is_a_file_of_its_own_that_the_check_takes(waiting: Copy) -> None:
    assert waiting.problems() == []
    assert list(load(waiting.directory).drafts) == ["walks"]


def test_a_draft_written_anew_takes_the_place_of_the_first(waiting: Copy) -> None:
    again = make_draft("walks", label="Walking", measure=["afterwards"])

    edits = with_draft(again, "efficacy", load(waiting.directory))

    assert edits["drafts/safety.yaml"] is None
    assert "label: Walking" in str(edits["drafts/efficacy.yaml"])


def test_two_drafts_share_the_file_of_their_topic(waiting: Copy) -> None:
    write(with_draft(EYES, "safety", load(waiting.directory)), waiting.directory)

    assert list(load(waiting.directory).drafts) == ["walks", "eye-strain"]


def test_a_verified_draft_moves_to_the_facts_and_the_rest_stays(waiting: Copy) -> None:
    before = (waiting.directory / SAFETY).read_text()

    write(accepted(waiting), waiting.directory)

    after = (waiting.directory / SAFETY).read_text()
    assert after.startswith(before)
    assert load(waiting.directory).facts["walks"].verified.by == "B. Reader"
    assert not (waiting.directory / "drafts" / "safety.yaml").exists()
    assert waiting.problems() == []


def closing(pack: Copy, **changes: Any) -> Edits:
    """The pack with a draft that answers the questions of the first gap."""
    knowledge = load(pack.directory)
    gap = knowledge.gaps["sleep"]
    asked: dict[str, Any] = {"measure": list(gap.measure), "covers": list(gap.covers)}
    draft = make_draft("slept", **{"closes_gap": 1, **asked, **changes})
    return with_draft(draft, "safety", knowledge)


def test_a_draft_may_be_the_twin_of_the_gap_that_it_closes(pack: Copy) -> None:
    write(closing(pack), pack.directory)

    assert pack.problems() == []


def test_a_draft_is_no_twin_of_another_gap(pack: Copy) -> None:
    write(closing(pack, closes_gap=2), pack.directory)

    assert pack.broken() == {"twin-entries"}


@pytest.mark.parametrize("is_only", [False, True])
def test_the_gap_goes_when_what_answers_it_whole_is_verified(
    pack: Copy, is_only: object
) -> None:
    if is_only:
        text = (pack.directory / "gaps.yaml").read_text()
        first = text.partition("  - id: months-after")[0]
        (pack.directory / "gaps.yaml").write_text(first)
    (pack.directory / "figures.yaml").unlink()  # one of them names the gaps
    write(closing(pack), pack.directory)

    write(accepted(pack, "slept"), pack.directory)

    assert "sleep" not in load(pack.directory).gaps
    assert pack.broken() <= {"unused-concept"}  # the other gap's, where that is gone


def test_a_gap_that_is_answered_in_part_stays(pack: Copy) -> None:
    write(closing(pack, covers=["lamp"]), pack.directory)

    write(accepted(pack, "slept"), pack.directory)

    assert "sleep" in load(pack.directory).gaps
    assert pack.problems() == []


@pytest.mark.parametrize("place", ["schema.json", "../schema.json"])
def test_the_first_fact_of_a_topic_opens_its_file_and_names_the_schema(
    pack: Copy, place: str
) -> None:
    (pack.directory / place).write_text("{}")
    write(with_draft(WALKS, "background", load(pack.directory)), pack.directory)

    write(accepted(pack), pack.directory)

    text = (pack.directory / "facts" / "background.yaml").read_text()
    opening = f"# yaml-language-server: $schema=../{place}\nfacts:\n"
    assert text.startswith(opening)
    assert pack.problems() == []


def test_an_empty_list_takes_its_first_entry(pack: Copy) -> None:
    pack.add("facts/background.yaml", "facts: []\n")
    write(with_draft(WALKS, "background", load(pack.directory)), pack.directory)

    write(accepted(pack), pack.directory)

    assert pack.problems() == []


def test_a_changed_fact_keeps_its_place_and_the_remarks_around_it(pack: Copy) -> None:
    other = (pack.directory / SAFETY).read_text().partition("  - id: eye-strain\n")[2]
    pack.add(SAFETY, REMARK + other.replace("[sore-eyes]", "[afterwards]"))
    write(with_draft(EYES, "safety", load(pack.directory)), pack.directory)

    write(accepted(pack, "eye-strain"), pack.directory)

    text = (pack.directory / SAFETY).read_text()
    fact = load(pack.directory).facts["eye-strain"]
    assert text.index("id: eye-strain") < text.index("# A remark") < text.index("next")
    assert [one.why for one in fact.history] == ["A misprint."]
    assert fact.history[0].statement == "3 of 20 people had eye strain with the lamp."


def test_what_the_check_would_say_is_known_before_anything_is_written(
    pack: Copy,
) -> None:
    spoilt = make_draft("walks", measure=["nowhere"])

    (problem, *_) = tried(
        with_draft(spoilt, "safety", load(pack.directory)), pack.directory
    )

    assert problem.path == Path("drafts/safety.yaml")
    assert not (pack.directory / "drafts").exists()


@pytest.mark.parametrize("edit", [drafted, accepted], ids=["new file", "moved"])
def test_git_applies_the_patch_and_gets_the_same_pack(
    waiting: Copy, tmp_path: Path, edit: object
) -> None:
    if edit is drafted:
        (waiting.directory / "drafts" / "safety.yaml").unlink()
    edits = drafted(waiting) if edit is drafted else accepted(waiting)
    saved = tmp_path / "change.patch"
    saved.write_text(patch_of(edits, waiting.directory))

    apply(saved, waiting.directory)

    for name, text in edits.items():
        path = waiting.directory / name
        assert (path.read_text() if path.exists() else None) == text


def test_a_file_without_a_last_line_break_can_be_patched(
    waiting: Copy, tmp_path: Path
) -> None:
    path = waiting.directory / SAFETY
    path.write_text(path.read_text().rstrip("\n"))
    saved = tmp_path / "change.patch"
    saved.write_text(patch_of(accepted(waiting), waiting.directory))

    apply(saved, waiting.directory)

    assert "walks" in load(waiting.directory).facts


def test_a_patch_that_does_not_apply_is_refused_and_nothing_changes(
    waiting: Copy, tmp_path: Path
) -> None:
    saved = tmp_path / "change.patch"
    saved.write_text(patch_of(accepted(waiting), waiting.directory))
    waiting.change(SAFETY, "    review_by: 2027-11-22", "    review_by: 2027-12-22")
    before = load(waiting.directory).version

    with pytest.raises(CurationError) as refused:
        apply(saved, waiting.directory)

    assert "does not apply to" in str(refused.value)
    assert "let its author draft it again" in str(refused.value)
    assert load(waiting.directory).version == before


def test_a_patch_that_is_not_there_is_refused(pack: Copy, tmp_path: Path) -> None:
    with pytest.raises(CurationError, match="is no file"):
        apply(tmp_path / "lost.patch", pack.directory)


@pytest.fixture
def shared(pack: Copy, tmp_path: Path) -> tuple[Copy, Path]:
    """A pack in a checkout, and the remote that it is pushed to."""
    remote = tmp_path / "remote"
    remote.mkdir()
    git(remote, "init", "--quiet", "--bare")
    top = pack.directory.parent
    git(top, "init", "--quiet", "--initial-branch=main")
    for name, said in (("name", "A Curator"), ("email", "a@curators.invalid")):
        git(top, "config", f"user.{name}", said)
    git(top, "add", "pack")
    git(top, "commit", "--quiet", "--message=The pack")
    git(top, "remote", "add", "desk", str(remote))
    return pack, remote


def test_a_branch_is_pushed_and_what_lies_here_stays(shared: tuple[Copy, Path]) -> None:
    pack, remote = shared
    patch = patch_of(drafted(pack), pack.directory)

    name = offer_branch(patch, "draft-walks", "Draft: walks", pack.directory)

    pushed = git(remote, "show", "draft-walks:pack/drafts/safety.yaml")
    assert name == "desk"
    assert "id: walks" in pushed
    assert git(remote, "log", "-1", "--format=%s", "draft-walks") == "Draft: walks"
    assert not (pack.directory / "drafts").exists()
    assert git(pack.directory, "branch", "--show-current") == "main"
    assert git(pack.directory, "worktree", "list").count("\n") == 0


def test_a_branch_needs_what_it_builds_on_to_be_committed(
    shared: tuple[Copy, Path],
) -> None:
    pack, _ = shared
    write(drafted(pack), pack.directory)

    with pytest.raises(CurationError, match="commit them first"):
        offer_branch(patch_of(accepted(pack), pack.directory), "b", "m", pack.directory)


def test_without_a_remote_no_branch_can_be_offered(pack: Copy) -> None:
    with pytest.raises(CurationError, match="--output FILE"):
        offer_branch("", "draft-walks", "Draft: walks", pack.directory)
