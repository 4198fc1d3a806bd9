"""Renders and lints the chart with Helm's own code, in a process of its own.

`python -m tests.deploy.helm` reads values as JSON and prints what came of them as JSON:
Helm is Go inside a library, and its threads stay out of the process that runs the tests.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import Any

import helm_python
import yaml

from tests.deploy.programs import DEPLOY, run


CHART = str(DEPLOY / "chart")
RELEASE, NAMESPACE = "desk", "trials"

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rendered:
    """What the chart became with some values, or why Helm refused them."""

    texts: dict[str, str]
    lint: list[str]
    refused: str = ""

    @property
    def notes(self) -> str:
        """What a person reads after installing."""
        return self.texts["trial-desk/templates/NOTES.txt"]

    @property
    def manifests(self) -> dict[str, dict[str, Any]]:
        """Everything that goes to the cluster, by kind: the chart has one of each."""
        found = [
            one
            for path, text in self.texts.items()
            if not path.endswith("NOTES.txt")
            for one in yaml.safe_load_all(text)
            if one
        ]
        assert len({one["kind"] for one in found}) == len(found)
        return {one["kind"]: one for one in found}


def render(values: Values) -> Rendered:
    """What Helm makes of these values."""
    ran = run(sys.executable, "-m", "tests.deploy.helm", given=json.dumps(values))
    assert ran.returncode == 0, ran.stderr
    return Rendered(**json.loads(ran.stdout))


def _render(values: Values) -> Rendered:
    report = helm_python.lint(CHART, values, strict=True)
    lint = [*report["errors"], *(f"{m['error']}" for m in report["messages"])]
    try:
        with helm_python.Chart.load(CHART) as chart:
            texts = chart.render(values, name=RELEASE, namespace=NAMESPACE)
    except helm_python.HelmError as error:
        return Rendered({}, lint, str(error))
    return Rendered(texts, lint)


if __name__ == "__main__":
    made = _render(json.load(sys.stdin))
    said = {"texts": made.texts, "lint": made.lint, "refused": made.refused}
    json.dump(said, sys.stdout)
