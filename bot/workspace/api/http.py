"""Answers Web API calls over HTTP: token, method, fault, response."""

from __future__ import annotations

import time
from typing import Any

from aiohttp import web

from bot.workspace.api.arguments import Arguments, read_arguments
from bot.workspace.api.methods import METHODS, needed_scope
from bot.workspace.exchanges import without_token
from bot.workspace.faults import Fault
from bot.workspace.responses import RefusedError
from bot.workspace.tokens import Token
from bot.workspace.workspace import Workspace


BEFORE = frozenset({"rate_limited", "error_before", "drop_before"})


class WebApi:
    """The part of the workspace under /api/."""

    def __init__(self, desk: Workspace) -> None:
        self._desk = desk

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer one call, or fail as planned."""
        started, name = time.perf_counter(), request.match_info["method"]
        fault = self._desk.faults.strike(name)
        arguments, body = await self._unless_prevented(request, fault)
        response = await self._spoilt(request, fault, body)
        self._name_scopes(response, arguments.token)
        self._desk.state.exchanges.record(
            "web_api",
            name,
            status=response.status,
            elapsed_ms=round((time.perf_counter() - started) * 1000, 1),
            request=without_token(arguments.given),
            response=body if response.status == web.HTTPOk.status_code else {},
            note=fault.kind if fault else "",
        )
        return response

    def _name_scopes(self, response: web.StreamResponse, value: str) -> None:
        """Each answer says what its token may do; docs.slack.dev, WebAPICallResult."""
        token = self._desk.tokens.judge(value)
        if isinstance(token, Token) and token.scopes is not None:
            response.headers["X-OAuth-Scopes"] = ",".join(sorted(token.scopes))

    async def _unless_prevented(
        self, request: web.Request, fault: Fault | None
    ) -> tuple[Arguments, dict[str, Any]]:
        try:
            arguments = await read_arguments(request)
        except RefusedError as refused:
            return Arguments({}), _refusal(refused)
        if fault and fault.kind in BEFORE:
            return arguments, {}
        return arguments, self._call(request.match_info["method"], arguments)

    def _call(self, name: str, arguments: Arguments) -> dict[str, Any]:
        if name not in METHODS:
            return {"ok": False, "error": "unknown_method", "req_method": name}
        try:
            self._authorize(name, arguments)
            return {"ok": True, **METHODS[name].answer(self._desk, arguments)}
        except RefusedError as refused:
            return _refusal(refused)

    def _authorize(self, name: str, given: Arguments) -> None:
        method = METHODS[name]
        if not method.tokens:
            return
        if not given.token:
            raise RefusedError("not_authed")
        token = self._desk.tokens.judge(given.token)
        if isinstance(token, str):
            raise RefusedError(token)
        if token.kind not in method.tokens:
            raise RefusedError("not_allowed_token_type")
        needed = needed_scope(self._desk, name, given)
        if token.lacks(needed):
            provided = ",".join(sorted(token.scopes or ()))
            raise RefusedError("missing_scope", needs=(needed, provided))

    async def _spoilt(
        self, request: web.Request, fault: Fault | None, body: dict[str, Any]
    ) -> web.StreamResponse:
        if fault is None:
            return web.json_response(body)
        if fault.kind == "rate_limited":
            return _rate_limited(fault)
        if fault.kind.startswith("error"):
            return web.json_response(
                {"ok": False, "error": "internal_error"}, status=500
            )
        return await self._late_or_dropped(request, fault, body)

    async def _late_or_dropped(
        self, request: web.Request, fault: Fault, body: dict[str, Any]
    ) -> web.StreamResponse:
        if fault.kind == "slow":
            await self._desk.state.clock.sleep(fault.seconds)
        elif request.transport is not None:
            request.transport.abort()
        return web.json_response(body)


def _refusal(refused: RefusedError) -> dict[str, Any]:
    answer: dict[str, Any] = {"ok": False, "error": refused.error}
    if refused.explained:
        answer["errors"] = list(refused.explained)
    if refused.needs:
        answer |= dict(zip(("needed", "provided"), refused.needs, strict=True))
    if refused.messages:
        answer["errors"] = list(refused.messages)
        answer["response_metadata"] = {
            "messages": [f"[ERROR] {said}" for said in refused.messages]
        }
    return answer


def _rate_limited(fault: Fault) -> web.Response:
    return web.json_response(
        {"ok": False, "error": "ratelimited"},
        status=web.HTTPTooManyRequests.status_code,
        headers={"Retry-After": str(int(fault.seconds))},
    )
