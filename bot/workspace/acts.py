"""What a page or another process can do on a person's seat, over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from aiohttp import web
from pydantic import Base64Bytes, BaseModel, ConfigDict, Field

from bot.workspace.seat import Seat
from bot.workspace.state import NotHereError
from bot.workspace.typed import as_markup
from bot.workspace.workspace import Workspace


LONGEST = 40_000  # characters; Slack's own composer stops at about 12,000
Words = Annotated[str, Field(min_length=1, max_length=LONGEST)]


class Act(BaseModel):
    """One thing that a person does; it says who."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    user: str

    async def done(self, seat: Seat) -> Any:
        """Do it; what a page learns of it."""
        raise NotImplementedError


class InMessage(Act):
    """Something that is done to a message."""

    channel: str
    ts: str


class OpenHome(Act):
    """Open the Home tab."""

    async def done(self, seat: Seat) -> None:
        """Tell the app."""
        await seat.open_home()


class OpenMessages(Act):
    """Open the direct talk with the app."""

    async def done(self, seat: Seat) -> None:
        """Tell the app."""
        await seat.open_messages()


class Choose(InMessage):
    """Tap or choose something in a message."""

    action: str
    choice: Any = None

    async def done(self, seat: Seat) -> int:
        """Tell the app; its status."""
        chosen = await seat.choose(self.channel, self.ts, self.action, self.choice)
        return chosen.status


class ChooseInView(Act):
    """Tap or choose something in the modal on top, or else in the Home tab."""

    action: str
    choice: Any = None
    where: str = "modal"

    async def done(self, seat: Seat) -> int:
        """Tell the app; its status."""
        if self.where == "home":
            return (await seat.choose_in_home(self.action, self.choice)).status
        return (await seat.choose_in_modal(self.action, self.choice)).status


class Submit(Act):
    """Hand in the modal on top."""

    filled: Mapping[str, Any] = {}

    async def done(self, seat: Seat) -> dict[str, str]:
        """Tell the app; what is wrong with the input."""
        return await seat.submit(self.filled)


class Dismiss(Act):
    """Close the modal on top."""

    async def done(self, seat: Seat) -> None:
        """Tell the app if it wanted to know."""
        await seat.dismiss()


class Suggest(Act):
    """Look for options of an external menu."""

    action: str
    typed: str = ""

    async def done(self, seat: Seat) -> list[dict[str, Any]]:
        """Ask the app; its options."""
        return await seat.options(self.action, self.typed)


class UseShortcut(Act):
    """Take an entry of the lightning menu, or of a message's menu."""

    callback_id: str
    channel: str = ""
    ts: str = ""

    async def done(self, seat: Seat) -> int:
        """Tell the app; its status."""
        if self.ts:
            used = await seat.use_message_shortcut(
                self.callback_id, self.channel, self.ts
            )
            return used.status
        return (await seat.use_shortcut(self.callback_id)).status


class Edit(InMessage):
    """Write one's own message anew."""

    typed: Words

    async def done(self, seat: Seat) -> None:
        """Change it."""
        text = as_markup(self.typed, seat.desk.state.directory)
        seat.edit(self.channel, self.ts, text)


class Delete(InMessage):
    """Take one's own message away."""

    async def done(self, seat: Seat) -> None:
        """Remove it."""
        seat.delete(self.channel, self.ts)


class React(InMessage):
    """Put an emoji under a message, or take it away again."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9_+'-]{1,100}$")]

    async def done(self, seat: Seat) -> None:
        """Change it to the other."""
        message = seat.desk.state.message(self.channel, self.ts)
        given = (self.name, self.user) in message.reactions
        act = seat.unreact if given else seat.react
        act(self.channel, self.ts, self.name)


class Upload(Act):
    """Post a file."""

    channel: str
    name: Annotated[str, Field(min_length=1, max_length=200)]
    content: Base64Bytes
    typed: Annotated[str, Field(max_length=LONGEST)] = ""

    async def done(self, seat: Seat) -> str:
        """Post it; the message's timestamp."""
        text = as_markup(self.typed, seat.desk.state.directory)
        return seat.upload(self.channel, self.name, self.content, text)


class Run(Act):
    """Let Workflow Builder run the app's step."""

    callback_id: str
    inputs: Mapping[str, Any] = {}

    async def done(self, seat: Seat) -> str:
        """Begin it; the id of the run."""
        return seat.run_step(self.callback_id, self.inputs)


class Stop(Act):
    """Press Stop while the agent works."""

    channel: str
    thread_ts: str

    async def done(self, seat: Seat) -> None:
        """Tell the app."""
        seat.stop_agent(self.channel, self.thread_ts)


class LookAt(Act):
    """Turn to a channel while the talk with the app is open."""

    channel: str

    async def done(self, seat: Seat) -> None:
        """Tell the app."""
        seat.look_at(self.channel)


ACTS: Mapping[str, type[Act]] = {
    "choose": Choose,
    "choose-in-view": ChooseInView,
    "delete": Delete,
    "dismiss": Dismiss,
    "edit": Edit,
    "look-at": LookAt,
    "open-home": OpenHome,
    "open-messages": OpenMessages,
    "react": React,
    "run": Run,
    "shortcut": UseShortcut,
    "stop": Stop,
    "submit": Submit,
    "suggest": Suggest,
    "upload": Upload,
}


@dataclass(frozen=True, slots=True)
class Acts:
    """The part of the workspace under /desk/act/."""

    desk: Workspace

    async def answer(self, request: web.Request) -> web.Response:
        """Do one thing as a person."""
        name = request.match_info["act"]
        if name not in ACTS:
            raise NotHereError(f"Nobody here can {name!r}.")
        act = ACTS[name].model_validate_json(await request.read())
        done = await act.done(self.desk.seat(act.user))
        return web.json_response({"done": done})
