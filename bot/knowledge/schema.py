"""Describes the files of a pack as a JSON schema, so that editors complete and check.

One document serves every file: a file is what its first key says it is.
"""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic.json_schema import models_json_schema

from bot.knowledge.load import FORMATS
from bot.knowledge.values import Curated


DIALECT = "https://json-schema.org/draft/2020-12/schema"  # the one pydantic writes
_READ: Literal["validation"] = "validation"  # as files are read, not as values are kept


def schema() -> dict[str, Any]:
    """The schema of every file that a pack may hold, one definition for each kind."""
    models = [(model, _READ) for _, model in FORMATS.values()]
    _, document = models_json_schema(models)
    kinds = {
        f"{name}.yaml": _file(key, model) for name, (key, model) in FORMATS.items()
    }
    return {
        "$schema": DIALECT,
        "title": "A file of a knowledge pack",
        "oneOf": [{"$ref": f"#/$defs/{kind}"} for kind in kinds],
        "$defs": {**kinds, **document["$defs"]},
    }


def text() -> str:
    """The schema as it is kept beside the packs."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _file(key: str | None, model: type[Curated]) -> dict[str, Any]:
    entry = {"$ref": f"#/$defs/{model.__name__}"}
    if key is None:
        return entry
    return {
        "type": "object",
        "properties": {key: {"type": "array", "items": entry}},
        "required": [key],
        "additionalProperties": False,
    }
