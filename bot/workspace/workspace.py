"""The workspace as people use it: they speak, command, tap, read and wait.

What else a person does hangs on their seat: `desk.seat(user)`, bot.workspace.seat.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.workspace.calling import FORM, Answered, App, Call
from bot.workspace.files import Files
from bot.workspace.grants import Origin
from bot.workspace.messages import Message
from bot.workspace.room import WORKING, Room
from bot.workspace.seat import Seat
from bot.workspace.state import Seen, Status
from bot.workspace.steps import Run
from bot.workspace.tokens import Token


PATIENCE = 10.0  # seconds that wait_for waits unless told otherwise


@dataclass(slots=True)
class Workspace(Room):
    """People, channels and messages, and one app that hears of them."""

    @property
    def api_url(self) -> str:
        """What an app sets as Slack's API address."""
        return f"{self.url}/api/"

    @property
    def files(self) -> Files:
        """Every file that the app or a person uploaded."""
        return self.state.files

    def connect(self, request_url: str, signing_secret: str, bot_token: str) -> None:
        """From now on this app hears what happens, and may call with this token."""
        self._admit(bot_token)
        self.line.app = App(request_url, signing_secret, bot_token)

    def connect_socket(self, app_token: str, bot_token: str) -> None:
        """From now on the app that connects with this token hears what happens."""
        self._admit(bot_token)
        self.tokens.allow(Token(app_token, "app"))
        self.line.app = App("", "", bot_token, self.sockets)

    def seat(self, user: str) -> Seat:
        """Where a person sits: everything they can see and do."""
        return Seat(self, self.state.person(user))

    def speak(
        self, user: str, channel: str, text: str, thread_ts: str | None = None
    ) -> str:
        """Post as a person, in Slack's markup (<@U…> mentions); its timestamp."""
        return self.seat(user).say(channel, text, thread_ts)

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
        call = Call("commands", command, body, FORM, fields)
        return await self.interact(call, origin)

    async def tap(self, user: str, channel: str, ts: str, action: str) -> Answered:
        """Tap a button as a person, by its action_id or value."""
        return await self.seat(user).choose(channel, ts, action)

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
        self, seen: Callable[[], Seen | None], within: float = PATIENCE
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
            by_app = tuple(m for m in said if m.user == self.bot.id)
            return by_app if len(by_app) >= count else ()

        return await self.wait_for(seen)

    async def step_done(self, run: str) -> Run:
        """A run of the app's workflow step, as soon as it is completed or failed."""

        def seen() -> Run | None:
            found = self.runs.find(run)
            return found if found.state != "running" else None

        return await self.wait_for(seen)

    async def settle(self) -> None:
        """Wait until no call to the app is under way."""
        await self.line.settle()

    def close(self) -> None:
        """Give up every call that is still under way, and end every live page."""
        self.line.cut()
        self.state.feed.close()

    def _admit(self, bot_token: str) -> None:
        if bot_token:
            self.tokens.allow(
                Token(bot_token, scopes=self.state.config.features.scopes)
            )
