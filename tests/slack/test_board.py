"""From a question without an answer to a fact, as curators and askers see it."""

from __future__ import annotations

import subprocess
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.answering.composition import PackVersion, ReadingNote
from bot.curation.editing import with_fact
from bot.curation.fields import Fields
from bot.curation.patching import apply, write
from bot.curation.verifying import Accepted, verified
from bot.knowledge.load import Knowledge, load
from bot.promise.tickets import Tally, Ticket
from bot.settings import ROOT
from bot.slack import once, spreading
from bot.slack.blocks import board as drawn
from bot.slack.blocks.board import Board, Line
from bot.slack.blocks.drafting import drafting, fields_for
from bot.slack.blocks.limits import breaches_of_view
from bot.slack.blocks.views import window
from bot.slack.curators import Curation
from bot.slack.listeners import drafts
from bot.slack.person import Person
from bot.workspace.faults import Fault
from bot.workspace.seat import Seat
from tests.fakes import CannedAnswers, FakeSlack
from tests.make import make_composition
from tests.slack.curated import Curated, opened
from tests.slack.door import make_mention, open_door
from tests.slack.reading import on_home, words
from tests.spoiling import Copy


SLEEP = "how did people sleep?"
BRIGHT = "how bright was the lamp?"
DRAFT = {
    "label": "Sleep with the lamp",
    "value": "6 of 20 people",
    "population": "the 20 adults who used the lamp",
    "source": "nowhere-report-2020",
    "locator": "table 5",
    "statement": "6 of 20 people slept longer with the lamp.",
    "topic": "safety",
    "by": "A. Author",
}
TODAY = date(2026, 11, 23)
WHY = "It was asked twice this week."


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    """No loop looks by itself."""
    monkeypatch.setattr(spreading, "TICK", 1_000.0)
    monkeypatch.setattr(once, "LOOK_AFTER", 0.01)


@pytest.fixture
async def here(pack: Copy) -> AsyncIterator[Curated]:
    pack.change(
        "figures.yaml", "missing: [sleep, months-after]", "missing: [months-after]"
    )
    async with opened(pack) as house:
        yield house


async def _ticket(here: Curated) -> Ticket:
    pack = here.answers.knowledge.trial.id
    (found,) = await here.journal.tickets.every(pack)
    return found


async def _open(here: Curated, button: str = "open-ticket-1") -> Seat:
    """The first ticket, opened by the curator."""
    seat = here.curator
    await here.home(seat)
    await seat.choose_in_home(button)
    await here.settle()
    return seat


async def _submit(here: Curated, button: str, filled: dict[str, Any]) -> dict[str, str]:
    """Open a window from the ticket's, fill it in and hand it in."""
    seat = await _open(here)
    await seat.choose_in_modal(button)
    await here.settle()
    problems = await seat.submit(filled)
    await here.settle()
    return problems


async def _draft(here: Curated, **changes: str) -> dict[str, str]:
    """Draft a fact from the ticket."""
    filled = {f"draft-{name}": typed for name, typed in {**DRAFT, **changes}.items()}
    return await _submit(here, "draft", filled)


async def test_only_curators_see_the_board(here: Curated) -> None:
    await here.ask(SLEEP)

    board, plain = await here.home(here.curator), await here.home(here.nurse)

    assert "1 open · 0 assigned · 0 snoozed · 0 closed tickets" in words(board)
    assert "1 · Sleep" in words(board)
    assert "asked once" in words(board)
    assert "Reviews overdue: 0" in words(board)
    assert "tickets" not in words(plain)
    assert "Curation" not in words(plain)


async def test_a_ticket_shows_how_it_was_put_and_by_how_many(here: Curated) -> None:
    await here.ask(SLEEP)
    await here.ask("did anybody measure sleep?")

    seat = await _open(here)

    assert seat.modal is not None
    text = here.window
    assert "not reported: “how did people sleep?”" in text
    assert "“did anybody measure sleep?”" in text
    assert "can be told once it is answered: 1" in text


