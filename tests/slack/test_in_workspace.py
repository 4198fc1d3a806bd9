"""The whole app in the local workspace, set up by its own manifest, over HTTP.

What the manifest does not grant is refused here: a scope that is missing shows.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import aiohttp
import pytest
import yaml
from cryptography.fernet import Fernet
from pydantic import SecretStr

from bot.answering.contacts import load_contacts
from bot.answering.desk import Desk
from bot.knowledge.load import Knowledge
from bot.settings import ROOT, Settings
from bot.slack.app import SlackDesk, open_desk
from bot.slack.entry import EVENTS
from bot.slack.reception import TrialDesk
from bot.slack.serving import connected, listening
from bot.workspace.directory import NURSE, REGISTRAR, Channel, WorkspaceConfig
from bot.workspace.features import Features, OAuthClient
from bot.workspace.messages import Message
from bot.workspace.seat import Seat
from bot.workspace.server import running_workspace
from bot.workspace.workspace import Workspace
from tests.slack.door import remembering
from tests.slack.reading import buttons, words


CONTACTS = ROOT / "deploy" / "contacts.example.yaml"
MANIFEST: dict[str, Any] = yaml.safe_load(
    (ROOT / "deploy" / "manifest.yaml").read_text()
)
QUESTIONS = Channel("C0QUESTIONS", "questions")
ON_CALL = Channel("C0ONCALL000", "on-call")
OUTSIDE = Channel("C0OUTSIDE00", "outside", is_ext_shared=True)
CLIENT = OAuthClient("1.2", "client-only-in-tests", rotates=True)
REPORT = "https://journal.invalid/lantern"
ASK = "how many people had eye strain?"


@asynccontextmanager
async def opened(
    answers: TrialDesk, *, client: OAuthClient | None = None, **changes: Any
) -> AsyncIterator[tuple[Workspace, SlackDesk, str]]:
    """A workspace with the app in it; its own address too."""
    manifest = {**MANIFEST, "features": {**MANIFEST["features"]}}
    manifest["features"]["unfurl_domains"] = ["journal.invalid"]
    config = WorkspaceConfig(
        channels=(QUESTIONS, ON_CALL, OUTSIDE),
        command="/becar7",
        features=Features.from_manifest(manifest, client),
    )
    token, secret = f"xoxb-{secrets.token_hex()}", secrets.token_hex()
    async with AsyncExitStack() as stack:
        workspace = await stack.enter_async_context(running_workspace(config))
        values: dict[str, Any] = {
            "slack_bot_token": SecretStr(token),
            "slack_signing_secret": SecretStr(secret),
            "slack_api_url": workspace.api_url,
            "contacts_file": CONTACTS,
            "on_call_channel": ON_CALL.id,
            "port": 0,
        }
        settings = Settings(_env_file=None, **{**values, **changes})
        memories = await stack.enter_async_context(remembering())
        desk = await stack.enter_async_context(open_desk(settings, answers, memories))
        port = await stack.enter_async_context(listening(desk, settings))
        address = f"http://127.0.0.1:{port}"
        workspace.connect(f"{address}{EVENTS}", secret, token)
        yield workspace, desk, address


@pytest.fixture
def answers(tiny: Knowledge) -> Desk:
    return Desk(tiny, load_contacts(CONTACTS))


@pytest.fixture
async def workspace(answers: Desk) -> AsyncIterator[Workspace]:
    async with opened(answers) as (workspace, desk, _):
        yield workspace
        await workspace.settle()
        await desk.in_flight.settled()


@pytest.fixture
def nurse(workspace: Workspace) -> Seat:
    return workspace.seat(NURSE.id)


def mention(workspace: Workspace, text: str) -> str:
    return f"<@{workspace.bot.id}> {text}"


async def whisper(workspace: Workspace, count: int = 1) -> Message:
    """The latest of the app's words for the nurse alone."""

    def seen() -> tuple[Message, ...]:
        found = workspace.only_for(NURSE.id, QUESTIONS.id)
        return found if len(found) >= count else ()

    return (await workspace.wait_for(seen))[-1]


