"""Views, blocks and features for the app with every surface."""

from __future__ import annotations

from typing import Any

from bot.workspace.directory import WorkspaceConfig
from bot.workspace.features import Features, OAuthClient, Shortcut, Step
from tests.workspace.desks import QUESTIONS


SHORTCUTS = (
    Shortcut("ask", "Ask privately", "global"),
    Shortcut("from_file", "Answer from the file", "message"),
)
STEP = Step(
    "ask_step",
    "Ask the file",
    inputs=({"name": "question", "type": "string", "is_required": True},),
    outputs=({"name": "answer", "type": "string", "is_required": True},),
)
CLIENT = OAuthClient("1.2", "client-secret", rotates=True)
FEATURES = Features(
    shortcuts=SHORTCUTS,
    steps=(STEP,),
    unfurl_domains=("doi.example",),
    client=CLIENT,
)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364f8ff1f00030301005ae27c2b0000000049454e44ae426082"
)


def make_surfaces(**changes: Any) -> WorkspaceConfig:
    return WorkspaceConfig(channels=(QUESTIONS,), **{"features": FEATURES, **changes})


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def option(value: str) -> dict[str, Any]:
    return {"text": plain(value.title()), "value": value}


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(action: str, text: str = "Press", **changes: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": action, "text": plain(text), **changes}


def asked(block: str, label: str, element: dict[str, Any]) -> dict[str, Any]:
    given = {"action_id": block, **element}
    return {
        "type": "input",
        "block_id": block,
        "label": plain(label),
        "element": given,
    }


def make_modal(**changes: Any) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": "question",
        "title": plain("Ask the file"),
        "submit": plain("Ask"),
        "close": plain("Cancel"),
        "private_metadata": "kept",
        "notify_on_close": True,
        "blocks": [
            asked("words", "Question", {"type": "plain_text_input", "min_length": 3}),
            asked(
                "length",
                "Reply",
                {
                    "type": "radio_buttons",
                    "options": [option("short"), option("full")],
                    "initial_option": option("short"),
                },
            ),
            asked(
                "role",
                "Role",
                {
                    "type": "static_select",
                    "options": [option("nurse"), option("press")],
                },
            )
            | {"optional": True},
            asked(
                "parts",
                "Parts",
                {"type": "checkboxes", "options": [option("harms"), option("sources")]},
            )
            | {"optional": True},
            asked("topic", "Topic", {"type": "external_select", "min_query_length": 1})
            | {"optional": True},
            {"type": "actions", "elements": [button("deeper", "Deeper")]},
        ],
        **changes,
    }


HOME = {
    "type": "home",
    "blocks": [
        {"type": "header", "text": plain("What I know")},
        section("Topics"),
        {
            "type": "actions",
            "block_id": "settings",
            "elements": [
                {
                    "type": "static_select",
                    "action_id": "theme",
                    "options": [option("light"), option("dark")],
                    "initial_option": option("light"),
                },
                button("settings", "Settings"),
            ],
        },
    ],
}
