"""The methods by which an app ends a run of its workflow step."""

from __future__ import annotations

from typing import Any

from bot.workspace.api.arguments import Arguments
from bot.workspace.feed import Change
from bot.workspace.responses import RefusedError
from bot.workspace.steps import Run
from bot.workspace.workspace import Workspace


def complete(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """The step is done, with these outputs."""
    outputs = given.given.get("outputs") or {}
    if not isinstance(outputs, dict):
        raise RefusedError("invalid_arguments", ("must be an object: outputs",))
    return _told(
        desk, desk.runs.complete(given.required("function_execution_id"), outputs)
    )


def fail(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """The step could not be done, and why."""
    name, error = given.required("function_execution_id"), given.required("error")
    return _told(desk, desk.runs.fail(name, error))


def _told(desk: Workspace, run: Run) -> dict[str, Any]:
    desk.state.feed.tell(
        Change(
            "run",
            {
                "id": run.id,
                "title": run.step.title,
                "state": run.state,
                "outputs": dict(run.outputs),
                "error": run.error,
            },
            (run.user,),
        )
    )
    return {}
