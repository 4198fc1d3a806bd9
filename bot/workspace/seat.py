"""A person's seat: what they do with messages and files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from bot.workspace import controls
from bot.workspace.calling import Answered, Call
from bot.workspace.controls import TAPPED
from bot.workspace.grants import Origin
from bot.workspace.messages import Message
from bot.workspace.payloads import rich_text
from bot.workspace.room import WORKING
from bot.workspace.state import NotHereError, Status
from bot.workspace.summoning import Summoning


@dataclass(frozen=True, slots=True)
class Seat(Summoning):
    """Everything that one person can see and do."""

    def say(
        self,
        channel: str,
        text: str,
        thread_ts: str | None = None,
        files: tuple[dict[str, Any], ...] = (),
    ) -> str:
        """Post in Slack's markup (<@U…> mentions); the message's timestamp."""
        state = self.desk.state
        place, ts = state.place(channel), state.board.next_ts()
        thread_ts = thread_ts or self.desk.conversations.begun.get(place.id)
        message = Message(
            channel=place.id,
            ts=ts,
            user=self.person.id,
            text=text,
            blocks=(rich_text(text, f"typed-{ts}"),) if text else (),
            thread_ts=thread_ts,
            client_msg_id=f"00000000-0000-4000-8000-{ts.replace('.', '')[-12:]}",
            files=files,
            subtype="file_share" if files else None,
        )
        state.write(message)
        if self.desk.is_addressed(place, text):
            state.show(Status(place.id, message.root, WORKING))
        self.desk.announce(message, place)
        return ts

    def edit(self, channel: str, ts: str, text: str) -> None:
        """Write one of one's own messages anew."""
        message = self._own(channel, ts)
        state = self.desk.state
        self.desk.revise(
            replace(
                message,
                text=text,
                blocks=(rich_text(text, f"typed-{ts}"),),
                edited=state.board.next_ts(),
            )
        )

    def delete(self, channel: str, ts: str) -> None:
        """Take one of one's own messages away, or hide one that only they see."""
        message = self._found(channel, ts)
        if message.only_for != self.person.id:
            message = self._own(channel, ts)
        self.desk.remove(message)

    def react(self, channel: str, ts: str, name: str) -> None:
        """Put an emoji under a message."""
        message = self._found(channel, ts)
        given = (name, self.person.id)
        if given not in message.reactions:
            told = replace(message, reactions=(*message.reactions, given))
            self._reacted("reaction_added", told, name)

    def unreact(self, channel: str, ts: str, name: str) -> None:
        """Take one's emoji away again."""
        message = self._found(channel, ts)
        given = (name, self.person.id)
        if given in message.reactions:
            left = tuple(one for one in message.reactions if one != given)
            self._reacted("reaction_removed", replace(message, reactions=left), name)

    def upload(self, channel: str, name: str, content: bytes, text: str = "") -> str:
        """Post a file, with words if one likes; the message's timestamp."""
        place, files = self.desk.state.place(channel), self.desk.state.files
        now = self.desk.state.clock.now()
        file = files.announce(name, len(content), self.person.id, now)
        filled = replace(files.fill(file, content), title=name, channels=(place.id,))
        return self.say(channel, text, None, (files.told(files.complete(filled)),))

    async def choose(
        self, channel: str, ts: str, action: str, choice: Any = None
    ) -> Answered:
        """Tap a button, or choose in a menu, by action_id or value."""
        state, person = self.desk.state, self.person
        message = self._found(channel, ts)
        placed = controls.find(message.blocks, action)
        if placed[1]["type"] == "feedback_buttons" and choice is None:
            choice = action
        origin = Origin(person.id, message.channel, message.thread_ts, ts)
        done = controls.action(placed, choice, state.board.next_ts())
        payload = (
            self.desk.payloads.interaction("block_actions", person)
            | self.desk.payloads.in_message(message)
            | {
                "message": state.scribe.to_slack(message),
                "state": {"values": _values(done)},
                "trigger_id": self.desk.grants.trigger(origin),
                "response_url": self.desk.response_url(origin),
                "actions": [done],
            }
        )
        self._wait(message, placed[1])
        call = Call.interaction("actions", done["action_id"], payload)
        return await self.desk.interact(call, origin)

    def _own(self, channel: str, ts: str) -> Message:
        message = self._found(channel, ts)
        if message.user != self.person.id:
            raise NotHereError("Only their author can change or delete messages.")
        return message

    def _reacted(self, kind: str, message: Message, name: str) -> None:
        self.desk.state.write(message)
        self.desk.event(
            kind,
            user=self.person.id,
            reaction=name,
            item={"type": "message", "channel": message.channel, "ts": message.ts},
            item_user=message.user,
        )

    def _wait(self, message: Message, control: dict[str, Any]) -> None:
        """Show that the app works, unless the tap is one that nothing follows."""
        if control["type"] in TAPPED - {"feedback_buttons"} and not control.get("url"):
            waiting = Status(
                message.channel, message.root, WORKING, only_for=self.person.id
            )
            self.desk.state.show(waiting)


def _values(done: dict[str, Any]) -> dict[str, Any]:
    """The state of a message whose only control that keeps anything was used."""
    if done["type"] in TAPPED:
        return {}
    own = {"action_id", "block_id", "action_ts"}
    kept = {name: value for name, value in done.items() if name not in own}
    return {done["block_id"]: {done["action_id"]: kept}}