async def test_a_ticket_is_assigned_with_a_reason(here: Curated) -> None:
    await here.ask(SLEEP)

    problems = await _submit(
        here, "assign", {"to": here.nurse.person.id, "why": f"  {WHY}\n"}
    )

    ticket = await _ticket(here)
    team = here.workspace.state.directory.team.id
    assert problems == {}
    assert (ticket.state, ticket.owner) == (
        "assigned",
        f"{team}:{here.nurse.person.id}",
    )
    (row,) = await here.curations()
    assert (row["act"], row["why"]) == ("assigned", WHY)
    assert row["by"] == f"{team}:{here.curator.person.id}"
    assert f"<@{here.nurse.person.id}>" in here.board


async def test_a_ticket_rests_until_a_day_and_not_until_yesterday(
    here: Curated,
) -> None:
    await here.ask(SLEEP)
    today = datetime.now(UTC).date()
    later, past = (today + timedelta(days=9)), today - timedelta(days=1)

    await _submit(here, "snooze", {"until": past.isoformat(), "why": WHY})
    assert "That day is over" in here.window
    await here.curator.dismiss_all()
    await _submit(here, "snooze", {"until": later.isoformat(), "why": WHY})

    assert (await _ticket(here)).state == "snoozed"
    await here.curator.dismiss_all()
    await here.curator.choose_in_home("board-view", "snoozed")
    await here.settle()
    assert "snoozed until" in here.board


async def test_a_ticket_is_closed_as_out_of_scope_and_only_with_a_reason(
    here: Curated,
) -> None:
    await here.ask(SLEEP)

    empty = await _submit(here, "close", {})
    await here.curator.dismiss_all()
    await _submit(here, "close", {"why": "Not about the lamp."})

    assert "why" in empty
    ticket = await _ticket(here)
    assert (ticket.state, ticket.reason) == ("closed", "Not about the lamp.")
    await here.curator.dismiss_all()
    await here.curator.choose_in_home("board-view", "closed")
    await here.settle()
    assert "closed: out of scope" in here.board


async def test_a_reason_keeps_nothing_that_points_to_a_patient(here: Curated) -> None:
    await here.ask(SLEEP)

    await _submit(here, "close", {"why": "asked for NHS number 943 476 5919"})

    (row,) = await here.curations()
    assert "943" not in str(row)


