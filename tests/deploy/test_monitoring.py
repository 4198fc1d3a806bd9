"""The alerts and the dashboard, as Prometheus reads them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.deploy.programs import DEPLOY, MONITORING, debian, run


METRICS = {  # what bot/telemetry counts
    *("becar7_oldest_unanswered_seconds", "becar7_ack_seconds", "becar7_reply_seconds"),
    *("becar7_decisions_total", "becar7_slack_errors_total", "becar7_dead_ends_total"),
    *("becar7_ambiguous_posts_total", "becar7_adopted_posts_total"),
    *("becar7_takeovers_total", "becar7_audit_head_age_seconds", "becar7_pack_info"),
}
RULES: list[dict[str, Any]] = yaml.safe_load((MONITORING / "alerts.yaml").read_text())[
    "groups"
][0]["rules"]
TESTS: list[dict[str, Any]] = yaml.safe_load(
    (MONITORING / "alerts.test.yaml").read_text()
)["tests"]
DASHBOARD: dict[str, Any] = json.loads((MONITORING / "dashboard.json").read_text())
RUNBOOK = (DEPLOY / "README.md").read_text()
NAMES = [rule["alert"] for rule in RULES]


@pytest.fixture(scope="module")
def promtool() -> str:
    return debian("promtool", "prometheus")


def test_prometheus_reads_the_rules(promtool: str) -> None:
    ran = run(promtool, "check", "rules", "--lint-fatal", MONITORING / "alerts.yaml")

    assert ran.returncode == 0, ran.stderr
    assert f"{len(RULES)} rules found" in ran.stdout


def test_every_alert_sounds_when_it_should_and_only_then(promtool: str) -> None:
    ran = run(promtool, "test", "rules", MONITORING / "alerts.test.yaml")

    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_a_rule_that_is_turned_round_would_be_noticed(
    rule: dict[str, Any], promtool: str, tmp_path: Path
) -> None:
    text = (MONITORING / "alerts.yaml").read_text()
    spoilt = yaml.safe_load(text)
    for one in spoilt["groups"][0]["rules"]:
        if one["alert"] == rule["alert"]:
            one["expr"] = "vector(0) > 0"  # never
    (tmp_path / "alerts.yaml").write_text(yaml.safe_dump(spoilt))
    tests = (MONITORING / "alerts.test.yaml").read_text()
    (tmp_path / "alerts.test.yaml").write_text(tests)

    ran = run(promtool, "test", "rules", tmp_path / "alerts.test.yaml")

    assert ran.returncode != 0
    assert rule["alert"] in ran.stdout + ran.stderr


@pytest.mark.parametrize("name", NAMES)
def test_every_alert_is_tried_both_ways(name: str) -> None:
    tries = [
        bool(one.get("exp_alerts"))
        for test in TESTS
        for one in test["alert_rule_test"]
        if one["alertname"] == name
    ]

    assert {True, False} <= set(tries)


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_every_alert_leads_to_its_page_and_wakes_or_waits(rule: dict[str, Any]) -> None:
    name = rule["alert"]

    assert rule["annotations"]["runbook"] == f"deploy/README.md#{name.lower()}"
    assert f"\n#### {name}\n" in RUNBOOK
    assert rule["labels"]["severity"] in {"page", "ticket"}


def test_the_runbook_has_no_alert_that_does_not_exist() -> None:
    assert re.findall(r"(?m)^#### (TrialDesk\w+)$", RUNBOOK) == NAMES


def test_the_alerts_use_metrics_that_exist() -> None:
    used = _metrics(rule["expr"] for rule in RULES)

    assert used <= METRICS


def test_the_dashboard_shows_every_metric_and_no_other() -> None:
    assert _metrics(_shown()) == METRICS


def test_prometheus_understands_every_panel(promtool: str, tmp_path: Path) -> None:
    rules = [
        {"record": f"panel:number_{number}:all", "expr": expr}
        for number, expr in enumerate(_shown())
    ]
    path = tmp_path / "panels.yaml"
    path.write_text(yaml.safe_dump({"groups": [{"name": "panels", "rules": rules}]}))

    ran = run(promtool, "check", "rules", path)

    assert ran.returncode == 0, ran.stderr


def test_every_panel_says_what_it_means_and_names_its_lines() -> None:
    for panel in DASHBOARD["panels"]:
        assert panel["description"].endswith(".")
        assert panel["fieldConfig"]["defaults"]["unit"]
        if panel["type"] != "table":
            assert all(target["legendFormat"] for target in panel["targets"])


def test_the_panels_do_not_overlap() -> None:
    cells = [
        (x, y)
        for place in (panel["gridPos"] for panel in DASHBOARD["panels"])
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    ]

    assert len(cells) == len(set(cells))
    assert max(x for x, _ in cells) < 24  # columns of Grafana's grid


def _shown() -> list[str]:
    return [one["expr"] for panel in DASHBOARD["panels"] for one in panel["targets"]]


def _metrics(expressions: Any) -> set[str]:
    found = re.findall(r"becar7_[a-z_]+", " ".join(expressions))
    return {re.sub(r"(?<=_seconds)_(bucket|count|sum)$", "", name) for name in found}