async def ask(
    workspace: Workspace, nurse: Seat, text: str = ASK
) -> tuple[str, Message]:
    root = nurse.say(QUESTIONS.id, mention(workspace, text))
    (reply,) = await workspace.replies(QUESTIONS.id, root)
    return root, reply


async def test_a_question_a_follow_up_and_its_edit(
    workspace: Workspace, nurse: Seat
) -> None:
    root, reply = await ask(workspace, nurse)
    follow_up = nurse.say(QUESTIONS.id, "and how bright was the lamp?", root)
    _, second = await workspace.replies(QUESTIONS.id, root, 2)

    nurse.edit(QUESTIONS.id, follow_up, ASK)

    def same() -> bool:
        now = workspace.state.message(QUESTIONS.id, second.ts)
        return now.text == reply.text

    assert second.text != reply.text
    await workspace.wait_for(same)
    assert len(await workspace.replies(QUESTIONS.id, root, 2)) == 2


async def test_a_deleted_question_takes_its_answer_along(
    workspace: Workspace, nurse: Seat
) -> None:
    root, reply = await ask(workspace, nurse)

    nurse.delete(QUESTIONS.id, root)

    def is_gone() -> bool:
        return workspace.state.board.find(QUESTIONS.id, reply.ts) is None

    await workspace.wait_for(is_gone)


async def test_where_other_organisations_read_it_is_silent(
    workspace: Workspace, nurse: Seat
) -> None:
    root = nurse.say(OUTSIDE.id, mention(workspace, ASK))
    await ask(workspace, nurse)

    assert len(workspace.thread(OUTSIDE.id, root)) == 1


@pytest.mark.parametrize(
    "text", ["help", "gaps", "oncall", "what-changed", "source 1", f"cite {ASK}"]
)
async def test_every_word_after_the_command_is_answered_in_private(
    workspace: Workspace, text: str
) -> None:
    answered = await workspace.command(NURSE.id, QUESTIONS.id, "/becar7", text)
    aside = await whisper(workspace)

    assert answered.ok
    assert aside.blocks
    assert workspace.read(QUESTIONS.id) == ()


async def test_a_private_reply_is_shared_with_preview_and_stamp(
    workspace: Workspace, nurse: Seat
) -> None:
    await workspace.command(NURSE.id, QUESTIONS.id, "/becar7", ASK)
    aside = await whisper(workspace)
    await nurse.choose(QUESTIONS.id, aside.ts, "share")
    preview = await workspace.wait_for(lambda: nurse.modal)

    problems = await nurse.submit({"channel": QUESTIONS.id})
    (shared,) = await workspace.wait_for(lambda: workspace.read(QUESTIONS.id))

    assert problems == {}
    assert aside.text in words(list(preview.blocks))
    assert f"shared by <@{NURSE.id}>" in words(list(shared.blocks))
    await workspace.wait_for(lambda: "Shared" in words(list(_top(nurse))))


async def test_a_choice_is_answered_where_it_was_asked(
    workspace: Workspace, nurse: Seat
) -> None:
    await workspace.command(NURSE.id, QUESTIONS.id, "/becar7", "gaps")
    listed = await whisper(workspace)
    await nurse.choose(QUESTIONS.id, listed.ts, "sleep")

    told = await whisper(workspace, 2)

    assert "slept" in told.text


async def test_a_citation_is_copied_from_a_window(
    workspace: Workspace, nurse: Seat
) -> None:
    _, reply = await ask(workspace, nurse)
    await nurse.choose(QUESTIONS.id, reply.ts, "copy-citation")

    view = await workspace.wait_for(lambda: nurse.modal)

    assert "TY  - " in words(list(view.blocks))


