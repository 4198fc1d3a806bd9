"""Several workspaces in one process, which one app reaches at one address, as in Slack.

Each keeps its own page and its own people; the token of a call says which one is meant.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from aiohttp import web

from bot.workspace.api.arguments import Arguments, read_arguments
from bot.workspace.api.http import WebApi
from bot.workspace.clock import Clock
from bot.workspace.consent import Consent
from bot.workspace.directory import WorkspaceConfig
from bot.workspace.responses import RefusedError
from bot.workspace.server import LOOPBACK, running_workspace
from bot.workspace.workspace import Workspace


CHOICE = """<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><title>Choose a workspace</title></head>
<body><main><h1>Where do you want to install the app?</h1><ul>{teams}</ul></main></body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Town:
    """The workspaces, and the address that they share."""

    desks: tuple[Workspace, ...]
    url: str = ""

    @property
    def api_url(self) -> str:
        """What an app of all these workspaces sets as Slack's API address."""
        return f"{self.url}/api/"

    def desk(self, team: str) -> Workspace | None:
        """The workspace of that id."""
        found = (d for d in self.desks if d.state.directory.team.id == team)
        return next(found, None)

    def connect(self, request_url: str, signing_secret: str) -> None:
        """From now on this app hears every workspace; tokens it gets by itself."""
        for desk in self.desks:
            desk.connect(request_url, signing_secret, "")

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer a call of the Web API in the workspace that it is about."""
        try:
            given = await read_arguments(request)
        except RefusedError:
            given = Arguments({})  # any of them says what is wrong with it
        return await WebApi(self._meant(given)).answer(request)

    async def ask(self, request: web.Request) -> web.Response:
        """Ask for consent in the workspace that is named, or which one it shall be."""
        desk = self.desk(request.query.get("team", ""))
        if desk is None:
            page = CHOICE.format(teams="".join(self._choices(request.query.items())))
            return web.Response(text=page, content_type="text/html")
        return await Consent(desk).ask(request)

    async def decide(self, request: web.Request) -> web.Response:
        """Send the person back to the app, with a code of the workspace they chose."""
        desk = self.desk(request.query.get("team", ""))
        if desk is None:
            raise web.HTTPBadRequest(text="team: choose one of the workspaces here.")
        return await Consent(desk).decide(request)

    def _meant(self, given: Arguments) -> Workspace:
        """Whose token or code it is; the first one refuses what is nobody's."""
        names = (given.token, given.text("code"), given.text("refresh_token"))
        owners = (d for d in self.desks if any(map(d.tokens.gave, names)))
        return next(owners, self.desks[0])

    def _choices(self, query: Iterable[tuple[str, str]]) -> Iterator[str]:
        asked = dict(query)
        for desk in self.desks:
            team = desk.state.directory.team
            href = escape(f"?{urlencode({**asked, 'team': team.id})}")
            yield f'<li><a href="{href}">{escape(team.name)}</a></li>'


@asynccontextmanager
async def running_town(
    configs: Iterable[WorkspaceConfig], clock: Clock | None = None
) -> AsyncIterator[Town]:
    """Workspaces that listen on the loopback address until the block ends."""
    async with AsyncExitStack() as stack:
        desks = [
            await stack.enter_async_context(running_workspace(config, clock))
            for config in configs
        ]
        runner = web.AppRunner(_web_app(Town(tuple(desks))), access_log=None)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, LOOPBACK, 0).start()
        port = runner.addresses[0][1]
        yield Town(tuple(desks), f"http://{LOOPBACK}:{port}")


def _web_app(town: Town) -> web.Application:
    app = web.Application()
    app.add_routes(
        [
            web.get("/oauth/v2/authorize", town.ask),
            web.post("/oauth/v2/authorize", town.decide),
            web.route("*", "/api/{method}", town.answer),
        ]
    )
    return app
