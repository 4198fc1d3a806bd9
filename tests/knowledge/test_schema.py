from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from bot.knowledge.load import FORMATS
from bot.knowledge.schema import schema, text


SCHEMA = schema()
DEFINED: dict[str, Any] = SCHEMA["$defs"]


def test_every_kind_of_file_is_described() -> None:
    kinds = [one["$ref"].removeprefix("#/$defs/") for one in SCHEMA["oneOf"]]

    assert kinds == [f"{name}.yaml" for name in FORMATS]
    assert DEFINED.keys() >= set(kinds)


@pytest.mark.parametrize(
    ("name", "key"), [(n, k) for n, (k, _) in FORMATS.items() if k]
)
def test_a_file_of_entries_is_one_list_and_nothing_beside_it(
    name: str, key: str
) -> None:
    described = DEFINED[f"{name}.yaml"]

    assert described["required"] == [key] == list(described["properties"])
    assert described["additionalProperties"] is False


def test_the_trial_is_described_as_the_one_thing_in_its_file() -> None:
    assert DEFINED["trial.yaml"] == {"$ref": "#/$defs/Trial"}


def test_no_entry_takes_a_key_that_nobody_knows() -> None:
    models = [one for name, one in DEFINED.items() if not name.endswith(".yaml")]

    assert all(one["additionalProperties"] is False for one in models)


def test_an_entry_is_explained_where_it_is_written() -> None:
    assert DEFINED["Gap"]["description"].startswith("Something people ask for")


def test_everything_referred_to_is_defined() -> None:
    referred = {ref.removeprefix("#/$defs/") for ref in _references(SCHEMA)}

    assert referred <= DEFINED.keys()


def test_the_text_is_the_schema_with_a_last_line_break() -> None:
    assert json.loads(text()) == SCHEMA
    assert text().endswith("}\n")


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            yield from [value] if key == "$ref" else _references(value)
    elif isinstance(part, list):
        for value in part:
            yield from _references(value)