async def test_who_is_no_curator_any_more_changes_nothing(
    here: Curated, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The board was open when the settings changed."""
    await here.ask(SLEEP)
    seat = await _open(here)
    await seat.choose_in_modal("close")
    await here.settle()
    monkeypatch.setattr(Curation, "has", lambda _self, _person: False)

    await seat.submit({"why": WHY})
    assert "Only the curators" in here.window
    await seat.dismiss_all()
    await seat.choose_in_home("open-ticket-1")
    await here.settle()

    assert "Only the curators" in here.window
    assert (await _ticket(here)).state == "open"
    assert await here.curations() == []


async def test_from_a_question_to_a_fact_that_its_asker_is_told(
    here: Curated, tmp_path: Path
) -> None:
    root = await here.ask(SLEEP)
    problems = await _draft(here)
    text = here.window

    assert problems == {}
    assert "+  - id: sleep-with-the-lamp" in text
    assert "closes_gap: 1" in text
    assert "becar7 verify sleep-with-the-lamp" in text
    (row,) = await here.curations()
    assert (row["act"], row["why"]) == ("drafted", "nowhere-report-2020, table 5")
    assert (await _ticket(here)).draft == "sleep-with-the-lamp"

    _verify(here.pack, await _patch_file(here, tmp_path))
    await here.take_over()
    await here.slack.spreading.reconcile()

    _, told = here.said(root)
    assert "6 of 20 people" in told.text
    assert f"<@{here.nurse.person.id}>" in told.text
    assert (await _ticket(here)).state == "closed"


async def test_the_author_gets_the_patch_as_a_file_that_git_takes(
    here: Curated, tmp_path: Path
) -> None:
    await here.ask(SLEEP)
    await _draft(here)

    said, shared = here.directs()[-2:]
    patch = await _patch_file(here, tmp_path)
    assert patch.name == "sleep-with-the-lamp.patch"
    assert _lines(patch.read_text()) == _lines(_shown(here.window))
    assert [file["name"] for file in shared.files] == [patch.name]
    assert "save the file beside this" in said.text
    assert "+  - id:" not in words(list(said.blocks))
    _git(here.pack.directory, "apply", "--check", str(patch))


@pytest.mark.parametrize(
    "method", ["files.getUploadURLExternal", "files.completeUploadExternal"]
)
async def test_where_slack_takes_no_file_the_patch_stands_in_words(
    here: Curated, method: str
) -> None:
    await here.ask(SLEEP)
    here.workspace.faults.plan(Fault("error_before", method))

    problems = await _draft(here)

    (told,) = here.directs()
    assert problems == {}
    assert "save the patch below as sleep-with-the-lamp.patch" in told.text
    assert "+  - id: sleep-with-the-lamp" in words(list(told.blocks))
    assert (await _ticket(here)).draft == "sleep-with-the-lamp"


async def _patch_file(here: Curated, folder: Path) -> Path:
    """The file in the curator's talk with the app, saved as they would."""
    (file,) = here.directs()[-1].files
    async with (
        aiohttp.ClientSession() as session,
        session.get(file["url_private_download"]) as answer,
    ):
        saved = folder / str(file["name"])
        saved.write_bytes(await answer.read())
    return saved


def _shown(window: str) -> str:
    """The patch as it stands in the window, for whoever reads it there."""
    return window[window.index("diff --git") :]


def _lines(patch: str) -> list[str]:
    return [line for line in patch.splitlines() if line[:1] in {"+", "-"}]


def _verify(pack: Copy, patch: Path) -> None:
    """Apply the patch, and verify it as somebody else."""
    apply(patch, pack.directory)
    knowledge = load(pack.directory)
    outcome = verified("sleep-with-the-lamp", "B. Reader", knowledge, TODAY)
    assert isinstance(outcome, Accepted)
    write(with_fact(outcome.fact, knowledge), pack.directory)


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        pytest.param({"value": "a few"}, "value", "is no value", id="value"),
        pytest.param(
            {"measure": "sore eys"}, "measure", "the nearest is", id="concept"
        ),
        pytest.param({"label": "Eye strain"}, "label", "a fact already", id="taken"),
        pytest.param(
            {"statement": "7 of 20 people slept longer."},
            "statement",
            "foreign-number",
            id="another number",
        ),
        pytest.param({"by": "  "}, "by", "by is missing", id="nobody"),
        pytest.param({"locator": " "}, "locator", "locator is missing", id="nowhere"),
    ],
)
async def test_a_draft_that_is_refused_says_so_under_its_field(
    here: Curated, changes: dict[str, str], field: str, said: str
) -> None:
    await here.ask(SLEEP)

    problems = await _draft(here, **changes)

    assert said in problems[f"draft-{field}"]
    assert (await _ticket(here)).draft == ""


async def test_a_pack_that_cannot_be_read_any_more_is_said_and_nothing_is_lost(
    here: Curated,
) -> None:
    await here.ask(SLEEP)
    here.pack.add("facts/safety.yaml", "}")

    problems = await _draft(here)

    assert "the pack cannot be read" in problems["draft-statement"]
    assert here.curator.modal is not None


async def test_a_draft_that_takes_long_is_shown_when_it_is_done(
    here: Curated, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "PATIENCE", 0.0)
    monkeypatch.setattr(drafts, "ARRIVED", 0.5)
    await here.ask(SLEEP)

    await _draft(here)
    await here.workspace.wait_for(lambda: "+  - id: sleep-with" in here.window)
    await here.curator.dismiss_all()
    await _draft(here, value="a few")

    form = here.curator.modal
    assert form is not None
    assert "is no value" in words(list(form.blocks))
    kept = [b["element"].get("initial_value") for b in form.blocks if "element" in b]
    assert DRAFT["statement"] in kept


