"""Finds what can be tapped, chosen or filled in, and writes down what was chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from bot.workspace.blocks import Block
from bot.workspace.state import NotHereError


Control: TypeAlias = dict[str, Any]
Option: TypeAlias = dict[str, Any]
Placed: TypeAlias = tuple[Block, Control]

TAPPED = frozenset({"button", "icon_button", "workflow_button", "feedback_buttons"})
HOLDS: dict[str, str] = {  # under which name a control keeps what was chosen
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "file_input": "files",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "users_select": "selected_user",
    "channels_select": "selected_channel",
    "conversations_select": "selected_conversation",
    "multi_users_select": "selected_users",
    "multi_channels_select": "selected_channels",
    "multi_conversations_select": "selected_conversations",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "overflow": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
}
PLURAL = frozenset(held for held in HOLDS.values() if held.endswith("s"))


def controls(blocks: Iterable[Block]) -> Iterator[Placed]:
    """Every control with its block, also inside containers and cards."""
    for block in blocks:
        single = [block.get("accessory"), block.get("element")]
        several = [*(block.get("elements") or []), *(block.get("actions") or [])]
        for part in (*single, *several):
            if isinstance(part, dict) and part.get("type") in TAPPED | HOLDS.keys():
                yield block, part
        yield from controls(block.get("child_blocks") or [])
        if block.get("type") == "carousel":
            yield from controls(several)


def find(blocks: Iterable[Block], name: str) -> Placed:
    """The control with this action_id or value, or the one of the block so called."""
    placed = tuple(controls(blocks))
    for names in (_own_names, _values, _block_name):
        for block, control in placed:
            if name in names(block, control):
                return block, control
    raise NotHereError(f"No button, menu or input here is called {name!r}.")


def action(placed: Placed, choice: Any, at: str) -> dict[str, Any]:
    """What a tap or a choice reports to the app."""
    block, control = placed
    about = {
        "action_id": control.get("action_id", ""),
        "block_id": block.get("block_id"),
        "action_ts": at,
    }
    if control["type"] == "feedback_buttons":
        return about | _feedback(control, choice)
    if control["type"] in TAPPED:
        tapped = {"text": control.get("text"), "value": control.get("value")}
        return about | tapped | {"type": control["type"]}
    return about | held(control, choice)


def held(control: Control, choice: Any, offered: Sequence[Option] = ()) -> Control:
    """What a control keeps: the choice in the words of Slack's `state.values`."""
    name = HOLDS[control["type"]]
    return {"type": control["type"], name: _kept(control, name, choice, offered)}


def at_first(control: Control) -> Control:
    """What a control keeps before anybody touched it."""
    name = HOLDS[control["type"]]
    empty: Any = [] if name in PLURAL else None
    initial = control.get(name.replace("selected", "initial"))
    if name in {"value", "rich_text_value"}:
        initial = control.get(f"initial_{name}")
    return {"type": control["type"], name: initial or empty}


def is_empty(kept: Control) -> bool:
    """Whether nothing was filled in."""
    return not kept.get(HOLDS[kept["type"]])


def options(control: Control) -> list[Option]:
    """Everything that a menu offers by itself."""
    groups = control.get("option_groups") or []
    grouped = [option for group in groups for option in group["options"]]
    return [*(control.get("options") or []), *grouped]


def _own_names(_block: Block, control: Control) -> set[Any]:
    return {control.get("action_id")}


def _values(_block: Block, control: Control) -> set[Any]:
    sides = (control.get("positive_button"), control.get("negative_button"))
    return {control.get("value"), *(side["value"] for side in sides if side)}


def _block_name(block: Block, _control: Control) -> set[Any]:
    return {block.get("block_id")}


def _feedback(control: Control, choice: Any) -> dict[str, Any]:
    sides = (control["positive_button"], control["negative_button"])
    side = next((side for side in sides if side["value"] == choice), None)
    if side is None:
        raise NotHereError(f"No feedback button has the value {choice!r}.")
    return {"type": control["type"], "text": side["text"], "value": side["value"]}


def _kept(control: Control, name: str, choice: Any, offered: Sequence[Option]) -> Any:
    if name == "rich_text_value":
        return _as_rich_text(choice)
    if not name.startswith("selected_option"):
        return choice or ([] if name in PLURAL else None)
    known = [*options(control), *offered]
    if name in PLURAL:
        return [_option(known, value) for value in choice or ()]
    return _option(known, choice) if choice else None


def _option(known: Iterable[Option], value: Any) -> Option:
    for option in known:
        if option.get("value") == value:
            return option
    raise NotHereError(f"No option has the value {value!r}.")


def _as_rich_text(words: Any) -> dict[str, Any] | None:
    if not words:
        return None
    section = {
        "type": "rich_text_section",
        "elements": [{"type": "text", "text": words}],
    }
    return {"type": "rich_text", "elements": [section]}
