"""The schema that editors read is the one that the models give."""

from __future__ import annotations

from bot.knowledge.schema import text
from bot.settings import ROOT


def test_the_schema_beside_the_pack_is_up_to_date() -> None:
    kept = (ROOT / "knowledge" / "schema.json").read_text("utf-8")

    assert kept == text(), "run: becar7 schema > knowledge/schema.json"
