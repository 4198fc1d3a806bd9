"""The addresses of the workspace that are neither Web API nor desk."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from bot.workspace.api.arguments import read_arguments
from bot.workspace.files import SHOWN
from bot.workspace.responses import RefusedError, respond
from bot.workspace.state import NotHereError
from bot.workspace.workspace import Workspace


PAGE = Path(__file__).parent / "page"
GONE = {"expired": 404, "used": 404, "invalid_response": 404}
POLICY = (
    "default-src 'self'; img-src 'self' data:; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
HARMLESS = {"Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"}


class Pages:
    """The page, the files, and the addresses where an app responds or uploads."""

    def __init__(self, desk: Workspace) -> None:
        self._desk = desk

    async def index(self, _request: web.Request) -> web.StreamResponse:
        """The page, with a policy that keeps every request at home."""
        return web.FileResponse(
            PAGE / "index.html",
            headers={
                "Content-Security-Policy": POLICY,
                "Cache-Control": "no-cache",
                **HARMLESS,
            },
        )

    async def response(self, request: web.Request) -> web.Response:
        """Take what an app says through a response URL."""
        given = (await read_arguments(request)).given
        response = self._respond(request.match_info["grant"], given)
        self._desk.state.exchanges.record(
            "response",
            "response_url",
            status=response.status,
            elapsed_ms=0.0,
            request=given,
            response=response.text,
        )
        return response

    def _respond(self, grant: str, given: dict[str, object]) -> web.Response:
        origin = self._desk.grants.spend(grant)
        if isinstance(origin, str):
            return web.json_response(
                {"ok": False, "error": f"{origin}_url"}, status=GONE[origin]
            )
        try:
            respond(self._desk, origin, given)
        except RefusedError as refused:
            return web.Response(text=refused.error, status=400)
        return web.Response(text="ok")

    async def upload(self, request: web.Request) -> web.Response:
        """Take the bytes of a file that was announced."""
        file = self._desk.files.find(request.match_info["file"])
        if request.method not in {"POST", "PUT"}:
            raise web.HTTPMethodNotAllowed(request.method, ["POST", "PUT"])
        if file is None or file.is_complete:
            raise web.HTTPNotFound(text="No upload is expected under this address.")
        content = await _content(request)
        if len(content) != file.length:
            said = f"Announced were {file.length} bytes, and {len(content)} came."
            raise web.HTTPBadRequest(text=said)
        self._desk.files.fill(file, content)
        return web.Response(text=f"OK - {len(content)}")

    async def file(self, request: web.Request) -> web.Response:
        """A file, as a picture if it is one, else to be saved."""
        file = self._desk.files.find(request.match_info["file"])
        if file is None or not file.is_complete:
            raise NotHereError("There is no such file.")
        inline = file.mimetype in SHOWN and "download" not in request.query
        way = "inline" if inline else "attachment"
        return web.Response(
            body=file.content,
            content_type=file.mimetype,
            headers={
                "Content-Disposition": f"{way}; filename*=UTF-8''{quote(file.name)}",
                "Content-Security-Policy": "default-src 'none'; sandbox",
                **HARMLESS,
            },
        )


async def _content(request: web.Request) -> bytes:
    """The body as it came, or the first file of a form."""
    if request.content_type != "multipart/form-data":
        return await request.read()
    for part in (await request.post()).values():
        if isinstance(part, web.FileField):
            return part.file.read()
    return b""
