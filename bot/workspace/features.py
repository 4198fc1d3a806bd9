"""What an app offers besides listening: shortcuts, a workflow step, unfurling, OAuth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias


Kind: TypeAlias = Literal["global", "message"]
Conversation: TypeAlias = Literal["agent", "assistant", "none"]
BY_PLACE = {"channel": "message.channels", "im": "message.im"}


@dataclass(frozen=True, slots=True)
class Shortcut:
    """An entry of the lightning menu, or of a message's own menu."""

    callback_id: str
    name: str
    kind: Kind = "global"
    description: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step that Workflow Builder can run, with its parameters as in a manifest."""

    callback_id: str
    title: str
    description: str = ""
    inputs: tuple[Mapping[str, Any], ...] = ()
    outputs: tuple[Mapping[str, Any], ...] = ()

    @property
    def must_give(self) -> frozenset[str]:
        """The outputs without which a step is not complete."""
        return frozenset(o["name"] for o in self.outputs if o.get("is_required"))


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """What an app shows to be installed: its id, its secret, where people return to."""

    client_id: str
    client_secret: str = field(repr=False)
    redirect_urls: tuple[str, ...] = ()  # beginnings of addresses; empty: any
    rotates: bool = False  # tokens end after twelve hours and are refreshed


@dataclass(frozen=True, slots=True)
class Features:
    """Everything the app's manifest says that the workspace acts on."""

    shortcuts: tuple[Shortcut, ...] = ()
    steps: tuple[Step, ...] = ()
    unfurl_domains: tuple[str, ...] = ()
    home_tab: bool = True
    conversation: Conversation = "agent"
    events: frozenset[str] | None = None  # subscribed ones; None: every event
    scopes: frozenset[str] | None = None  # of the token that connects; None: all
    client: OAuthClient | None = None

    @classmethod
    def from_manifest(
        cls, manifest: Mapping[str, Any], client: OAuthClient | None = None
    ) -> Features:
        """The features that a manifest declares, as deploy/manifest.yaml does."""
        features = manifest.get("features") or {}
        settings = manifest.get("settings") or {}
        scopes = (manifest.get("oauth_config") or {}).get("scopes") or {}
        heard = (settings.get("event_subscriptions") or {}).get("bot_events")
        home = features.get("app_home") or {}
        return cls(
            shortcuts=tuple(map(_shortcut, features.get("shortcuts") or ())),
            steps=_steps(manifest.get("functions") or {}),
            unfurl_domains=tuple(features.get("unfurl_domains") or ()),
            home_tab=bool(home.get("home_tab_enabled")),
            conversation=_conversation(features),
            events=None if heard is None else frozenset(heard),
            scopes=frozenset(scopes.get("bot") or ()),
            client=client,
        )

    def hears(self, event: Mapping[str, Any]) -> bool:
        """Whether the app subscribed to events of this kind."""
        if self.events is None:
            return True
        kind = str(event["type"])
        place = BY_PLACE.get(str(event.get("channel_type")), kind)
        return (place if kind == "message" else kind) in self.events

    def shortcut(self, callback_id: str) -> Shortcut | None:
        """The shortcut with this callback_id."""
        return next((s for s in self.shortcuts if s.callback_id == callback_id), None)

    def step(self, callback_id: str) -> Step | None:
        """The step with this callback_id."""
        return next((s for s in self.steps if s.callback_id == callback_id), None)


def _shortcut(given: Mapping[str, Any]) -> Shortcut:
    return Shortcut(
        callback_id=given["callback_id"],
        name=given["name"],
        kind=given.get("type", "global"),
        description=given.get("description", ""),
    )


def _steps(functions: Mapping[str, Any]) -> tuple[Step, ...]:
    return tuple(
        Step(
            callback_id=name,
            title=given.get("title", name),
            description=given.get("description", ""),
            inputs=_parameters(given.get("input_parameters") or {}),
            outputs=_parameters(given.get("output_parameters") or {}),
        )
        for name, given in functions.items()
    )


def _parameters(given: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    required = given.get("required") if isinstance(given.get("required"), list) else []
    named = given.get("properties") or given
    return tuple(
        {"is_required": name in (required or []), **about, "name": name}
        for name, about in named.items()
    )


def _conversation(features: Mapping[str, Any]) -> Conversation:
    if "agent_view" in features:
        return "agent"
    return "assistant" if "assistant_view" in features else "none"
