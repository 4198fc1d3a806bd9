"""Hears when somebody posts the address of a work that the pack cites."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.knowledge.model import Source
from bot.slack.blocks.kit import Block
from bot.slack.listeners.hearing import Body
from bot.slack.lookups import work_blocks
from bot.slack.needs import Needs
from bot.slack.reception import Reception


NEEDS = Needs(
    scopes={
        "links:read": "sees addresses of papers and registries",
        "links:write": "says below them which work that is",
    },
    events=("link_shared",),
    domains=("clinicaltrials.gov", "doi.org", "isrctn.com", "pubmed.ncbi.nlm.nih.gov"),
)

MOST = 5  # previews below one message; more hide what was written


def register(app: AsyncApp, reception: Reception) -> None:
    """Show below a message which works of the pack its addresses lead to."""

    async def on_links(event: Body, client: AsyncWebClient) -> None:
        catalogue = reception.house.catalogue
        urls = [str(link.get("url")) for link in event.get("links") or ()]
        works = [(url, catalogue.work_at(url)) for url in dict.fromkeys(urls)]
        known = [(url, work) for url, work in works if work is not None][:MOST]
        if known:
            await client.chat_unfurl(
                channel=event["channel"],
                ts=event["message_ts"],
                unfurls={url: {"blocks": _preview(work)} for url, work in known},
            )

    app.event("link_shared")(on_links)


def _preview(work: Source) -> list[Block]:
    return list(work_blocks(work))
