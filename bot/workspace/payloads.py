"""What Slack would send to an app: events, commands, taps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.workspace.directory import Channel, Directory, Person
from bot.workspace.messages import Message
from bot.workspace.views import View


MARKUP = re.compile(r"<(?P<user>@U[A-Z0-9]+)(?:\|[^>]*)?>|<(?P<link>https?://[^>|]+)>")
DEPRECATED = "deprecated-verification-token"  # Slack sends one; nobody checks it
SIGNS = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


@dataclass(frozen=True, slots=True)
class Payloads:
    """Writes the bodies that an app receives."""

    directory: Directory
    app_id: str

    def event(self, event: dict[str, Any], event_id: str, at: float) -> dict[str, Any]:
        """The envelope around one event."""
        team = self.directory.team.id
        return {
            "token": DEPRECATED,
            "team_id": team,
            "context_team_id": team,
            "context_enterprise_id": None,
            "api_app_id": self.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": event_id,
            "event_time": int(at),
            "authorizations": [self._authorization()],
            "is_ext_shared_channel": self._shared(event.get("channel")),
            "event_context": f"4-{event_id}",
        }

    def message(self, written: dict[str, Any], channel: Channel) -> dict[str, Any]:
        """The `message` event for a message as Slack wrote it down."""
        return {
            **written,
            "channel": channel.id,
            "event_ts": written["ts"],
            "channel_type": channel.kind,
        }

    def mention(self, written: dict[str, Any], channel: Channel) -> dict[str, Any]:
        """The `app_mention` event for the same message: same ts, no channel type."""
        event = self.message(written, channel)
        del event["channel_type"]
        return {**event, "type": "app_mention"}

    def changed(
        self, written: dict[str, Any], old: dict[str, Any], channel: Channel, ts: str
    ) -> dict[str, Any]:
        """The `message_changed` event that follows an edit or an update."""
        change = {"subtype": "message_changed", "message": written}
        return self._about(channel, ts) | change | {"previous_message": old}

    def deleted(self, old: dict[str, Any], channel: Channel, ts: str) -> dict[str, Any]:
        """The `message_deleted` event."""
        change = {"subtype": "message_deleted", "deleted_ts": old["ts"]}
        return self._about(channel, ts) | change | {"previous_message": old}

    def command(self, person: Person, channel: Channel) -> dict[str, str]:
        """The form fields that say who used a slash command, and where."""
        team = self.directory.team
        return {
            "token": DEPRECATED,
            "team_id": team.id,
            "team_domain": team.domain,
            "channel_id": channel.id,
            "channel_name": self.named(channel)["name"],
            "user_id": person.id,
            "user_name": person.name,
            "api_app_id": self.app_id,
            "is_enterprise_install": "false",
        }

    def interaction(self, kind: str, person: Person) -> dict[str, Any]:
        """Who did something; what they did is added by whoever sends it."""
        team = self.directory.team
        return {
            "type": kind,
            "user": {
                "id": person.id,
                "username": person.name,
                "name": person.name,
                "team_id": team.id,
            },
            "api_app_id": self.app_id,
            "token": DEPRECATED,
            "team": {"id": team.id, "domain": team.domain},
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def in_message(self, message: Message) -> dict[str, Any]:
        """In which message of which channel it was done."""
        return {
            "container": _container(message),
            "channel": self.named(self.directory.channels[message.channel]),
        }

    def named(self, channel: Channel) -> dict[str, str]:
        """A channel as interactions name it."""
        name = "directmessage" if channel.direct else channel.name
        return {"id": channel.id, "name": name}

    def view(self, view: View) -> dict[str, Any]:
        """A view as interactions and `views.*` carry it."""
        given = view.given
        return {
            "id": view.id,
            "team_id": self.directory.team.id,
            "type": view.kind,
            "blocks": list(view.blocks),
            "private_metadata": view.private_metadata,
            "callback_id": view.callback_id,
            "state": {"values": view.values},
            "hash": view.hash,
            "title": given.get("title") or {"type": "plain_text", "text": ""},
            "clear_on_close": bool(given.get("clear_on_close")),
            "notify_on_close": bool(given.get("notify_on_close")),
            "close": given.get("close"),
            "submit": given.get("submit"),
            "previous_view_id": view.previous,
            "root_view_id": view.root,
            "app_id": self.app_id,
            "external_id": str(given.get("external_id") or ""),
            "app_installed_team_id": self.directory.team.id,
            "bot_id": self.directory.bot.bot_id,
        }

    def _about(self, channel: Channel, ts: str) -> dict[str, Any]:
        return {
            "type": "message",
            "channel": channel.id,
            "hidden": True,
            "ts": ts,
            "event_ts": ts,
            "channel_type": channel.kind,
        }

    def _authorization(self) -> dict[str, Any]:
        return {
            "enterprise_id": None,
            "team_id": self.directory.team.id,
            "user_id": self.directory.bot.id,
            "is_bot": True,
            "is_enterprise_install": False,
        }

    def _shared(self, channel: object) -> bool:
        place = self.directory.channels.get(str(channel))
        return place.is_ext_shared if place else False


def rich_text(text: str, block_id: str) -> dict[str, Any]:
    """The block that Slack's composer makes of what a person types."""
    section = {"type": "rich_text_section", "elements": list(_elements(text))}
    return {"type": "rich_text", "block_id": block_id, "elements": [section]}


def _elements(text: str) -> Iterator[dict[str, str]]:
    end = 0
    for found in MARKUP.finditer(text):
        yield from _plain(text[end : found.start()])
        if user := found["user"]:
            yield {"type": "user", "user_id": user[1:]}
        else:
            yield {"type": "link", "url": found["link"]}
        end = found.end()
    yield from _plain(text[end:])


def _plain(text: str) -> Iterator[dict[str, str]]:
    for entity, sign in SIGNS:
        text = text.replace(entity, sign)
    if text:
        yield {"type": "text", "text": text}


def _container(message: Message) -> dict[str, Any]:
    where = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": message.only_for is not None,
    }
    if not message.is_root:
        where["thread_ts"] = message.thread_ts
    return where