async def test_a_draft_is_pushed_as_a_branch_where_that_is_configured(
    pack: Copy, tmp_path: Path
) -> None:
    remote = tmp_path / "remote.git"
    _git(tmp_path, "init", "--quiet", "--bare", str(remote))
    for words_of_git in (
        ("init", "--quiet"),
        ("add", "."),
        ("commit", "--quiet", "--message", "The pack."),
        ("remote", "add", "origin", str(remote)),
    ):
        _git(pack.directory, *words_of_git)

    async with opened(pack, curation_branches=True) as here:
        await here.ask(SLEEP)
        await _draft(here)
        first = here.window
        await here.curator.dismiss_all()
        await _draft(here)
        again = here.window

    assert "pushed to origin as the branch draft/sleep-with-the-lamp" in first
    assert "was not pushed" in again
    branches = _git(remote, "branch", "--list")
    assert "draft/sleep-with-the-lamp" in branches


def _git(folder: Path, *said: str) -> str:
    who = ("-c", "user.name=Test", "-c", "user.email=test@harbour.example")
    ran = subprocess.run(  # noqa: S603  our own words
        ["git", *who, "-C", str(folder), *said],  # noqa: S607  whichever git there is  # nosec B607
        check=True,
        capture_output=True,
    )
    return ran.stdout.decode()


async def test_a_changed_fact_is_told_to_its_readers_when_a_curator_sends_it(
    here: Curated,
) -> None:
    root = await here.ask(BRIGHT)
    other = await here.ask(BRIGHT)
    _brighten(here.pack)
    await here.take_over()
    assert len(here.said(root)) == 1

    board = words(await here.home(here.curator))
    assert "Changed since it was told: 1" in board
    assert "told otherwise in answers: 2" in board
    seat = await _open(here, "open-correction-1")
    assert "5 to 50 lux" in here.window
    await seat.submit({"decision": "tell", "why": "The table was corrected."})
    await here.settle()
    await here.slack.spreading.reconcile()
    await here.slack.spreading.reconcile()

    for thread in (root, other):
        _, told = here.said(thread)
        assert "Then I said: The lamp gave 5 to 50 lux" in told.text
        assert "Now: The lamp gave 5 to 60 lux" in told.text
    (row,) = await here.curations()
    assert (row["act"], row["why"]) == ("correction sent", "The table was corrected.")
    assert "Changed since it was told" not in words(await here.home(here.curator))


async def test_a_correction_that_nobody_need_hear_is_left_with_a_reason(
    here: Curated,
) -> None:
    root = await here.ask(BRIGHT)
    _brighten(here.pack)
    await here.take_over()

    seat = await _open(here, "open-correction-1")
    await seat.submit({"decision": "leave", "why": "A matter of wording."})
    await here.settle()
    await here.slack.spreading.reconcile()

    assert len(here.said(root)) == 1
    assert [row["act"] for row in await here.curations()] == ["correction left"]


async def test_what_is_changed_back_needs_no_correction(here: Curated) -> None:
    await here.ask(BRIGHT)
    _brighten(here.pack)
    await here.take_over()
    _brighten(here.pack, back=True)
    await here.take_over()

    assert "Changed since" not in words(await here.home(here.curator))


def _brighten(pack: Copy, *, back: bool = False) -> None:
    was, becomes = ("60", "50") if back else ("50", "60")
    path = pack.directory / "facts" / "design.yaml"
    text = path.read_text()
    text = text.replace(f"high: {was}", f"high: {becomes}")
    path.write_text(text.replace(f"5 to {was} lux", f"5 to {becomes} lux"))


def test_the_two_buttons_of_a_window_that_closes_a_ticket_say_which_is_which() -> None:
    view = drawn.closing(2)

    said = (view["close"]["text"], view["submit"]["text"])
    assert said == ("Cancel", "Close the ticket")


