from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from bot.cli.doctor import findings_of
from bot.findings import Finding
from bot.settings import Settings
from tests.cli.commands import Commands
from tests.cli.test_running import EXAMPLE, TOKENS
from tests.conftest import TINY


TODAY = date(2026, 11, 22)


def test_a_set_up_place_has_nothing_missing(becar7: Commands, tmp_path: Path) -> None:
    becar7.set(**TOKENS)
    becar7.set(CONTACTS_FILE=_contacts(tmp_path, "2026-11-01"))

    ran = becar7("doctor", "--offline")

    assert ran.code == 0
    assert "ok       tokens for http" in ran.out
    assert "made-up" not in ran.out


def test_what_is_missing_is_exit_code_1_and_says_what_to_do(becar7: Commands) -> None:
    ran = becar7("doctor")

    assert ran.code == 1
    assert "missing  tokens for http: BECAR7_SLACK_BOT_TOKEN" in ran.out
    assert "copy deploy/contacts.example.yaml" in ran.out
    assert all(
        line[:7].strip() in {"ok", "note", "missing"} for line in _lines(ran.out)
    )


def test_the_example_contacts_are_noted_here_and_refused_in_production() -> None:
    noted = _found(contacts_file=EXAMPLE)
    refused = _found(contacts_file=EXAMPLE, environment="production")

    assert noted["contact for emergency"].state == "note"
    assert refused["contact for emergency"].state == "missing"
    assert "still the example" in refused["contact for emergency"].advice


def test_an_old_contact_is_to_be_checked_again(tmp_path: Path) -> None:
    found = _found(contacts_file=_contacts(tmp_path, "2025-11-22"))

    assert (
        found["contact for emergency"].advice == "checked 365 days ago: check it again"
    )
    assert "none" in found["contact for reporting"].advice


@pytest.mark.parametrize("text", ["emergency: [", "emergency: {says: a}", "who: me"])
def test_contacts_that_cannot_be_read_are_missing(tmp_path: Path, text: str) -> None:
    path = tmp_path / "contacts.yaml"
    path.write_text(text)

    assert _found(contacts_file=path)["contacts"].state == "missing"


def test_a_pack_that_cannot_be_served_is_missing(tmp_path: Path) -> None:
    assert _found(knowledge_dir=tmp_path)["knowledge"].state == "missing"


def test_a_taken_port_is_missing() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]

        assert _found(port=port)[f"127.0.0.1 port {port}"].state == "missing"


def test_a_port_that_our_own_app_has_is_well() -> None:
    with _healthy() as port:
        found = _found(port=port)

    assert found[f"127.0.0.1 port {port}: the app is running there"].state == "ok"


def test_what_slack_says_is_listed_with_the_rest(becar7: Commands) -> None:
    """Nobody listens at that address: the command says so, and goes on."""
    becar7.set(**TOKENS, SLACK_API_URL="http://127.0.0.1:9/")

    ran = becar7("doctor")

    assert ran.code == 1
    assert "missing  bot token: Slack was not reached" in ran.out


@contextmanager
def _healthy() -> Iterator[int]:
    class App(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/healthz" else 404)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  theirs
            del format, args

    with HTTPServer(("127.0.0.1", 0), App) as server:
        serving = Thread(target=server.serve_forever)
        serving.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            serving.join()


def _found(**settings: object) -> dict[str, Finding]:
    here = Settings.model_validate({"knowledge_dir": TINY, "port": 0, **settings})
    return {finding.what: finding for finding in findings_of(here, TODAY)}


def _contacts(folder: Path, checked: str) -> Path:
    path = folder / "contacts.yaml"
    path.write_text(f"emergency: {{says: a made-up desk, checked: {checked}}}\n")
    return path


def _lines(text: str) -> list[str]:
    return text.splitlines()
