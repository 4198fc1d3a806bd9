"""Finds ways of saying that two concepts claim without a written rule."""

from __future__ import annotations

from collections.abc import Iterator

from bot.knowledge.load import Knowledge
from bot.knowledge.objection import Objection
from bot.understanding.vocabulary import Form, Vocabulary, key_of


def synonym_claimed_twice(knowledge: Knowledge) -> Iterator[Objection]:
    """A form belongs to one concept, or a shared-forms rule says to which."""
    vocabulary = Vocabulary(knowledge.concepts.values(), knowledge.shared)
    ruled = {key_of(rule.form) for rule in knowledge.shared}
    claimed: dict[tuple[str, ...], Form] = {}
    for form in vocabulary.forms:
        key = ("exactly", *form.stems) if form.exact else form.stems
        first = claimed.setdefault(key, form)
        if first.concept != form.concept and form.stems not in ruled:
            advice = (
                f"“{form.said}” is also {first.concept}'s “{first.said}”:"
                " keep it in one, or write a rule in shared-forms.yaml"
            )
            yield Objection("concepts", form.concept, "synonym-claimed-twice", advice)
