from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.knowledge.load import load
from tests.cli.commands import Commands
from tests.cli.test_changing import git
from tests.conftest import TINY


TYPED = {
    "label": "Glare",
    "value": "4 of 20 people",
    "population": "the 20 adults who used the lamp",
    "time": "",
    "source": "nowhere-report-2020",
    "locator": "table 4",
    "statement": "4 of 20 people were troubled by glare.",
    "topic": "safety",
    "measure": "sore eyes",
    "covers": "lamp",
    "by": "A. Author",
}


def options(**changes: str) -> list[str]:
    fields = TYPED | changes
    return [word for name, said in fields.items() for word in (f"--{name}", said)]


@pytest.fixture
def own(becar7: Commands, tmp_path: Path) -> Path:
    """A pack of one's own, in no checkout."""
    pack = shutil.copytree(TINY, tmp_path / "own")
    becar7.set(KNOWLEDGE_DIR=pack)
    return pack


def test_a_draft_by_options_is_a_patch_and_changes_nothing_here(
    becar7: Commands, own: Path
) -> None:
    ran = becar7("draft", *options())

    assert ran.code == 0
    assert ran.out.startswith("diff --git a/drafts/safety.yaml b/drafts/safety.yaml\n")
    assert "+  - id: glare\n" in ran.out
    assert not (own / "drafts").exists()


def test_a_draft_is_asked_for_question_by_question_and_the_patch_stays_clean(
    becar7: Commands, own: Path
) -> None:
    typed = "\n".join(TYPED.values()).replace("Glare\n", "\nGlare\n")  # first left out

    ran = becar7("draft", typed=f"{typed}\n")

    assert ran.code == 0
    assert ran.out.startswith("diff --git ")
    assert ran.err.count("label (two to five words, for a button)") == 2
    assert own.exists()


def test_an_answer_that_cannot_be_meant_is_asked_for_again_at_once(
    becar7: Commands, own: Path
) -> None:
    typed = "\n".join(TYPED.values()).replace("sore eyes", "sore eys\nsore eyes")

    ran = becar7("draft", "--write", typed=f"{typed}\n")

    assert ran.code == 0
    assert "there is no concept 'sore eys': the nearest is sore-eyes\n" in ran.err
    assert list(load(own).drafts) == ["glare"]


def test_answers_that_end_too_early_are_one_sentence(
    becar7: Commands, own: Path
) -> None:
    ran = becar7("draft", typed="Glare\n")

    assert (ran.code, ran.out) == (2, "")
    assert "no more lines to read: value was not answered" in ran.err
    assert own.exists()


def test_a_draft_goes_from_hand_to_hand_and_becomes_a_fact(
    becar7: Commands, own: Path, tmp_path: Path
) -> None:
    saved = str(tmp_path / "glare.patch")

    drafted = becar7("draft", *options(), "--output", saved)
    before = becar7("ask", "how many had glare?")
    accepted = becar7("verify", "glare", "--by", "B. Reader", "--patch", saved)

    assert (drafted.code, drafted.out) == (0, "")
    assert "4 of 20" not in before.out
    assert accepted.code == 0
    assert accepted.out.splitlines() == [
        "4 of 20 people were troubled by glare.",
        "verified by B. Reader; ask for it: becar7 ask",
    ]
    assert "glare" in load(own).facts
    assert becar7("check").code == 0


def test_a_draft_in_the_pack_is_named_by_the_check_and_never_told(
    becar7: Commands, own: Path
) -> None:
    becar7("draft", *options(), "--write")

    checked, facts = becar7("check"), becar7("facts")

    assert checked.code == 0
    assert (
        f"{own / 'drafts' / 'safety.yaml'}:3: draft: glare by A. Author" in checked.out
    )
    assert "glare" not in facts.out


def test_a_gap_that_is_closed_is_still_there_until_a_curator_takes_it_out(
    becar7: Commands, own: Path
) -> None:
    becar7("draft", *options(measure=""), "--gap", "1", "--write")

    ran = becar7("verify", "glare", "--by", "B. Reader")

    assert f"gap 1 is still at {own / 'gaps.yaml'}:2: take it out if" in ran.out


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"source": ""}, "source is missing: "),
        ({"locator": ""}, "locator is missing: "),
        ({"population": ""}, "population is missing: "),
        ({"value": "a few"}, "value 'a few' is no value that I can read"),
        (
            {"measure": "sore eys"},
            "there is no concept 'sore eys': the nearest is sore",
        ),
    ],
)
def test_a_bad_draft_is_one_sentence(
    becar7: Commands, own: Path, changes: dict[str, str], said: str
) -> None:
    ran = becar7("draft", *options(**changes), "--write")

    assert ran.code == 2
    assert ran.is_one_sentence
    assert said in ran.err
    assert not (own / "drafts").exists()


def test_a_draft_whose_words_clash_elsewhere_is_refused_before_it_is_written(
    becar7: Commands, own: Path
) -> None:
    (own / "gaps.yaml").write_text("gaps: []\n")
    (own / "figures.yaml").unlink()  # one of them names the gaps

    ran = becar7("draft", *options(), "--write")

    assert ran.is_one_sentence
    assert "the check would object: " in ran.err
    assert not (own / "drafts").exists()


def test_the_author_does_not_verify(becar7: Commands, own: Path) -> None:
    becar7("draft", *options(), "--write")

    ran = becar7("verify", "glare", "--by", "a. author")

    assert ran.code == 2
    assert ran.is_one_sentence
    assert "A. Author wrote glare: somebody else verifies it" in ran.err
    assert "glare" not in load(own).facts


def test_a_patch_that_does_not_apply_is_one_sentence(
    becar7: Commands, own: Path, tmp_path: Path
) -> None:
    saved = tmp_path / "glare.patch"
    saved.write_text(becar7("draft", *options()).out)
    becar7("draft", *options(label="Other", covers="adults"), "--write")

    ran = becar7("verify", "glare", "--by", "B. Reader", "--patch", str(saved))

    assert ran.code == 2
    assert ran.is_one_sentence
    assert f"{saved} does not apply to {own}" in ran.err


def test_a_branch_is_offered_where_there_is_a_remote_and_else_a_sentence(
    becar7: Commands, own: Path, tmp_path: Path
) -> None:
    alone = becar7("draft", *options(), "--branch", "draft-glare")
    remote = tmp_path / "remote"
    remote.mkdir()
    git(remote, "init", "--quiet", "--bare")
    git(own, "init", "--quiet", "--initial-branch=main")
    git(own, "config", "user.name", "A Curator")
    git(own, "config", "user.email", "a@curators.invalid")
    git(own, "add", ".")
    git(own, "commit", "--quiet", "--message=The pack")
    git(own, "remote", "add", "desk", str(remote))

    shared = becar7("draft", *options(), "--branch", "draft-glare")

    assert alone.is_one_sentence
    assert "has no git remote to offer a branch to" in alone.err
    assert shared.code == 0
    assert "glare: pushed to desk, branch draft-glare" in shared.err
    assert "id: glare" in git(remote, "show", "draft-glare:drafts/safety.yaml")
