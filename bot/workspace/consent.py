"""The page where a person lets an app into the workspace."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode, urlsplit

from aiohttp import web

from bot.workspace.features import OAuthClient
from bot.workspace.tokens import Code
from bot.workspace.workspace import Workspace


ASKED = ("client_id", "scope", "user_scope", "redirect_uri", "state")
PAGE = """<!doctype html>
<html lang="en-GB">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Install {app}</title>
  <link rel="stylesheet" href="/page/page.css">
  <link rel="stylesheet" href="/page/consent.css">
</head>
<body class="consent">
  <main>
    <h1>{app} asks to join the workspace {team}</h1>
    <p>It will be able to:</p>
    <ul>{scopes}</ul>
    <form method="post">
      {fields}
      <label>You are <select name="user">{people}</select></label>
      <div class="actions">
        <button class="button" name="decision" value="cancel">Cancel</button>
        <button class="button primary" name="decision" value="allow">Allow</button>
      </div>
    </form>
  </main>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an app asks for when it wants to be installed."""

    client_id: str
    scope: str
    user_scope: str
    redirect_uri: str
    state: str

    def back(self, **answer: str) -> web.HTTPFound:
        """The way back to the app."""
        joint = "&" if "?" in self.redirect_uri else "?"
        said = urlencode({**answer, "state": self.state})
        return web.HTTPFound(f"{self.redirect_uri}{joint}{said}")


@dataclass(frozen=True, slots=True)
class Consent:
    """The part of the workspace under /oauth/."""

    desk: Workspace

    async def ask(self, request: web.Request) -> web.Response:
        """Show what the app asks for."""
        asked = self._checked(dict(request.query))
        return web.Response(
            text=self._drawn(asked),
            content_type="text/html",
            headers={"Content-Security-Policy": _policy(asked.redirect_uri)},
        )

    async def decide(self, request: web.Request) -> web.Response:
        """Send the person back to the app, with a code or with a refusal."""
        said = {**request.query, **await request.post()}
        given = {name: str(value) for name, value in said.items()}
        asked = self._checked(given)
        if given.get("decision") != "allow":
            raise asked.back(error="access_denied")
        code = Code(
            user=self.desk.state.person(given.get("user", "")).id,
            redirect_uri=asked.redirect_uri,
            scopes=_scopes(asked.scope),
            user_scopes=_scopes(asked.user_scope),
            until=0.0,
        )
        raise asked.back(code=self.desk.tokens.code(code))

    def _checked(self, given: dict[str, str]) -> Asked:
        asked = Asked(**{name: given.get(name, "") for name in ASKED})
        client = self.desk.state.config.features.client
        if client is None or asked.client_id != client.client_id:
            raise web.HTTPBadRequest(
                text="invalid_client_id: no such app is known here."
            )
        if not asked.scope and not asked.user_scope:
            raise web.HTTPBadRequest(text="invalid_scope: the app asks for nothing.")
        if not _returns_home(client, asked.redirect_uri):
            raise web.HTTPBadRequest(text="bad_redirect_uri: not one of the app's own.")
        return asked

    def _drawn(self, asked: Asked) -> str:
        directory = self.desk.state.directory
        people = (p for p in directory.people.values() if not p.is_bot)
        scopes = sorted(_scopes(f"{asked.scope},{asked.user_scope}"))
        return PAGE.format(
            app=escape(directory.bot.real_name),
            team=escape(directory.team.name),
            scopes="".join(f"<li><code>{escape(s)}</code></li>" for s in scopes),
            people="".join(
                f'<option value="{p.id}">{escape(p.real_name)}</option>' for p in people
            ),
            fields="".join(
                f'<input type="hidden" name="{n}" value="{escape(getattr(asked, n))}">'
                for n in ASKED
            ),
        )


def _scopes(listed: str) -> frozenset[str]:
    return frozenset(filter(None, listed.replace(" ", ",").split(",")))


def _returns_home(client: OAuthClient, address: str) -> bool:
    try:
        scheme = urlsplit(address).scheme
    except ValueError:  # "http://["
        return False
    if scheme not in {"http", "https"}:
        return False
    return not client.redirect_urls or address.startswith(client.redirect_urls)


def _policy(address: str) -> str:
    """The page may send a form here, and the answer may lead back to the app."""
    home = urlsplit(address)
    return (
        "default-src 'none'; style-src 'self'; frame-ancestors 'none'; "
        f"form-action 'self' {home.scheme}://{home.netloc}"
    )
