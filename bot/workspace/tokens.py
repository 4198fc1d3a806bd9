"""The tokens of the app: who they speak for, what they may do, until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from bot.workspace.clock import Clock


Kind: TypeAlias = Literal["bot", "user", "app", "step"]

LIFE = 12 * 3600.0  # seconds that a rotated token lives; docs.slack.dev, token rotation
CODE_LIFE = 10 * 60.0  # seconds to exchange a code; docs.slack.dev, oauth.v2.access


@dataclass(frozen=True, slots=True)
class Token:
    """One token, and what it is good for."""

    value: str = field(repr=False)
    kind: Kind = "bot"
    user: str = ""  # for whom a user token speaks
    scopes: frozenset[str] | None = None  # None: everything
    until: float | None = None
    refresh: str = field(default="", repr=False)

    def lacks(self, needed: str) -> bool:
        """Whether this token may not do what needs that scope."""
        return bool(needed) and self.scopes is not None and needed not in self.scopes


@dataclass(frozen=True, slots=True)
class Code:
    """What a person who installs the app brings back to it."""

    user: str
    redirect_uri: str
    scopes: frozenset[str]
    user_scopes: frozenset[str]
    until: float


@dataclass(slots=True)
class Tokens:
    """Every token that was handed out, and what became of it."""

    clock: Clock
    team: str = "desk"  # in every name: no two workspaces give the same
    _kept: dict[str, Token] = field(default_factory=dict)
    _gone: dict[str, str] = field(default_factory=dict)  # token to Slack's word
    _codes: dict[str, Code] = field(default_factory=dict)
    _count: int = 0

    def allow(self, token: Token) -> Token:
        """From now on this token opens what it may open."""
        self._kept[token.value] = token
        self._gone.pop(token.value, None)
        return token

    def issue(self, kind: Kind, token: Token) -> Token:
        """A new token with the rights of the draft, named by its kind and number."""
        self._count += 1
        start = {"bot": "xoxb", "user": "xoxp", "step": "xwfp", "app": "xapp"}[kind]
        until = token.until
        if until is not None:
            start = f"xoxe.{start}-1"
        number = f"{self.team}-{self._count:06d}"
        refresh = f"xoxe-1-{number}" if until is not None else ""
        value = f"{start}-{number}"
        return self.allow(replace(token, value=value, kind=kind, refresh=refresh))

    def judge(self, value: str) -> Token | str:
        """The token, or Slack's word for why it opens nothing."""
        token = self._kept.get(value)
        if token is None:
            return self._gone.get(value, "invalid_auth")
        if token.until is not None and self.clock.now() > token.until:
            return "token_expired"
        return token

    def renew(self, refresh: str) -> Token | None:
        """The successor of a token; each refresh token is used once."""
        old = next((t for t in self._kept.values() if refresh == t.refresh), None)
        if old is None or not refresh:
            return None
        self.allow(replace(old, refresh=""))
        return self.issue(old.kind, replace(old, until=self.clock.now() + LIFE))

    def revoke(self, values: Iterable[str], word: str = "token_revoked") -> None:
        """From now on these tokens open nothing."""
        for value in tuple(values):
            if self._kept.pop(value, None):
                self._gone[value] = word

    def gave(self, name: str) -> bool:
        """Whether a token, a refresh token or a code of that name was given here."""
        refreshes = (token.refresh for token in self._kept.values() if token.refresh)
        given = {*self._kept, *self._gone, *self._codes, *refreshes}
        return name in given

    def of_kind(self, kind: Kind) -> tuple[Token, ...]:
        """The tokens of one kind that are in use."""
        return tuple(token for token in self._kept.values() if token.kind == kind)

    def code(self, code: Code) -> str:
        """The name under which a code can be exchanged once."""
        self._count += 1
        name = f"code-{self.team}-{self._count:06d}"
        self._codes[name] = replace(code, until=self.clock.now() + CODE_LIFE)
        return name

    def exchange(self, name: str) -> Code | str:
        """The code, or Slack's word for why it cannot be exchanged."""
        code = self._codes.pop(name, None)
        if code is None:
            used = name in self._gone
            return "code_already_used" if used else "invalid_code"
        self._gone[name] = "code_already_used"
        return code if self.clock.now() <= code.until else "invalid_code"
