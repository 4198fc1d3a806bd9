"""The chart, as Helm renders it and as Kubernetes reads it."""

from __future__ import annotations

import json
import re
from typing import Any

import kubernetes_validate
import pytest
import yaml

from bot import __version__
from bot.settings import Settings
from tests.deploy.helm import Rendered, Values, render
from tests.deploy.programs import DEPLOY, MONITORING


LEAST: Values = {
    "image": {"repository": "images.example/trial-desk"},
    "networkPolicy": {"database": {"namespace": "databases"}},
}
ALL: Values = LEAST | {
    "contacts": "becar7-contacts",
    "imagePullSecrets": ["images"],
    "settings": {"on_call_channel": "C0123456789", "answer_shared_channels": True},
    "ingress": {"enabled": True, "host": "bot.example", "tlsSecret": "bot-tls"},
    "metrics": {
        "serviceMonitor": {"enabled": True, "labels": {"release": "prometheus"}},
        "alerts": {"enabled": True},
    },
    "nodeSelector": {"kubernetes.io/arch": "amd64"},
    "tolerations": [{"key": "trials", "operator": "Exists"}],
    "podAnnotations": {"team": "trials"},
}
OPERATOR = {"ServiceMonitor", "PrometheusRule"}  # kinds of the Prometheus operator
SCHEMA = json.loads((DEPLOY / "chart" / "values.schema.json").read_text())


@pytest.fixture(scope="module")
def rendered() -> Rendered:
    return render(ALL)


@pytest.mark.parametrize("values", [LEAST, ALL], ids=["least", "all"])
def test_helm_has_no_objection(values: Values) -> None:
    made = render(values)

    assert made.refused == ""
    assert made.lint == ["icon is recommended"]


@pytest.mark.parametrize("version", ["1.27", "1.31", "1.37"])
@pytest.mark.parametrize("values", [LEAST, ALL], ids=["least", "all"])
def test_kubernetes_knows_every_field(values: Values, version: str) -> None:
    manifests = render(values).manifests

    for kind in manifests.keys() - OPERATOR:
        kubernetes_validate.validate(manifests[kind], version, strict=True)
    assert {"Deployment", "Service", "NetworkPolicy"} <= manifests.keys()


def test_an_unknown_field_would_have_been_found(rendered: Rendered) -> None:
    deployment = rendered.manifests["Deployment"]
    deployment["spec"]["replica"] = 2

    with pytest.raises(kubernetes_validate.ValidationError, match="replica"):
        kubernetes_validate.validate(deployment, "1.31", strict=True)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"replicas": "two"}, "at '/replicas': got string, want integer"),
        ({"replicas": 0}, "at '/replicas': minimum: got 0, want 1"),
        ({"image": {}}, "at '/image/repository': minLength: got 0, want 1"),
        ({"secret": ""}, "at '/secret': minLength: got 0, want 1"),
        ({"replica": 2}, "additional properties 'replica' not allowed"),
        ({"settings": {"log_levl": "INFO"}}, "invalid propertyName 'log_levl'"),
        (
            {"settings": {"slack_bot_token": "xoxb"}},
            "invalid propertyName 'slack_bot_token'",
        ),
        ({"ingress": {"enabled": True}}, "at '/ingress/host': minLength"),
        ({"resources": {"limits": {"memory": 512}}}, "got number, want string"),
        (
            {"networkPolicy": {"database": {"port": "5432"}}},
            "at '/networkPolicy/database/port': got string, want integer",
        ),
        (
            {"networkPolicy": {"enabled": True}},
            "networkPolicy.database: set cidr or namespace to where PostgreSQL is",
        ),
    ],
)
def test_a_wrong_value_is_refused_by_its_name(wrong: Values, sentence: str) -> None:
    made = render(LEAST | wrong)

    assert sentence in made.refused
    assert made.texts == {}


def test_every_setting_that_is_no_secret_can_be_set() -> None:
    given = {"cache_dir", "contacts_file", "host", "port", "secrets_dir"}  # by us
    on_disk = {"installations_file"}  # one process alone
    settings = Settings.model_fields.keys() - _secrets() - given - on_disk

    assert set(SCHEMA["properties"]["settings"]["propertyNames"]["enum"]) == settings


def test_a_setting_reaches_the_app_as_the_variable_it_reads(rendered: Rendered) -> None:
    assert _variables(rendered) == {
        "BECAR7_ANSWER_SHARED_CHANNELS": "true",
        "BECAR7_CONTACTS_FILE": "/etc/becar7/contacts.yaml",
        "BECAR7_ON_CALL_CHANNEL": "C0123456789",
        "BECAR7_PORT": "3000",
        "BECAR7_SECRETS_DIR": "/run/secrets/becar7",
    }


