"""A Bolt app with every surface that the workspace knows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp

from bot.workspace.workspace import Workspace
from tests.workspace.desks import SECRET, TOKEN, listening
from tests.workspace.surfaces import HOME, make_modal, option, plain, section


Body = dict[str, Any]
HEARD = ("message", "reaction_added", "reaction_removed", "tokens_revoked")


@dataclass(slots=True)
class Told:
    """The listeners of the app, and what they were told, by kind of surface."""

    bodies: list[tuple[str, Body]] = field(default_factory=list)
    answer: Body = field(default_factory=dict)  # to the next submission

    def of(self, kind: str) -> list[Body]:
        return [body for name, body in self.bodies if name == kind]

    async def on_opened(self, event: Body, client: Any) -> None:
        self.bodies.append(("app_home_opened", event))
        if event["tab"] == "home":
            await client.views_publish(user_id=event["user"], view=HOME)
            return
        prompts = [{"title": "Rate", "message": "What is the rate?"}]
        await client.assistant_threads_setSuggestedPrompts(
            channel_id=event["channel"], title="Try", prompts=prompts
        )

    async def on_link(self, event: Body, client: Any) -> None:
        self.bodies.append(("link_shared", event))
        shown = {"blocks": [section("A paper")]}
        await client.chat_unfurl(
            channel=event["channel"],
            ts=event["message_ts"],
            unfurls={link["url"]: shown for link in event["links"]},
        )

    async def on_step(self, inputs: Body, complete: Any, fail: Any) -> None:
        if inputs["question"] == "?":
            await fail("That is no question.")
        else:
            await complete({"answer": f"Heard: {inputs['question']}"})

    async def on_event(self, event: Body) -> None:
        self.bodies.append((event.get("subtype") or event["type"], event))

    async def on_ask(self, ack: Any, body: Body, client: Any) -> None:
        await ack()
        self.bodies.append((body["type"], body))
        await client.views_open(trigger_id=body["trigger_id"], view=make_modal())

    async def on_message_shortcut(self, ack: Any, body: Body, respond: Any) -> None:
        await ack()
        self.bodies.append(("message_action", body))
        await respond(text=f"From the file: {body['message']['text']}")

    async def on_deeper(self, ack: Any, body: Body, client: Any) -> None:
        await ack()
        view = make_modal(title=plain("Deeper"), callback_id="deeper")
        await client.views_push(trigger_id=body["trigger_id"], view=view)

    async def on_choice(self, ack: Any, body: Body) -> None:
        await ack()
        self.bodies.append(("block_actions", body))

    async def on_typed(self, ack: Any, payload: Body) -> None:
        await ack(options=[option(f"{payload['value']}-one"), option("two")])

    async def on_submission(self, ack: Any, body: Body) -> None:
        self.bodies.append(("view_submission", body))
        await ack(**self.answer)

    async def on_closed(self, ack: Any, body: Body) -> None:
        await ack()
        self.bodies.append(("view_closed", body))


@asynccontextmanager
async def showing(desk: Workspace) -> AsyncIterator[Told]:
    """Let the app with every surface hear the workspace."""
    told = Told()
    app = make_app(desk, told)

    async def hear(request: web.Request) -> web.StreamResponse:
        answer = await app.async_dispatch(await to_bolt_request(request))
        return await to_aiohttp_response(answer)

    async with listening(desk, hear):
        yield told


def make_app(desk: Workspace, told: Told) -> AsyncApp:
    app = AsyncApp(token=TOKEN, signing_secret=SECRET)
    app.client.base_url = desk.api_url
    app.event("app_home_opened")(told.on_opened)
    app.event("link_shared")(told.on_link)
    app.function("ask_step")(told.on_step)
    app.shortcut("ask")(told.on_ask)
    app.action("settings")(told.on_ask)
    app.shortcut("from_file")(told.on_message_shortcut)
    app.action("deeper")(told.on_deeper)
    app.options("topic")(told.on_typed)
    app.view_closed("question")(told.on_closed)
    for kind in HEARD:
        app.event(kind)(told.on_event)
    for action in ("theme", "feedback", "menu"):
        app.action(action)(told.on_choice)
    for view in ("question", "deeper"):
        app.view(view)(told.on_submission)
    return app
