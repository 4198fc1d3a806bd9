"""The views methods: open, push, update, publish."""

from __future__ import annotations

from typing import Any

from bot.workspace.api.arguments import Arguments
from bot.workspace.responses import RefusedError
from bot.workspace.state import NotHereError
from bot.workspace.taking import taken_view
from bot.workspace.views import View
from bot.workspace.workspace import Workspace


TRIGGERS = {"used": "exchanged_trigger_id", "expired": "expired_trigger_id"}


def open_modal(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Show a modal to whoever pulled the trigger."""
    view = taken_view(desk.state.files, _view(given))
    return _opened(desk, desk.views.open(_who(desk, given), view))


def push(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Show a modal on top of another."""
    view = taken_view(desk.state.files, _view(given))
    return _opened(desk, desk.views.push(_who(desk, given), view))


def update(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Write a view anew, unless it has changed since."""
    old = desk.views.find(given.text("view_id") or given.text("external_id"))
    _agree(old, given)
    view = taken_view(desk.state.files, _view(given), old.kind)
    return _shown(desk, desk.views.update(old, view))


def publish(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Write a person's Home tab anew."""
    user = _person(desk, given)
    if not desk.state.config.features.home_tab:
        raise RefusedError("not_enabled")
    if old := desk.views.homes.get(user):
        _agree(old, given)
    view = taken_view(desk.state.files, _view(given), "home")
    return _shown(desk, desk.views.publish(user, view))


def _view(given: Arguments) -> Any:
    if given.given.get("view") is None:
        said = "missing required field: view [json-pointer:/view]"
        raise RefusedError("invalid_arguments", (said,))
    return given.given["view"]


def _who(desk: Workspace, given: Arguments) -> str:
    name = given.text("trigger_id") or given.required("interactivity_pointer")
    origin = desk.grants.spend(name)
    if isinstance(origin, str):
        raise RefusedError(TRIGGERS.get(origin, "invalid_trigger_id"))
    return origin.user


def _person(desk: Workspace, given: Arguments) -> str:
    try:
        return desk.state.person(given.required("user_id")).id
    except NotHereError as error:
        raise RefusedError("invalid_user_id") from error


def _agree(view: View, given: Arguments) -> None:
    wanted = given.text("hash")
    if wanted and wanted != view.hash:
        raise RefusedError("hash_conflict")


def _opened(desk: Workspace, view: View) -> dict[str, Any]:
    """The view as its person sees it now, who waits no longer."""
    desk.state.served(view.user)
    return _shown(desk, view)


def _shown(desk: Workspace, view: View) -> dict[str, Any]:
    return {"view": desk.payloads.view(view)}
