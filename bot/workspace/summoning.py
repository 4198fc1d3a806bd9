"""A person calls on the app from outside of a message: shortcuts, steps, Stop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.workspace import assistant_view
from bot.workspace.calling import Answered, Call
from bot.workspace.conversing import Conversation
from bot.workspace.features import Kind, Shortcut
from bot.workspace.grants import Origin
from bot.workspace.messages import Message
from bot.workspace.room import reason
from bot.workspace.state import NotHereError
from bot.workspace.tokens import Token
from bot.workspace.viewing import Viewing


@dataclass(frozen=True, slots=True)
class Summoning(Viewing):
    """One person, and what they can make the app do wherever they are."""

    async def use_shortcut(self, callback_id: str) -> Answered:
        """Take an entry of the lightning menu."""
        shortcut = self._shortcut(callback_id, "global")
        origin = Origin(self.person.id, self._direct())
        payload = self.desk.payloads.interaction("shortcut", self.person) | {
            "callback_id": callback_id,
            "trigger_id": self.desk.grants.trigger(origin),
            "action_ts": self.desk.state.board.next_ts(),
        }
        return await self._shortcut_used(shortcut, payload, origin)

    async def use_message_shortcut(
        self, callback_id: str, channel: str, ts: str
    ) -> Answered:
        """Take an entry of a message's own menu."""
        shortcut = self._shortcut(callback_id, "message")
        message = self._found(channel, ts)
        origin = Origin(self.person.id, message.channel, message.thread_ts, ts)
        about = self.desk.payloads.in_message(message)
        payload = self.desk.payloads.interaction("message_action", self.person) | {
            "channel": about["channel"],
            "callback_id": callback_id,
            "trigger_id": self.desk.grants.trigger(origin),
            "response_url": self.desk.response_url(origin),
            "action_ts": self.desk.state.board.next_ts(),
            "message_ts": ts,
            "message": self.desk.state.scribe.to_slack(message),
        }
        return await self._shortcut_used(shortcut, payload, origin)

    def run_step(self, callback_id: str, inputs: Mapping[str, Any]) -> str:
        """Let Workflow Builder run the app's step; the id of the run."""
        step = self.desk.state.config.features.step(callback_id)
        if step is None:
            raise NotHereError(f"The app has no step {callback_id!r}.")
        run = self.desk.runs.start(step, self.person.id, inputs)
        token = self.desk.tokens.issue("step", Token(""))
        self.desk.event(
            "function_executed",
            function={
                "id": "Fn0STEP00001",
                "callback_id": callback_id,
                "title": step.title,
                "description": step.description,
                "type": "app",
                "input_parameters": list(step.inputs),
                "output_parameters": list(step.outputs),
                "app_id": self.desk.state.config.app_id,
            },
            inputs=dict(inputs),
            function_execution_id=run.id,
            workflow_execution_id=run.id.replace("Fx", "Wx"),
            bot_access_token=token.value,
        )
        return run.id

    def prompts(self, channel: str = "", thread_ts: str = "") -> Conversation:
        """The prompts, title and session of a conversation with the agent."""
        return self.desk.conversations.of(channel or self._direct(), thread_ts)

    def stop_agent(self, channel: str, thread_ts: str) -> None:
        """Press Stop while the agent works: streams end, the rest is the app's part."""
        place = self.desk.state.place(channel)
        streams = [
            ts
            for where, ts in self.desk.streams
            if where == place.id and self._found(where, ts).root == thread_ts
        ]
        for ts in streams:
            del self.desk.streams[place.id, ts]
        self.desk.event(
            "agent_session_stopped",
            channel=place.id,
            thread_ts=thread_ts,
            user=self.person.id,
            streaming_message_ts=streams,
        )

    def look_at(self, channel: str) -> None:
        """Turn to a channel while the talk with the app stays open beside it."""
        place = self.desk.state.place(channel).id
        assistant_view.turn_to(self.desk, self.person, self._direct(), place)

    def uninstall(self) -> None:
        """Remove the app from the workspace: it is told, and its tokens end."""
        bots = self.desk.tokens.of_kind("bot")
        self.desk.event(
            "tokens_revoked", tokens={"oauth": [], "bot": [self.desk.bot.id]}
        )
        self.desk.event("app_uninstalled")
        self.desk.tokens.revoke((t.value for t in bots), "account_inactive")

    def _found(self, channel: str, ts: str) -> Message:
        return self.desk.state.message(self.desk.state.place(channel).id, ts)

    def _shortcut(self, callback_id: str, kind: Kind) -> Shortcut:
        shortcut = self.desk.state.config.features.shortcut(callback_id)
        if shortcut is None or shortcut.kind != kind:
            raise NotHereError(f"The app has no {kind} shortcut {callback_id!r}.")
        return shortcut

    async def _shortcut_used(
        self, shortcut: Shortcut, payload: dict[str, Any], origin: Origin
    ) -> Answered:
        call = Call.interaction("shortcuts", shortcut.callback_id, payload)
        answered = await self.desk.line.interact(call)
        if not answered.ok:
            self.desk.say_failure(shortcut.name, reason(answered), origin)
        return answered
