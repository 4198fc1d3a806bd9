"""Hears when a workspace removes the app, or takes its token back."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from bot.slack.listeners.hearing import Body
from bot.slack.needs import Needs
from bot.slack.reception import Reception


NEEDS = Needs(events=("app_uninstalled", "tokens_revoked"))


def register(app: AsyncApp, reception: Reception) -> None:
    """Forget what the workspace gave us; with one static token there is nothing."""
    installations = reception.house.installations

    async def on_uninstalled(context: AsyncBoltContext) -> None:
        if installations is not None:
            await installations.forget(context.team_id or "")

    async def on_revoked(event: Body, context: AsyncBoltContext) -> None:
        is_ours = bool((event.get("tokens") or {}).get("bot"))
        if installations is not None and is_ours:
            await installations.forget(context.team_id or "")

    app.event("app_uninstalled")(on_uninstalled)
    app.event("tokens_revoked")(on_revoked)
