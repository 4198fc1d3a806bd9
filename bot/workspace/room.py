"""What both sides of the workspace share: everything that people and the app touch."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from bot.workspace.calling import Answered, Call
from bot.workspace.conversing import Conversations
from bot.workspace.directory import Channel, Person
from bot.workspace.faults import Faults
from bot.workspace.grants import Grants, Origin
from bot.workspace.line import Line
from bot.workspace.messages import Message
from bot.workspace.payloads import Payloads
from bot.workspace.responses import RefusedError, fields_of, respond
from bot.workspace.sockets import Sockets
from bot.workspace.state import State, Status
from bot.workspace.steps import Runs
from bot.workspace.tokens import Tokens
from bot.workspace.views import Views


WORKING = "is working on it…"
UNREACHABLE = "could not be reached"
LINK = re.compile(r"<(https?://([^/|>:]+)[^|>]*)(?:\|[^>]*)?>")
TOMBSTONE = "This message was deleted."


@dataclass(slots=True)
class Room:
    """People, channels, messages, views and files, and one app that hears of them."""

    state: State
    payloads: Payloads
    grants: Grants
    line: Line
    url: str  # where it listens, without a slash at the end
    views: Views
    conversations: Conversations
    sockets: Sockets
    tokens: Tokens
    runs: Runs = field(default_factory=Runs)
    streams: dict[tuple[str, str], float] = field(default_factory=dict)  # to its start
    faults: Faults = field(default_factory=Faults)

    @property
    def bot(self) -> Person:
        """The app's own user."""
        return self.state.directory.bot

    def post(self, message: Message) -> Message:
        """Write what the app said; Slack tells the app of its own messages too."""
        self.state.write(message)
        if message.only_for is None:
            self.announce(message, self.state.directory.channels[message.channel])
        return message

    def revise(self, message: Message) -> None:
        """Write a message anew, and tell the app that it has changed."""
        place = self.state.directory.channels[message.channel]
        old = self.state.message(message.channel, message.ts)
        before = self.state.scribe.to_slack(old)
        self.state.write(message)
        if message.only_for is None:
            written = self.state.scribe.to_slack(message)
            ts = self.state.board.next_ts()
            self.line.tell(self.payloads.changed(written, before, place, ts))

    def remove(self, message: Message) -> None:
        """Take a message away, and tell the app; a thread keeps a stone in its place."""
        thread = self.state.board.thread(message.channel, message.ts)
        if message.is_root and len(thread) > 1:
            self.revise(_stone(message))
            return
        place = self.state.directory.channels[message.channel]
        before = self.state.scribe.to_slack(message)
        self.state.erase(message)
        if message.only_for is None:
            ts = self.state.board.next_ts()
            self.line.tell(self.payloads.deleted(before, place, ts))

    def response_url(self, origin: Origin) -> str:
        """An address where the app may respond five times within half an hour."""
        return f"{self.url}/response/{self.grants.response(origin)}"

    def is_addressed(self, place: Channel, text: str) -> bool:
        """Whether a message there is put to the app."""
        return place.direct or f"<@{self.bot.id}>" in text

    def announce(self, message: Message, place: Channel) -> None:
        """Tell the app of a new message, once for each kind of event it makes."""
        written = self.state.scribe.to_slack(message)
        heard = self.line.tell(self.payloads.message(written, place))
        if message.user == self.bot.id:
            return
        self._announce_links(message, place)
        if not self.is_addressed(place, message.text):
            return
        if not place.direct:
            heard = self.line.tell(self.payloads.mention(written, place))
        self._note_failure(heard, Status(place.id, message.root, UNREACHABLE))

    def event(self, kind: str, **fields: Any) -> asyncio.Task[Answered] | None:
        """Tell the app of something that is no message."""
        at = self.state.board.next_ts()
        return self.line.tell({"type": kind, **fields, "event_ts": at})

    async def interact(self, call: Call, origin: Origin) -> Answered:
        """Send what a person did in a channel; a failure is shown to them at once."""
        answered = await self.line.interact(call)
        if answered.ok:
            self._take_response(answered.body, origin, call)
        else:
            self.say_failure(call.name, reason(answered), origin)
        return answered

    def say_failure(self, name: str, why: str, origin: Origin) -> None:
        """Tell a person, and nobody else, that what they did has failed."""
        respond(self, origin, {"text": f"{name} failed with the error “{why}”"})

    def _announce_links(self, message: Message, place: Channel) -> None:
        domains = self.state.config.features.unfurl_domains
        links = list(_links(message.text, domains))
        if links:
            self.event(
                "link_shared",
                channel=place.id,
                is_bot_user_member=self.bot.id in place.members,
                user=message.user,
                message_ts=message.ts,
                unfurl_id=f"{place.id}.{message.ts}",
                thread_ts=message.thread_ts or message.ts,
                source="conversations_history",
                links=links,
            )

    def _note_failure(
        self, answered: asyncio.Task[Answered] | None, status: Status
    ) -> None:
        failed = replace(status, failed=True)
        if answered is None:
            self.state.show(failed)
            return

        def show(task: asyncio.Task[Answered]) -> None:
            if not task.cancelled() and not task.result().ok:
                self.state.show(failed)

        answered.add_done_callback(show)

    def _take_response(self, body: str, origin: Origin, call: Call) -> None:
        """An acknowledgement of a command may already carry the response."""
        if call.direction != "commands" or not body.strip():
            return
        try:
            respond(self, origin, fields_of(body))
        except RefusedError as refused:
            self.say_failure(call.name, refused.error, origin)


def reason(answered: Answered) -> str:
    """Slack's word for why the app did not take what a person did."""
    late = answered.failure == "http_timeout"
    return "operation_timeout" if late else "dispatch_failed"


def _links(text: str, domains: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """The links to domains that the app unfurls, each once."""
    for url, host in dict.fromkeys(LINK.findall(text)):
        for domain in domains:
            if host == domain or host.endswith(f".{domain}"):
                yield {"url": url.replace("&amp;", "&"), "domain": domain}


def _stone(message: Message) -> Message:
    return replace(
        message,
        text=TOMBSTONE,
        blocks=(),
        files=(),
        attachments=(),
        subtype="tombstone",
    )
