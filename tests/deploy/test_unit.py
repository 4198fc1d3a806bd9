"""The systemd unit, as systemd judges it."""

from __future__ import annotations

import re

import pytest

from bot.settings import Settings
from tests.deploy.programs import DEPLOY, debian, run


UNIT = DEPLOY / "becar7.service"
TEXT = UNIT.read_text()
MOST = 3.0  # of 10; systemd calls less than 2 "OK", and what confines nothing 9.6


@pytest.fixture(scope="module")
def analyze() -> str:
    return debian("systemd-analyze", "systemd")


def test_systemd_finds_it_little_exposed(analyze: str) -> None:
    ran = run(analyze, "security", "--offline=true", "--no-pager", UNIT)
    level = re.search(r"Overall exposure level for \S+: ([0-9.]+)", ran.stdout)

    assert level is not None, ran.stderr
    assert float(level[1]) < MOST


def test_systemd_knows_every_line(analyze: str) -> None:
    ran = run(analyze, "verify", "--man=no", UNIT)

    assert "Unknown" not in ran.stderr
    assert "Failed to parse" not in ran.stderr
    assert "ignoring" not in ran.stderr.lower()


def test_every_variable_is_a_setting() -> None:
    names = set(re.findall(r"(?m)^Environment=BECAR7_(\w+)=", TEXT))

    assert names
    assert {name.lower() for name in names} <= Settings.model_fields.keys()


def test_secrets_come_as_credentials_under_the_names_of_the_settings() -> None:
    prefix = re.search(r"(?m)^LoadCredential=(\w+):/", TEXT)

    assert prefix is not None
    assert f"{prefix[1]}_".upper() == Settings.model_config["env_prefix"]
    assert "Environment=BECAR7_SECRETS_DIR=%d\n" in TEXT
    assert "TOKEN" not in TEXT


def test_it_is_given_time_to_finish_what_it_has_in_hand() -> None:
    stop = re.search(r"(?m)^TimeoutStopSec=(\d+)$", TEXT)

    assert stop is not None
    assert int(stop[1]) >= 25 + 5  # GRACE and CLOSING in bot/slack
