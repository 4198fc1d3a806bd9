"""Hears when a workspace removes the app, or takes its token back."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from bot.slack.listeners.hearing import Body
from bot.slack.needs import Needs
from bot.slack.reception import Reception


NEEDS = Needs(events=("app_uninstalled", "tokens_revoked"))


def register(app: AsyncApp, reception: Reception) -> None:
    """Forget what the workspace gave us, and what we remember of its people."""

    async def on_uninstalled(context: AsyncBoltContext) -> None:
        await _forget(reception, context.team_id or "")

    async def on_revoked(event: Body, context: AsyncBoltContext) -> None:
        if (event.get("tokens") or {}).get("bot"):  # else it is only a person's token
            await _forget(reception, context.team_id or "")

    app.event("app_uninstalled")(on_uninstalled)
    app.event("tokens_revoked")(on_revoked)


async def _forget(reception: Reception, team: str) -> None:
    """Let go of the token, where several workspaces have one, and of every memory."""
    installations = reception.house.installations
    if installations is not None:
        await installations.forget(team)
    await reception.memories.forget_team(team)
