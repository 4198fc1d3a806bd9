"""Holds a pack against every rule, those about words that clash included."""

from __future__ import annotations

from pathlib import Path

from bot.figures.lint import PICTURE_RULES
from bot.knowledge.check import Problem, check
from bot.knowledge.rules import RULES
from bot.understanding.collisions import synonym_claimed_twice


ALL_RULES = (*RULES, synonym_claimed_twice, *PICTURE_RULES)


def objections_to(directory: Path) -> list[Problem]:
    """Every problem of a pack, in the order of its files and lines."""
    return check(directory, ALL_RULES)