def test_the_works_to_draft_from_stand_by_name_in_the_order_of_the_alphabet(
    real: Knowledge,
) -> None:
    form = drafting(1, Fields(), real)
    (field,) = (b for b in form["blocks"] if b["block_id"] == "draft-source")
    options = field["element"]["options"]
    told = [one["text"]["text"] for one in options]

    assert told == sorted(told, key=str.casefold)
    assert {one["value"] for one in options} == real.sources.keys()
    for one in options:
        work = real.sources[one["value"]]
        assert one["text"]["text"].startswith(work.title[:20])
        assert one["text"]["text"].endswith(f" · {work.id}")


async def test_the_longest_lists_keep_within_the_limits() -> None:
    knowledge = load(ROOT / "knowledge" / "be-car7")
    tickets = [_long(number) for number in range(50)]
    lines = tuple(Line(one, "a long name of a thing " * 30) for one in tickets)
    seen = Board("closed", Tally(), lines, (), tuple(knowledge.facts.values()))
    gap = next(iter(knowledge.gaps.values()))

    whole = {"type": "home", "blocks": list(drawn.board(seen))}
    asked = _long(1, gap=gap.number)
    form = drafting(1, fields_for(asked), knowledge)

    assert breaches_of_view(whole) == ()
    assert breaches_of_view(window("Tickets: closed", drawn.tickets(lines))) == ()
    assert breaches_of_view(form) == ()
    assert breaches_of_view(drawn.ticket_window(lines[0], ())) == ()


async def test_the_whole_home_tab_of_a_curator_keeps_within_the_limits(
    real: Knowledge,
) -> None:
    class Real(CannedAnswers):
        knowledge = real

    wanting = {"decision": "out_of_scope", "facts": ()}
    about = PackVersion(pack=real.trial.id, version=real.version)
    answers = Real()
    async with (
        FakeSlack().serving() as slack,
        open_door(slack, answers, curators="U1") as door,
    ):
        for number in range(8):
            note = ReadingNote(unknown=(f"thing{number}",))
            answers.reply = make_composition(
                **wanting, id=f"r{number}", reading=note, knowledge=about
            )
            asked = f"<@U0BOT> what of thing {number}?"
            await door.event(make_mention(ts=f"10.{number}", text=asked))
        await door.event({"type": "app_home_opened", "tab": "home", "user": "U1"})
        view = slack.taken["views.publish"][-1]["view"]
        await door.press("board-all", "oldest", **on_home())
        (all_of_them,) = (call["view"] for call in slack.taken["views.open"])

    assert breaches_of_view(view) == ()
    assert "8 open" in words(view["blocks"])
    assert "“thing0”" in words(view["blocks"])
    assert "“thing7”" not in words(view["blocks"])
    assert "“thing7”" in words(all_of_them)


def _long(number: int, **changes: Any) -> Ticket:
    values: dict[str, Any] = {
        "number": number,
        "pack": "lantern",
        "gap": None,
        "concepts": ("lamp",),
        "unknown": (),
        "times": 1_000,
        "people": 100,
        "unhelpful": 10,
        "first": 1.8e9,
        "last": 1.9e9,
        "state": "closed",
        "owner": "A. Curator with a name " * 20,
        "reason": "because " * 60,
    }
    return Ticket(**{**values, **changes})


@pytest.mark.parametrize(
    ("person", "is_one"),
    [
        (Person("T1", "U1"), True),
        (Person("T2", "U1"), True),
        (Person("T1", "U2"), True),
        (Person("T2", "U2"), False),
        (Person("T1", ""), False),
    ],
)
def test_a_curator_is_named_by_id_in_any_workspace_or_in_one(
    person: Person, is_one: Any
) -> None:
    curation = Curation.of("U1, T1:U2", "T1:C7", branches=False)

    assert curation.has(person) is is_one
    assert (curation.team, curation.channel) == ("T1", "C7")
