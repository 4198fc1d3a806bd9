"""Hears when a workspace removes the app, or takes its token back."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs

from bot.slack.listeners.before_ack import before_ack
from bot.slack.needs import Needs
from bot.slack.reception import Reception


NEEDS = Needs(events=("app_uninstalled", "tokens_revoked"))


def register(app: AsyncApp, reception: Reception) -> None:
    """Forget what the workspace gave us, and what we remember of its people."""

    async def on_uninstalled(args: AsyncArgs) -> None:
        await _forget(reception, args.context.team_id or "")

    async def on_revoked(args: AsyncArgs) -> None:
        tokens = (args.event or {}).get("tokens") or {}
        if tokens.get("bot"):  # else it is only a person's token
            await _forget(reception, args.context.team_id or "")

    async def nothing_more() -> None:
        """It is done before Slack is told that we heard."""

    app.event("app_uninstalled", middleware=[before_ack(on_uninstalled)])(nothing_more)
    app.event("tokens_revoked", middleware=[before_ack(on_revoked)])(nothing_more)


async def _forget(reception: Reception, team: str) -> None:
    """Let go of the token, where several workspaces have one, and of every memory."""
    installations = reception.house.installations
    if installations is not None:
        await installations.forget(team)
    await reception.memories.forget_team(team)
