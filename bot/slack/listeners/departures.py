"""Hears when a workspace removes the app, or takes its token back."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.slack.listeners.before_ack import BeforeAck, event_of
from bot.slack.needs import Needs
from bot.slack.reception import Reception


NEEDS = Needs(events=("app_uninstalled", "tokens_revoked"))


def register(app: AsyncApp, reception: Reception) -> None:
    """Forget what the workspace gave us, and what we remember of its people."""

    async def on_uninstalled(request: AsyncBoltRequest) -> None:
        await _forget(reception, request.context.team_id or "")

    async def on_revoked(request: AsyncBoltRequest) -> None:
        tokens = event_of(request).get("tokens") or {}
        if tokens.get("bot"):  # else it is only a person's token
            await _forget(reception, request.context.team_id or "")

    async def nothing_more() -> None:
        """It is done before Slack is told that we heard."""

    app.event("app_uninstalled", middleware=[BeforeAck(on_uninstalled)])(nothing_more)
    app.event("tokens_revoked", middleware=[BeforeAck(on_revoked)])(nothing_more)


async def _forget(reception: Reception, team: str) -> None:
    """Let go of the token, where several workspaces have one, and of every memory."""
    installations = reception.house.installations
    if installations is not None:
        await installations.forget(team)
    await reception.memories.forget_team(team)