async def test_nobody_waits_any_longer_once_they_alone_were_told(
    workspace: Workspace, nurse: Seat
) -> None:
    _, reply = await ask(workspace, nurse)
    await nurse.choose(QUESTIONS.id, reply.ts, "ask-on-call")
    await workspace.wait_for(lambda: nurse.modal)
    await nurse.dismiss_all()
    await workspace.command(NURSE.id, QUESTIONS.id, "/becar7", "gaps")
    listed = await whisper(workspace)
    await nurse.choose(QUESTIONS.id, listed.ts, "sleep")

    await whisper(workspace, 2)

    assert workspace.state.statuses == {}


async def test_the_on_call_team_is_asked_and_answers_in_the_thread(
    workspace: Workspace, nurse: Seat
) -> None:
    root, reply = await ask(workspace, nurse)
    await nurse.choose(QUESTIONS.id, reply.ts, "ask-on-call")
    await workspace.wait_for(lambda: nurse.modal)
    await nurse.submit({"note": "We need it by noon."})
    (request,) = await workspace.wait_for(lambda: workspace.read(ON_CALL.id))
    await workspace.wait_for(lambda: "Sent." in words(list(_top(nurse))))

    workspace.seat(REGISTRAR.id).say(ON_CALL.id, "Look at table 2.", request.ts)
    _, back = await workspace.replies(QUESTIONS.id, root, 2)

    assert "We need it by noon." in words(list(request.blocks))
    assert "Where it was asked" in words(list(request.blocks))
    assert "Look at table 2." in words(list(back.blocks))


async def test_an_opinion_and_its_reason_are_taken(
    workspace: Workspace, nurse: Seat
) -> None:
    _, reply = await ask(workspace, nurse)
    value = next(v for b in _blocks(reply) for v in _verdicts(b) if v.startswith("bad"))
    await nurse.choose(QUESTIONS.id, reply.ts, "feedback", value)
    await workspace.wait_for(lambda: nurse.modal)

    problems = await nurse.submit({"reason": "missing harm"})

    assert problems == {}
    await workspace.wait_for(lambda: "Thank you" in words(list(_top(nurse))))


async def test_the_home_tab_its_topics_and_settings(
    workspace: Workspace, nurse: Seat
) -> None:
    await ask(workspace, nurse)
    await nurse.open_home()
    home = await workspace.wait_for(lambda: nurse.home)
    await nurse.choose_in_home("topic-1")
    await workspace.wait_for(lambda: nurse.modal)
    await nurse.choose_in_modal("entry-topic-1")
    await workspace.wait_for(lambda: "Copy citation" in words(list(_top(nurse))))
    await nurse.dismiss_all()

    await nurse.choose_in_home("setting-length", "short")
    _, short = await ask(workspace, nurse)

    assert "eye strain" in words(list(home.blocks))
    assert "container" not in {block["type"] for block in short.blocks}


async def test_anyone_s_message_is_answered_for_whoever_wants_to_know(
    workspace: Workspace, nurse: Seat
) -> None:
    ts = workspace.seat(REGISTRAR.id).say(QUESTIONS.id, ASK)
    await nurse.use_message_shortcut("answer-from-the-file", QUESTIONS.id, ts)

    aside = await whisper(workspace)

    assert "share" in buttons(_blocks(aside))
    assert len(workspace.thread(QUESTIONS.id, ts)) == 1


async def test_a_question_in_private_is_answered_in_its_window(
    workspace: Workspace, nurse: Seat
) -> None:
    await nurse.use_shortcut("ask-privately")
    await workspace.wait_for(lambda: nurse.modal)
    problems = await nurse.submit({"question": ASK})

    await workspace.wait_for(lambda: "eye strain" in words(list(_top(nurse))))
    assert problems == {}
    assert workspace.read(QUESTIONS.id) == ()


