"""The methods by which an app gets, renews and gives back its tokens."""

from __future__ import annotations

import base64
import binascii
import secrets
from typing import Any

from bot.workspace.api.arguments import Arguments
from bot.workspace.features import OAuthClient
from bot.workspace.responses import RefusedError
from bot.workspace.tokens import LIFE, Code, Token
from bot.workspace.workspace import Workspace


def access(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Tokens for a code, or new tokens for a refresh token."""
    client = _client(desk, given)
    grant = given.text("grant_type") or "authorization_code"
    if grant == "refresh_token":
        renewed = desk.tokens.renew(given.text("refresh_token"))
        if renewed is None:
            raise RefusedError("invalid_refresh_token")
        return _answer(desk, renewed)
    if grant != "authorization_code":
        raise RefusedError("invalid_grant_type")
    code = desk.tokens.exchange(given.text("code"))
    if isinstance(code, str):
        raise RefusedError(code)
    if given.text("redirect_uri") not in {"", code.redirect_uri}:
        raise RefusedError("bad_redirect_uri")
    return _installed(desk, client, code)


def uninstall(desk: Workspace, given: Arguments) -> dict[str, Any]:
    """Remove the app itself from the workspace."""
    _client(desk, given)
    desk.seat(next(iter(desk.state.directory.people))).uninstall()
    return {}


def _installed(desk: Workspace, client: OAuthClient, code: Code) -> dict[str, Any]:
    until = desk.state.clock.now() + LIFE if client.rotates else None
    authed: dict[str, Any] = {"id": code.user}
    if code.user_scopes:
        draft = Token("", user=code.user, scopes=code.user_scopes, until=until)
        authed |= _rights(desk.tokens.issue("user", draft))
    bot = desk.tokens.issue("bot", Token("", scopes=code.scopes, until=until))
    return _answer(desk, bot) | {"authed_user": authed}


def _answer(desk: Workspace, token: Token) -> dict[str, Any]:
    team = desk.state.directory.team
    return {
        "app_id": desk.state.config.app_id,
        **_rights(token),
        "bot_user_id": desk.bot.id,
        "team": {"id": team.id, "name": team.name},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _rights(token: Token) -> dict[str, Any]:
    rights: dict[str, Any] = {
        "access_token": token.value,
        "token_type": token.kind,
        "scope": ",".join(sorted(token.scopes or ())),
    }
    if token.until is not None:
        rights |= {"refresh_token": token.refresh, "expires_in": int(LIFE)}
    return rights


def _client(desk: Workspace, given: Arguments) -> OAuthClient:
    client = desk.state.config.features.client
    name, secret = given.text("client_id"), given.text("client_secret")
    if given.basic:
        name, _, secret = _decoded(given.basic).partition(":")
    if client is None or name != client.client_id:
        raise RefusedError("invalid_client_id")
    if not secrets.compare_digest(secret.encode(), client.client_secret.encode()):
        raise RefusedError("bad_client_secret")
    return client


def _decoded(basic: str) -> str:
    try:
        return base64.b64decode(basic, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise RefusedError("invalid_client_id") from error
