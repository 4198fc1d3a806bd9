"""What is written for the deployment is what the code needs."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import yaml

from bot.settings import ROOT, Settings
from bot.slack.app import NEEDS
from bot.slack.listeners.assistant import FALLBACK_EVENTS


EXAMPLE = (ROOT / "deploy" / "env.example").read_text()
MANIFEST: dict[str, Any] = yaml.safe_load(
    (ROOT / "deploy" / "manifest.yaml").read_text()
)


def test_the_manifest_asks_for_exactly_the_scopes_that_the_code_needs() -> None:
    needed = {scope for part in NEEDS for scope in part.scopes}

    assert set(MANIFEST["oauth_config"]["scopes"]["bot"]) == needed
    assert list(MANIFEST["oauth_config"]["scopes"]) == ["bot"]


def test_the_manifest_subscribes_to_exactly_the_events_that_the_code_hears() -> None:
    heard = {event for part in NEEDS for event in part.events}

    assert set(MANIFEST["settings"]["event_subscriptions"]["bot_events"]) == heard


def test_the_manifest_has_the_command_that_the_settings_name() -> None:
    commands = [one["command"] for one in MANIFEST["features"]["slash_commands"]]

    assert commands == [Settings.model_fields["slack_command"].default]


def test_the_manifest_has_exactly_the_shortcuts_that_the_code_hears() -> None:
    shortcuts = {s["callback_id"]: s["type"] for s in MANIFEST["features"]["shortcuts"]}

    assert shortcuts == {
        name: kind for n in NEEDS for name, kind in n.shortcuts.items()
    }


def test_the_manifest_has_exactly_the_domains_that_the_code_looks_at() -> None:
    domains = [domain for part in NEEDS for domain in part.domains]

    assert MANIFEST["features"]["unfurl_domains"] == domains


def test_the_manifest_has_exactly_the_functions_that_the_code_fulfils() -> None:
    functions = {
        name: (tuple(one["input_parameters"]), tuple(one["output_parameters"]))
        for name, one in MANIFEST["functions"].items()
    }

    assert functions == {name: io for n in NEEDS for name, io in n.functions.items()}


def test_the_older_view_is_explained_where_the_agent_view_stands() -> None:
    text = (ROOT / "deploy" / "manifest.yaml").read_text()

    assert "agent_view" in MANIFEST["features"]
    assert "assistant_view" not in MANIFEST["features"]
    assert all(event in text for event in FALLBACK_EVENTS)


def test_every_need_has_its_reason() -> None:
    assert all(reason for part in NEEDS for reason in part.scopes.values())


def test_the_example_has_every_setting_and_no_other() -> None:
    written = re.findall(r"(?m)^#? ?BECAR7_([A-Z0-9_]+)=", EXAMPLE)

    assert sorted(written) == sorted(name.upper() for name in Settings.model_fields)


def test_every_setting_in_the_example_is_explained_above_it() -> None:
    lines = EXAMPLE.splitlines()

    for above, line in pairwise(lines):
        if "BECAR7_" in line and "=" in line:
            assert re.match(r"# [A-Z]", above), line


def test_the_example_has_the_defaults() -> None:
    for name in ("host", "port", "log_level", "slack_api_url", "slack_command"):
        default = Settings.model_fields[name].default
        assert f"# BECAR7_{name.upper()}={default}\n" in EXAMPLE
