"""The runs of the app's Workflow Builder step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from bot.workspace.features import Step
from bot.workspace.responses import RefusedError


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the step: what went in, what came out."""

    id: str
    step: Step
    user: str
    inputs: Mapping[str, Any]
    state: Literal["running", "completed", "failed"] = "running"
    outputs: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""


@dataclass(slots=True)
class Runs:
    """Every run, by id."""

    _kept: dict[str, Run] = field(default_factory=dict)

    def start(self, step: Step, user: str, inputs: Mapping[str, Any]) -> Run:
        """Begin a run."""
        run = Run(f"Fx0RUN{len(self._kept) + 1:05d}", step, user, inputs)
        self._kept[run.id] = run
        return run

    def find(self, name: str) -> Run:
        """The run with this id; RefusedError if there is none."""
        if name not in self._kept:
            raise RefusedError("function_execution_not_found")
        return self._kept[name]

    def complete(self, name: str, outputs: Mapping[str, Any]) -> Run:
        """The step is done."""
        run = self._running(name)
        missing = sorted(run.step.must_give - outputs.keys())
        if missing:
            said = f"missing required field: {missing[0]} [json-pointer:/outputs]"
            raise RefusedError("parameter_validation_failed", (said,))
        return self._keep(replace(run, state="completed", outputs=outputs))

    def fail(self, name: str, error: str) -> Run:
        """The step could not be done."""
        return self._keep(replace(self._running(name), state="failed", error=error))

    def _running(self, name: str) -> Run:
        run = self.find(name)
        if run.state != "running":
            raise RefusedError("execution_not_in_running_state")
        return run

    def _keep(self, run: Run) -> Run:
        self._kept[run.id] = run
        return run