async def test_a_conversation_has_first_questions_and_a_title(
    workspace: Workspace, nurse: Seat, answers: Desk
) -> None:
    await nurse.open_messages()
    direct = "D" + NURSE.id[1:]
    offered = await workspace.wait_for(lambda: nurse.prompts().prompts)
    root = nurse.say(direct, ASK)
    await workspace.replies(direct, root)
    title = await workspace.wait_for(lambda: nurse.prompts(direct, root).title)

    assert [one["message"] for one in offered] == list(answers.knowledge.trial.examples)
    assert title == ASK


async def test_the_address_of_a_cited_work_is_explained(
    workspace: Workspace, nurse: Seat
) -> None:
    ts = nurse.say(QUESTIONS.id, f"see <{REPORT}>")

    def unfurled() -> tuple[dict[str, Any], ...]:
        return workspace.state.message(QUESTIONS.id, ts).attachments

    attachments = await workspace.wait_for(unfurled)

    assert "Amber evening light" in words(list(attachments))


async def test_a_step_of_a_workflow_is_completed(
    workspace: Workspace, nurse: Seat
) -> None:
    run = nurse.run_step("ask_trial_file", {"question": ASK})

    def outputs() -> Any:
        return workspace.runs.find(run).outputs

    given = await workspace.wait_for(outputs)

    assert given["decision"] == "answered"
    assert "eye strain" in given["answer"]
    assert given["citations"].startswith("[1]")


async def test_socket_mode_answers_too(answers: Desk) -> None:
    config = WorkspaceConfig(
        channels=(QUESTIONS,), features=Features.from_manifest(MANIFEST)
    )
    async with running_workspace(config) as workspace:
        app_token, bot_token = "xapp-only-in-tests", "xoxb-only-in-tests"
        workspace.connect_socket(app_token, bot_token)
        settings = Settings(
            _env_file=None,
            slack_bot_token=SecretStr(bot_token),
            slack_app_token=SecretStr(app_token),
            slack_api_url=workspace.api_url,
        )
        async with (
            remembering() as memories,
            open_desk(settings, answers, memories) as desk,
            connected(desk, settings),
        ):
            root, _ = await ask(workspace, workspace.seat(NURSE.id))
            await workspace.settle()

    assert root


async def test_a_workspace_installs_the_app_itself(
    answers: Desk,
) -> None:
    changes: dict[str, Any] = {
        "slack_client_id": CLIENT.client_id,
        "slack_client_secret": SecretStr(CLIENT.client_secret),
        "encryption_keys": SecretStr(Fernet.generate_key().decode()),
    }
    async with (
        opened(answers, client=CLIENT, **changes) as (workspace, desk, address),
        aiohttp.ClientSession() as session,
    ):
        desk_url = f"{address}/slack/oauth_redirect"
        async with session.get(
            f"{address}/slack/install", allow_redirects=False
        ) as sent:
            cookie = sent.headers["Set-Cookie"].partition(";")[0]
            consent = f"{sent.headers['Location']}&redirect_uri={desk_url}"
        said = {"decision": "allow", "user": NURSE.id}
        async with session.post(consent, data=said, allow_redirects=False) as agreed:
            back = agreed.headers["Location"]
        async with session.get(back, headers={"Cookie": cookie}) as done:
            assert (done.status, await done.text()) == (
                200,
                "The app is installed. You can close this page.",
            )
        nurse = workspace.seat(NURSE.id)
        await ask(workspace, nurse)
        assert desk.installing is not None
        kept = desk.installing.installations
        nurse.uninstall()
        await workspace.settle()
        await desk.in_flight.settled()

        assert await kept.of(workspace.state.directory.team.id) is None


def _blocks(message: Message) -> list[dict[str, Any]]:
    return list(message.blocks)


def _top(seat: Seat) -> tuple[dict[str, Any], ...]:
    return tuple(seat.modal.blocks) if seat.modal else ()


def _verdicts(block: dict[str, Any]) -> list[str]:
    if block["type"] != "context_actions":
        return []
    (one,) = block["elements"]
    return [one[side]["value"] for side in ("positive_button", "negative_button")]