def test_secrets_are_mounted_by_reference_and_stand_nowhere(rendered: Rendered) -> None:
    pod = rendered.manifests["Deployment"]["spec"]["template"]["spec"]

    assert "Secret" not in rendered.manifests
    assert pod["volumes"][0]["secret"]["secretName"] == "becar7"
    assert not {name.upper() for name in _secrets()} & {
        name.removeprefix("BECAR7_") for name in _variables(rendered)
    }


def test_the_pod_keeps_what_a_restricted_namespace_demands(rendered: Rendered) -> None:
    pod = rendered.manifests["Deployment"]["spec"]["template"]["spec"]
    (container,) = pod["containers"]

    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert container["resources"]["limits"]["memory"]


def test_the_pod_runs_as_the_user_of_the_image(rendered: Rendered) -> None:
    pod = rendered.manifests["Deployment"]["spec"]["template"]["spec"]
    user = re.search(r"(?m)^USER (\d+):(\d+)$", (DEPLOY / "Dockerfile").read_text())

    assert user is not None
    assert pod["securityContext"]["runAsUser"] == int(user[1])
    assert pod["securityContext"]["runAsGroup"] == int(user[2])


def test_a_pod_has_time_to_finish_what_it_has_in_hand(rendered: Rendered) -> None:
    pod = rendered.manifests["Deployment"]["spec"]["template"]["spec"]
    before, answers, closing = 5, 25, 5  # preStop; GRACE and CLOSING in bot/slack

    assert pod["terminationGracePeriodSeconds"] >= before + answers + closing


def test_health_and_readiness_are_different_questions(rendered: Rendered) -> None:
    (container,) = rendered.manifests["Deployment"]["spec"]["template"]["spec"][
        "containers"
    ]

    assert container["livenessProbe"]["httpGet"]["path"] == "/healthz"
    assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"


@pytest.mark.parametrize(("replicas", "kept"), [(1, False), (2, True)])
def test_a_budget_keeps_one_of_several_and_blocks_no_drain_of_one(
    replicas: int,
    kept: bool,  # noqa: FBT001  a column of the table
) -> None:
    made = render(LEAST | {"replicas": replicas})

    assert ("PodDisruptionBudget" in made.manifests) is kept
    assert ("One replica" in made.notes) is not kept


def test_only_slack_s_addresses_are_open_to_the_outside(rendered: Rendered) -> None:
    rules = rendered.manifests["Ingress"]["spec"]["rules"]

    assert [path["path"] for path in rules[0]["http"]["paths"]] == ["/slack"]


def test_the_network_is_closed_but_for_what_the_app_needs(rendered: Rendered) -> None:
    policy = rendered.manifests["NetworkPolicy"]["spec"]
    ports = [rule["ports"][0]["port"] for rule in policy["egress"]]

    assert policy["policyTypes"] == ["Ingress", "Egress"]
    assert ports == [53, 5432, 443]
    assert all(rule["from"] for rule in policy["ingress"])


def test_the_alerts_reach_the_operator_unchanged(rendered: Rendered) -> None:
    alerts = yaml.safe_load((MONITORING / "alerts.yaml").read_text())

    assert rendered.manifests["PrometheusRule"]["spec"] == alerts


def test_prometheus_finds_the_metrics(rendered: Rendered) -> None:
    monitor = rendered.manifests["ServiceMonitor"]
    (port,) = rendered.manifests["Service"]["spec"]["ports"]

    assert monitor["spec"]["endpoints"][0]["path"] == "/metrics"
    assert monitor["spec"]["endpoints"][0]["port"] == port["name"]
    assert monitor["metadata"]["labels"]["release"] == "prometheus"
    labels = rendered.manifests["Service"]["metadata"]["labels"]
    assert monitor["spec"]["selector"]["matchLabels"].items() <= labels.items()


def test_a_digest_wins_over_a_tag() -> None:
    digest = f"sha256:{'0' * 64}"
    image = {"repository": "images.example/desk", "tag": "1", "digest": digest}

    (container,) = render(LEAST | {"image": image}).manifests["Deployment"]["spec"][
        "template"
    ]["spec"]["containers"]

    assert container["image"] == f"images.example/desk@{digest}"


def test_the_chart_is_of_this_version() -> None:
    chart = yaml.safe_load((DEPLOY / "chart" / "Chart.yaml").read_text())

    assert chart["appVersion"] == __version__


def test_the_notes_say_what_must_exist_and_where_slack_sends(
    rendered: Rendered,
) -> None:
    assert "get secret becar7" in rendered.notes
    assert "https://bot.example/slack/events" in rendered.notes
    assert "No contacts are configured" in render(LEAST).notes


def _secrets() -> set[str]:
    fields = Settings.model_fields.items()
    typed = {name for name, one in fields if "SecretStr" in str(one.annotation)}
    return typed | {"database_url"} & Settings.model_fields.keys()


def _variables(made: Rendered) -> dict[str, Any]:
    (container,) = made.manifests["Deployment"]["spec"]["template"]["spec"][
        "containers"
    ]
    return {one["name"]: one["value"] for one in container["env"]}
