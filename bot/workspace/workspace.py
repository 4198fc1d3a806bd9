"""The workspace as people use it: they speak, command, tap, read and wait."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from bot.workspace.buttons import action_of
from bot.workspace.calling import FORM, Answered, App, Call
from bot.workspace.directory import Channel
from bot.workspace.faults import Faults
from bot.workspace.grants import Grants, Origin
from bot.workspace.line import Line
from bot.workspace.messages import Message
from bot.workspace.payloads import Payloads, rich_text
from bot.workspace.responses import RefusedError, fields_of, respond
from bot.workspace.state import Seen, State, Status


WORKING = "is working on it…"
UNREACHABLE = "could not be reached"
PATIENCE = 10.0  # seconds that wait_for waits unless told otherwise


@dataclass(slots=True)
class Workspace:
    """People, channels and messages, and one app that hears of them."""

    state: State
    payloads: Payloads
    grants: Grants
    line: Line
    url: str  # where it listens, without a slash at the end
    faults: Faults = field(default_factory=Faults)

    @property
    def api_url(self) -> str:
        """What an app sets as Slack's API address."""
        return f"{self.url}/api/"

    def connect(self, request_url: str, signing_secret: str, bot_token: str) -> None:
        """From now on this app hears what happens, and may call with this token."""
        self.line.app = App(request_url, signing_secret, bot_token)

    def speak(
        self, user: str, channel: str, text: str, thread_ts: str | None = None
    ) -> str:
        """Post as a person, in Slack's markup (<@U…> mentions); its timestamp."""
        place, ts = self.state.place(channel), self.state.board.next_ts()
        message = Message(
            channel=place.id,
            ts=ts,
            user=self.state.person(user).id,
            text=text,
            blocks=(rich_text(text, f"typed-{ts}"),),
            thread_ts=thread_ts,
            client_msg_id=f"00000000-0000-4000-8000-{ts.replace('.', '')[-12:]}",
        )
        self.state.write(message)
        if self._is_addressed(place, text):
            self.state.show(Status(place.id, message.root, WORKING))
        self._announce(message, place)
        return ts

    async def command(
        self, user: str, channel: str, command: str, text: str = ""
    ) -> Answered:
        """Use a slash command as a person; what the app answered at once."""
        person, place = self.state.person(user), self.state.place(channel)
        origin = Origin(person.id, place.id)
        fields = self.payloads.command(person, place) | {
            "command": command,
            "text": text,
            "trigger_id": self.grants.trigger(origin),
            "response_url": self.response_url(origin),
        }
        self.state.show(Status(place.id, "", WORKING, only_for=person.id))
        body = urlencode(fields).encode()
        return await self._interact(
            Call("commands", command, body, FORM, fields), origin
        )

    async def tap(self, user: str, channel: str, ts: str, action: str) -> Answered:
        """Tap a button as a person, by its action_id or value."""
        person, place = self.state.person(user), self.state.place(channel)
        message = self.state.message(place.id, ts)
        origin = Origin(person.id, place.id, message.thread_ts, ts)
        payload = self.payloads.tap(person, place, message) | {
            "message": self.state.scribe.to_slack(message),
            "trigger_id": self.grants.trigger(origin),
            "response_url": self.response_url(origin),
            "actions": [action_of(message, action, self.state.board.next_ts())],
        }
        self.state.show(Status(place.id, message.root, WORKING, only_for=person.id))
        body = urlencode({"payload": json.dumps(payload)}).encode()
        return await self._interact(
            Call("actions", payload["actions"][0]["action_id"], body, FORM, payload),
            origin,
        )

    def read(self, channel: str) -> tuple[Message, ...]:
        """What stands in the channel itself, oldest first."""
        return self.state.board.history(self.state.place(channel).id)

    def thread(self, channel: str, ts: str) -> tuple[Message, ...]:
        """A thread, its first message included, oldest first."""
        return self.state.board.thread(self.state.place(channel).id, ts)

    def only_for(self, user: str, channel: str) -> tuple[Message, ...]:
        """The ephemeral messages that this person sees in a channel."""
        place = self.state.place(channel).id
        return tuple(m for m in self.state.board.all_in(place) if m.only_for == user)

    async def wait_for(
        self, seen: Callable[[], Seen], within: float = PATIENCE
    ) -> Seen:
        """What `seen` returns once that is true; TimeoutError after so many seconds."""
        async with asyncio.timeout(within):
            return await self.state.wait_for(seen)

    async def replies(
        self, channel: str, ts: str, count: int = 1
    ) -> tuple[Message, ...]:
        """The app's first messages in a thread, as soon as there are so many."""

        def seen() -> tuple[Message, ...]:
            said = self.thread(channel, ts)
            by_app = tuple(m for m in said if m.user == self.state.directory.bot.id)
            return by_app if len(by_app) >= count else ()

        return await self.wait_for(seen)

    async def settle(self) -> None:
        """Wait until no call to the app is under way."""
        await self.line.settle()

    def close(self) -> None:
        """Give up every call that is still under way, and end every live page."""
        self.line.cut()
        self.state.feed.close()

    def post(self, message: Message) -> Message:
        """Write what the app said; Slack tells the app of its own messages too."""
        self.state.write(message)
        if message.only_for is None:
            self._announce(message, self.state.directory.channels[message.channel])
        return message

    def revise(self, message: Message) -> None:
        """Write a message anew, and tell the app that it has changed."""
        place = self.state.directory.channels[message.channel]
        self.state.write(message)
        if message.only_for is None:
            written = self.state.scribe.to_slack(message)
            ts = self.state.board.next_ts()
            self.line.tell(self.payloads.changed(written, place, ts))

    def response_url(self, origin: Origin) -> str:
        """An address where the app may respond five times within half an hour."""
        return f"{self.url}/response/{self.grants.response(origin)}"

    def _is_addressed(self, place: Channel, text: str) -> bool:
        return place.direct or f"<@{self.state.directory.bot.id}>" in text

    def _announce(self, message: Message, place: Channel) -> None:
        written = self.state.scribe.to_slack(message)
        heard = self.line.tell(self.payloads.message(written, place))
        by_person = message.user != self.state.directory.bot.id
        if not by_person or not self._is_addressed(place, message.text):
            return
        if not place.direct:
            heard = self.line.tell(self.payloads.mention(written, place))
        self._note_failure(heard, Status(place.id, message.root, UNREACHABLE))

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

    async def _interact(self, call: Call, origin: Origin) -> Answered:
        """A failure is shown to the person at once."""
        answered = await self.line.interact(call)
        if answered.ok:
            self._take_response(answered.body, origin, call)
        else:
            self._say_failure(call.name, _reason(answered), origin)
        return answered

    def _take_response(self, body: str, origin: Origin, call: Call) -> None:
        """An acknowledgement of a command may already carry the response."""
        if call.direction != "commands" or not body.strip():
            return
        try:
            respond(self, origin, fields_of(body))
        except RefusedError as refused:
            self._say_failure(call.name, refused.error, origin)

    def _say_failure(self, name: str, reason: str, origin: Origin) -> None:
        respond(self, origin, {"text": f"{name} failed with the error “{reason}”"})


def _reason(answered: Answered) -> str:
    late = answered.failure == "http_timeout"
    return "operation_timeout" if late else "dispatch_failed"
