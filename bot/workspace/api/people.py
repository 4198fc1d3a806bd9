"""The methods about people and the app itself."""

from __future__ import annotations

from typing import Any

from bot.workspace.api.arguments import Arguments
from bot.workspace.responses import RefusedError
from bot.workspace.state import NotHereError
from bot.workspace.tokens import Token
from bot.workspace.workspace import Workspace


def api_test(_desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Say the arguments back, or fail with the error that was asked for."""
    if error := given.text("error"):
        raise RefusedError(error)
    return {"args": {k: v for k, v in given.given.items() if k != "token"}}


def auth_test(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Who the token belongs to."""
    directory = desk.state.directory
    token = desk.tokens.judge(given.token)
    if isinstance(token, Token) and token.kind == "user":
        return _as_person(desk, token)
    return {
        "url": f"{desk.url}/",
        "team": directory.team.name,
        "user": directory.bot.name,
        "team_id": directory.team.id,
        "user_id": directory.bot.id,
        "bot_id": directory.bot.bot_id,
        "is_enterprise_install": False,
    }


def _as_person(desk: Workspace, token: Token) -> dict[str, Any]:
    person, team = desk.state.person(token.user), desk.state.directory.team
    return {
        "url": f"{desk.url}/",
        "team": team.name,
        "user": person.name,
        "team_id": team.id,
        "user_id": person.id,
    }


def about(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Describe one person."""
    try:
        person = desk.state.person(given.required("user"))
    except NotHereError as error:
        raise RefusedError("user_not_found") from error
    return {"user": person.to_slack(desk.state.directory.team)}


def listed(desk: Workspace, _given: Arguments) -> dict[str, Any]:
    """Everybody."""
    directory = desk.state.directory
    return {
        "members": [
            person.to_slack(directory.team) for person in directory.people.values()
        ],
        "cache_ts": int(desk.state.clock.now()),
    }


def revoke(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """End the token that the call came with."""
    test = given.text("test").lower() in {"1", "true"}
    if not test:
        desk.tokens.revoke((given.token,))
    return {"revoked": not test}
