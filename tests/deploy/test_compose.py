"""compose.yaml, as Docker reads it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.programs import DEPLOY, run


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    found: dict[str, Any] = _composed()["services"]
    return found


def test_docker_reads_it() -> None:
    composed = _composed()

    assert set(composed["services"]) == {"app", "postgres", "backup"}
    assert composed["networks"]["back"]["internal"] is True


def test_docker_would_refuse_a_misspelt_word(tmp_path: Path) -> None:
    text = (DEPLOY / "compose.yaml").read_text().replace("cap_drop", "cap_dorp")
    (tmp_path / "compose.yaml").write_text(text)

    ran = run("docker-compose", "-f", tmp_path / "compose.yaml", "config", "--quiet")

    assert ran.returncode != 0
    assert "cap_dorp" in ran.stderr


@pytest.mark.parametrize("name", ["app", "postgres", "backup"])
def test_every_container_is_closed(services: dict[str, Any], name: str) -> None:
    service = services[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "cap_add" not in service
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["mem_limit"]
    assert service["pids_limit"]


def test_secrets_are_files_and_stand_in_no_variable(services: dict[str, Any]) -> None:
    variables = {
        name for one in services.values() for name in one.get("environment", {})
    }

    assert not {name for name in variables if "TOKEN" in name or name == "PASSWORD"}
    assert {one["source"] for one in services["app"]["secrets"]} == {
        "becar7_slack_bot_token",
        "becar7_slack_signing_secret",
        "becar7_database_url",
    }


def test_the_database_is_reached_by_the_others_alone(services: dict[str, Any]) -> None:
    assert set(services["postgres"]["networks"]) == {"back"}
    assert "ports" not in services["postgres"]
    assert [port["host_ip"] for port in services["app"]["ports"]] == ["127.0.0.1"]


def test_the_app_waits_for_a_database_that_answers(services: dict[str, Any]) -> None:
    waits = services["app"]["depends_on"]["postgres"]["condition"]

    assert waits == "service_healthy"
    assert "pg_isready" in services["postgres"]["healthcheck"]["test"]


def test_back_ups_are_made_by_the_script_beside_it(services: dict[str, Any]) -> None:
    config = _composed()["configs"]["backup"]

    assert Path(config["file"]).samefile(DEPLOY / "backup.sh")
    assert services["backup"]["command"] == ["nightly"]
    assert services["backup"]["healthcheck"]["test"][-1] == "fresh"


def _composed() -> dict[str, Any]:
    compose = ("docker-compose", "-f", str(DEPLOY / "compose.yaml"))
    ran = run(*compose, "config", "--format", "json")
    assert ran.returncode == 0, ran.stderr
    composed: dict[str, Any] = json.loads(ran.stdout)
    return composed
