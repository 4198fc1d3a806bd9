"""A person before a view: the Home tab, a modal, what they fill in and hand in."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.workspace import assistant_view, controls
from bot.workspace.calling import Answered, Call
from bot.workspace.controls import Placed
from bot.workspace.directory import Person
from bot.workspace.grants import Origin
from bot.workspace.responses import RefusedError
from bot.workspace.room import Room
from bot.workspace.state import NotHereError
from bot.workspace.submitting import read_answer, unfilled
from bot.workspace.taking import taken_view
from bot.workspace.views import TROUBLE, View


PATIENCE = 10.0  # seconds to wait for what the app shows


@dataclass(frozen=True, slots=True)
class Viewing:
    """One person, and the views that only they see."""

    desk: Room
    person: Person

    @property
    def home(self) -> View | None:
        """The person's Home tab, once the app has published one."""
        return self.desk.views.homes.get(self.person.id)

    @property
    def modals(self) -> tuple[View, ...]:
        """The modals that are open, the one on top last."""
        return self.desk.views.stacks.get(self.person.id, ())

    @property
    def modal(self) -> View | None:
        """The modal on top."""
        return self.modals[-1] if self.modals else None

    async def see_home(self) -> View:
        """The person's Home tab, as soon as the app has published one."""
        async with asyncio.timeout(PATIENCE):
            return await self.desk.state.wait_for(lambda: self.home)

    async def see_modal(self, callback_id: str = "") -> View:
        """The modal on top, as soon as there is one, or one that is so called."""
        async with asyncio.timeout(PATIENCE):
            return await self.desk.state.wait_for(lambda: self._modal(callback_id))

    async def open_home(self) -> None:
        """Open the Home tab: the app is told, and can publish."""
        await self._opened("home")

    async def open_messages(self) -> None:
        """Open the direct talk with the app: it is told, and can offer prompts.

        In the older assistant view that begins a thread of its own, once.
        """
        await self._opened("messages")
        begun = assistant_view.begin(self.desk, self.person, self._direct())
        if begun:
            await begun

    async def choose_in_home(self, action: str, choice: Any = None) -> Answered:
        """Tap or choose something in the Home tab, by action_id or value."""
        return await self._choose(self._seen(self.home), action, choice)

    async def choose_in_modal(self, action: str, choice: Any = None) -> Answered:
        """Tap or choose something in the modal on top, by action_id or value."""
        return await self._choose(self._seen(self.modal), action, choice)

    async def submit(self, filled: Mapping[str, Any] | None = None) -> dict[str, str]:
        """Hand in the modal on top; what is wrong, by block_id, or nothing."""
        view = self._seen(self.modal)
        for name, choice in (filled or {}).items():
            view = self._fill(view, controls.find(view.blocks, name), choice)
        problems = dict(unfilled(view))
        if problems:
            self.desk.views.object_to(view, problems)
            return problems
        origin = Origin(self.person.id, self._direct())
        payload = self._about(view, "view_submission", origin) | {"response_urls": []}
        call = Call.interaction("views", view.callback_id or view.id, payload)
        return self._answered(view, await self.desk.line.interact(call))

    async def dismiss(self) -> None:
        """Close the modal on top; the app is told if it wanted to know."""
        view = self._seen(self.modal)
        if view.given.get("clear_on_close"):
            await self.dismiss_all()
            return
        self.desk.views.pop(view)
        await self._closed(view, is_cleared=False)

    async def dismiss_all(self) -> None:
        """Close every modal."""
        stack = self.modals
        self.desk.views.clear(self.person.id)
        for view in reversed(stack):
            await self._closed(view, is_cleared=True)

    async def suggest(self, action: str, typed: str = "") -> list[str]:
        """What the app offers in an external menu for these letters: option values."""
        return [option["value"] for option in await self.options(action, typed)]

    async def options(self, action: str, typed: str) -> list[dict[str, Any]]:
        """The same, with their words; they can be chosen from now on."""
        view = self._seen(self.modal or self.home)
        block, control = controls.find(view.blocks, action)
        payload = self._about(view, "block_suggestion", None) | {
            "container": {"type": "view", "view_id": view.id},
            "action_id": control["action_id"],
            "block_id": block["block_id"],
            "value": typed,
        }
        call = Call.interaction("options", control["action_id"], payload)
        answered = await self.desk.line.interact(call)
        found = controls.options(_offer(answered.body)) if answered.ok else []
        self.desk.views.offered[view.id, control["action_id"]] = found
        return found

    async def _opened(self, tab: str) -> None:
        fields: dict[str, Any] = {"tab": tab}
        if tab == "home" and self.home:
            fields["view"] = self.desk.payloads.view(self.home)
        user = self.person.id
        told = self.desk.event(
            "app_home_opened", user=user, channel=self._direct(), **fields
        )
        if told:
            await told

    async def _choose(self, view: View, name: str, choice: Any) -> Answered:
        placed = controls.find(view.blocks, name)
        if placed[1]["type"] in controls.HOLDS.keys() - {"overflow"}:
            view = self._fill(view, placed, choice)
        origin = Origin(self.person.id, self._direct())
        done = self._done(view, placed, choice)
        payload = self._about(view, "block_actions", origin) | {
            "container": {"type": "view", "view_id": view.id},
            "actions": [done],
        }
        call = Call.interaction("actions", done["action_id"], payload)
        answered = await self.desk.line.interact(call)
        if not answered.ok:
            self.desk.views.object_to(view, {"": TROUBLE})
        return answered

    def _done(self, view: View, placed: Placed, choice: Any) -> dict[str, Any]:
        at = self.desk.state.board.next_ts()
        block, control = placed
        kept = view.values.get(block["block_id"], {}).get(control["action_id"])
        if kept is None:
            return controls.action(placed, choice, at)
        about = {"action_id": control["action_id"], "block_id": block["block_id"]}
        return {**about, **kept, "action_ts": at}

    def _fill(self, view: View, placed: Placed, choice: Any) -> View:
        block, control = placed
        offered = self.desk.views.offered.get((view.id, control["action_id"]), ())
        kept = controls.held(control, choice, offered)
        inside = {**view.values.get(block["block_id"], {}), control["action_id"]: kept}
        values = {**view.values, block["block_id"]: inside}
        return self.desk.views.keep(replace(view, values=values))

    def _answered(self, view: View, answered: Answered) -> dict[str, str]:
        """Do what the app answered to a submission."""
        if not answered.ok:
            return self._trouble(view)
        try:
            return self._act(view, read_answer(answered.body))
        except RefusedError:
            return self._trouble(view)

    def _act(self, view: View, answer: dict[str, Any]) -> dict[str, str]:
        views, wanted = self.desk.views, answer.get("response_action")
        if wanted == "errors":
            problems: dict[str, str] = answer["errors"]
            views.object_to(view, problems)
            return problems
        if wanted == "clear":
            views.clear(view.user)
        elif wanted == "update":
            views.update(view, taken_view(self.desk.state.files, answer.get("view")))
        elif wanted == "push":
            given = taken_view(self.desk.state.files, answer.get("view"))
            views.push(view.user, given)
        else:
            views.pop(view)
        return {}

    def _trouble(self, view: View) -> dict[str, str]:
        self.desk.views.object_to(view, {"": TROUBLE})
        return {"": TROUBLE}

    async def _closed(self, view: View, *, is_cleared: bool) -> None:
        if view.given.get("notify_on_close"):
            payload = self._about(view, "view_closed", None)
            payload["is_cleared"] = is_cleared
            name = view.callback_id or view.id
            await self.desk.line.interact(Call.interaction("views", name, payload))

    def _about(self, view: View, kind: str, origin: Origin | None) -> dict[str, Any]:
        about = self.desk.payloads.interaction(kind, self.person)
        about["view"] = self.desk.payloads.view(view)
        if origin:
            about["trigger_id"] = self.desk.grants.trigger(origin)
        return about

    def _modal(self, callback_id: str) -> View | None:
        view = self.modal
        wanted = view and callback_id in {"", view.callback_id}
        return view if wanted else None

    def _seen(self, view: View | None) -> View:
        if view is None:
            raise NotHereError(f"{self.person.real_name} sees no such view.")
        return view

    def _direct(self) -> str:
        place = self.desk.state.directory.direct(self.person.id)
        return place.id if place else ""


def _offer(body: str) -> dict[str, Any]:
    answer = json.loads(body) if body.strip() else {}
    return answer if isinstance(answer, dict) else {}
