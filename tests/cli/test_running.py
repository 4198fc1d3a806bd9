from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

from bot.answering.desk import Desk
from bot.knowledge.load import Knowledge
from bot.settings import ROOT, Settings
from bot.wiring import desk, settings_here
from bot.wiring.running import for_demo, open_demo
from tests.cli.commands import Commands
from tests.conftest import TINY


TOKENS = {"SLACK_BOT_TOKEN": "xoxb-made-up", "SLACK_SIGNING_SECRET": "made-up"}
EXAMPLE = ROOT / "deploy" / "contacts.example.yaml"


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        (["serve"], "BECAR7_SLACK_BOT_TOKEN and BECAR7_SLACK_SIGNING_SECRET"),
        (
            ["serve", "--socket-mode"],
            "BECAR7_SLACK_BOT_TOKEN and BECAR7_SLACK_APP_TOKEN",
        ),
    ],
)
def test_serving_without_tokens_names_every_one_that_is_missing(
    becar7: Commands, words: list[str], missing: str
) -> None:
    ran = becar7(*words)

    assert ran.code == 2
    assert ran.is_one_sentence
    assert f"{missing} are not set" in ran.err


def test_serving_several_workspaces_needs_other_secrets(becar7: Commands) -> None:
    becar7.set(**TOKENS | {"SLACK_BOT_TOKEN": "", "SLACK_CLIENT_ID": "1.2"})

    ran = becar7("serve")

    assert ran.code == 2
    assert "BECAR7_SLACK_CLIENT_SECRET and BECAR7_ENCRYPTION_KEYS are not" in ran.err


def test_several_workspaces_are_served_over_http_alone(becar7: Commands) -> None:
    becar7.set(SLACK_CLIENT_ID="1.2")

    ran = becar7("serve", "--socket-mode")

    assert ran.code == 2
    assert ran.is_one_sentence
    assert "leave --socket-mode out" in ran.err


def test_a_blank_token_is_none(becar7: Commands) -> None:
    becar7.set(**TOKENS | {"SLACK_BOT_TOKEN": " "})

    assert "BECAR7_SLACK_BOT_TOKEN is not set" in becar7("serve").err


def test_production_refuses_example_contacts(becar7: Commands) -> None:
    becar7.set(**TOKENS)
    becar7.set(CONTACTS_FILE=EXAMPLE, ENVIRONMENT="production")

    ran = becar7("serve")

    assert ran.code == 2
    assert ran.is_one_sentence
    assert "still the example" in ran.err


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_in_use_is_one_sentence(becar7: Commands, command: str) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = str(taken.getsockname()[1])
        becar7.set(PORT=port, **TOKENS)

        ran = becar7(command, *(["--port", port] if command == "demo" else []))

    assert ran.code == 2
    assert ran.is_one_sentence
    assert port in ran.err


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "many"), ("ENVIRONMENT", "moon"), ("SLACK_COMMAND", "desk")],
)
def test_a_setting_that_cannot_be_is_named(
    becar7: Commands, name: str, value: str
) -> None:
    becar7.set(**{name: value})

    ran = becar7("ask", "lamp?")

    assert ran.code == 2
    assert ran.is_one_sentence
    assert f"BECAR7_{name}: " in ran.err


def test_settings_that_are_not_utf_8_are_one_sentence(
    becar7: Commands, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_bytes(b"BECAR7_PORT=\xff\xfe\n")

    ran = becar7("ask", "lamp?")

    assert ran.code == 2
    assert ran.is_one_sentence
    assert ".env" in ran.err


async def test_the_demo_answers_a_mention_in_its_thread(tiny: Knowledge) -> None:
    async with open_demo(Settings(), Desk(tiny), 0) as workspace:
        person = next(iter(workspace.state.directory.people))
        bot = workspace.state.directory.bot.id
        ts = workspace.speak(
            person, "C0QUESTIONS", f"<@{bot}> how bright was the lamp?"
        )
        reply, *_ = await workspace.replies("C0QUESTIONS", ts)

        assert "5 to 50 lux" in reply.text
        assert workspace.state.config.suggestions == tiny.trial.examples


async def test_the_demo_names_contacts_that_say_that_they_are_made_up(
    becar7: Commands,
) -> None:
    becar7.set(KNOWLEDGE_DIR=TINY)
    settings = for_demo(settings_here())
    async with open_demo(settings, desk(settings), 0) as workspace:
        person = next(iter(workspace.state.directory.people))
        await workspace.command(person, "C0QUESTIONS", "/becar7", "oncall")
        (told,) = await workspace.wait_for(
            lambda: workspace.only_for(person, "C0QUESTIONS")
        )
        bot = workspace.state.directory.bot.id
        alarm = f"<@{bot}> his bp is 50/20, eye strain"
        ts = workspace.speak(person, "C0QUESTIONS", alarm)
        reply, *_ = await workspace.replies("C0QUESTIONS", ts)

    assert "On call: the EXAMPLE on-call trial team" in told.text
    assert "(not real)" in told.text
    assert reply.text.startswith("Call the EXAMPLE emergency number 0000 (not real)")


def test_contacts_that_somebody_has_configured_stay_in_the_demo() -> None:
    settings = Settings(contacts_file=TINY / "contacts.yaml")

    assert for_demo(settings) is settings


def test_the_demo_says_where_it_is_and_what_to_ask_and_stops_at_ctrl_c() -> None:
    demo = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--port", "0"],
        cwd=ROOT,
        env={"BECAR7_KNOWLEDGE_DIR": str(TINY)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert demo.stdout is not None
    said = ""
    while "Ctrl-C" not in said:
        line = demo.stdout.readline()
        assert line, demo.communicate()
        said += line
    address = re.search(r"http://127\.0\.0\.1:\d+", said)
    assert address is not None
    with urllib.request.urlopen(address[0]) as page:  # noqa: S310  it is http
        assert page.status == 200
    demo.send_signal(signal.SIGINT)
    out, err = demo.communicate(timeout=30)

    assert said.count("?\n") == 3
    assert (demo.returncode, out.strip(), err) == (0, "Stopped.", "")


def test_a_secret_may_lie_in_a_file(becar7: Commands, tmp_path: Path) -> None:
    (tmp_path / "becar7_slack_bot_token").write_text("xoxb-made-up\n")
    becar7.set(SECRETS_DIR=tmp_path, CONTACTS_FILE=EXAMPLE, ENVIRONMENT="production")

    assert "BECAR7_SLACK_SIGNING_SECRET is not set" in becar7("serve").err


def test_a_variable_wins_over_a_file(becar7: Commands, tmp_path: Path) -> None:
    (tmp_path / "becar7_slack_bot_token").write_text("xoxb-made-up\n")
    becar7.set(**TOKENS | {"SLACK_BOT_TOKEN": " ", "SECRETS_DIR": str(tmp_path)})

    assert "BECAR7_SLACK_BOT_TOKEN is not set" in becar7("serve").err


def test_a_folder_of_secrets_that_is_not_there_is_one_sentence(
    becar7: Commands, tmp_path: Path
) -> None:
    becar7.set(SECRETS_DIR=tmp_path / "gone")

    ran = becar7("ask", "lamp?")

    assert ran.code == 2
    assert ran.is_one_sentence
    assert "BECAR7_SECRETS_DIR" in ran.err
