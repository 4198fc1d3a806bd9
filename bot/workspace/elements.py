"""Objects to buttons, menus and inputs as Slack does.

Limits: docs.slack.dev, reference/block-kit; the registry of slackblocks 3.0 agrees.
"""

from __future__ import annotations

from typing import Any

from bot.workspace.rules import (
    EITHER,
    PLAIN,
    Objections,
    Rule,
    Rules,
    anything,
    both,
    each,
    either,
    one_of,
    said,
    shape,
    text,
    typed,
    whole,
    words,
)


IDENTIFIER = words(255)  # block_id and action_id
ADDRESS = words(3000)
PLACEHOLDER = text(150)
MOST_OPTIONS = 100
IMAGE = both(
    shape(
        needs={"alt_text": words(2000)},
        may={"image_url": ADDRESS, "slack_file": shape()},
    ),
    either("image_url", "slack_file"),
)

_CONFIRM = shape(
    needs={"title": text(100), "text": text(300, EITHER)},
    may={"confirm": text(30), "deny": text(30)},
)
_OWN: Rules = {"action_id": IDENTIFIER, "confirm": _CONFIRM}
_ASKING: Rules = {"action_id": IDENTIFIER, "placeholder": PLACEHOLDER}


def _options(most: int, kinds: tuple[str, ...]) -> Rule:
    option = shape(
        needs={"text": text(75, kinds)},
        may={"value": words(150), "description": text(75, kinds), "url": ADDRESS},
    )
    return each(option, most, least=1)


_PLAIN_OPTIONS = _options(MOST_OPTIONS, PLAIN)
_GROUPS = each(
    shape(needs={"label": text(75), "options": _PLAIN_OPTIONS}), MOST_OPTIONS, least=1
)
_BUTTON = shape(
    needs={"text": text(75)},
    may={
        **_OWN,
        "value": words(2000),
        "url": ADDRESS,
        "style": one_of("primary", "danger"),
        "accessibility_label": words(75),
        "agent_prompt": words(4000),
    },
)
_FEEDBACK = shape(
    needs={"text": text(75), "value": words(2000)},
    may={"accessibility_label": words(75)},
)
_SELECT: Rules = {**_OWN, "placeholder": PLACEHOLDER}


def _choices(most: int) -> Rule:
    """Radio buttons and checkboxes."""
    options = _options(most, EITHER)
    return both(shape(needs={"options": options}, may=_OWN), _initial_is_offered)


def _menu() -> Rule:
    grouped = {**_SELECT, "options": _PLAIN_OPTIONS, "option_groups": _GROUPS}
    return both(
        shape(may=grouped), either("options", "option_groups"), _initial_is_offered
    )


def _offered(element: dict[str, Any]) -> list[Any]:
    groups = element.get("option_groups") or []
    grouped = [option for group in groups for option in group.get("options", [])]
    return [*(element.get("options") or []), *grouped]


def _initial_is_offered(element: Any, pointer: str) -> Objections:
    """What is chosen at first must be one of the options, word for word."""
    if not isinstance(element, dict):
        return
    values = [o.get("value") for o in _offered(element) if isinstance(o, dict)]
    one, several = element.get("initial_option"), element.get("initial_options")
    if isinstance(one, dict) and one.get("value") not in values:
        yield said("must match one of the options", f"{pointer}/initial_option")
    for place, option in enumerate(several if isinstance(several, list) else []):
        if not isinstance(option, dict) or option.get("value") not in values:
            where = f"{pointer}/initial_options/{place}"
            yield said("must match one of the options", where)


def _field(**limits: Rule) -> Rule:
    return shape(may={**_ASKING, **limits})


_TAPPED: dict[str, Rule] = {
    "button": _BUTTON,
    "checkboxes": _choices(10),
    "radio_buttons": _choices(10),
    "overflow": shape(needs={"options": _options(5, PLAIN)}, may=_OWN),
    "datepicker": shape(may=_SELECT),
    "timepicker": shape(may=_SELECT),
    "datetimepicker": shape(may=_OWN),
    "workflow_button": shape(needs={"text": text(75), "workflow": shape()}),
}
_MENUS: dict[str, Rule] = {
    f"{several}{of}_select": _menu() if of == "static" else shape(may=_SELECT)
    for several in ("", "multi_")
    for of in ("static", "external", "users", "conversations", "channels")
}
_FIELDS: dict[str, Rule] = {
    "plain_text_input": _field(min_length=whole(0, 3000), max_length=whole(1, 3000)),
    "email_text_input": _field(),
    "url_text_input": _field(),
    "number_input": shape(needs={"is_decimal_allowed": anything}, may=_ASKING),
    "rich_text_input": _field(min_lines=whole(1, 100), max_lines=whole(1, 100)),
    "file_input": _field(max_files=whole(1, 10)),
}
_IN_INPUT = {kind: _TAPPED[kind] for kind in _TAPPED if kind != "button"} | _MENUS

ACTION = typed({**_TAPPED, **_MENUS})
ACCESSORY = typed({**_TAPPED, **_MENUS, "image": IMAGE})
INPUT = typed({**_IN_INPUT, **_FIELDS})
CONTEXT_ACTION = typed(
    {
        "feedback_buttons": shape(
            needs={"positive_button": _FEEDBACK, "negative_button": _FEEDBACK},
            may={"action_id": IDENTIFIER},
        ),
        "icon_button": shape(
            needs={"icon": one_of("trash"), "text": text(75)},
            may={
                **_OWN,
                "value": words(2000),
                "visible_to_user_ids": each(anything, 10),
            },
        ),
    }
)
