"""Gives a peer's label the words that the desk would say, so that both are scored alike."""

from __future__ import annotations

from collections.abc import Iterable

from bot.answering.above import shown
from bot.answering.compose import Composer
from bot.answering.composition import (
    BOUNDARY_DECISIONS,
    Composition,
    Decision,
    Suggestion,
)
from bot.answering.contacts import Contacts
from bot.answering.desk import Desk
from bot.answering.reply import BoundaryReply, Clarify, OutOfScope, Reply
from bot.answering.wish import Wish
from bot.curation.bank import Asked, label_of
from bot.understanding.question import Question
from tests.benchmarks.peers import TOGETHER


class Teller:
    """Tells what a label stands for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._blank = desk.reply_to(Question.of(""))
        self._others = self._said_of_others()

    def tell(self, label: str) -> Composition:
        """What a label stands for: entries, a boundary, the outside."""
        if label in self._others:
            return self._others[label]
        told = [self._desk.tell(entry) for entry in label.split(TOGETHER)]
        decisions = [composition.decision for composition in told]
        decision = "answered" if "answered" in decisions else decisions[0]
        answer = "\n".join(composition.answer for composition in told)
        return self._saying(decision, answer)

    def suggest(self, labels: Iterable[str]) -> Composition:
        """A plea for clarity with a button for each of three entries."""
        names = [n for label in labels for n in label.split(TOGETHER)]
        entries = [n for n in dict.fromkeys(names) if n not in self._others]
        buttons = tuple(map(self._suggestion, entries[:3]))
        return self.tell("clarify").model_copy(update={"suggestions": buttons})

    def is_entry(self, label: str) -> bool:
        """Whether a label stands for entries of the pack."""
        return label not in self._others

    def _suggestion(self, entry: str) -> Suggestion:
        answer = self._desk.tell(entry).answer
        return Suggestion(label=entry, target=entry, answer=answer)

    def _said_of_others(self) -> dict[str, Composition]:
        said: dict[Decision, Reply] = {
            "out_of_scope": OutOfScope(),
            "clarify": Clarify(()),
            "emergency": BoundaryReply("emergency"),
            "patient_advice": BoundaryReply("patient_advice"),
            "report": BoundaryReply("report"),
        }
        composer = Composer(self._desk.knowledge, Contacts())
        return {
            label_of(decision): self._saying(
                decision, shown(composer.point(reply, Wish()))
            )
            for decision, reply in said.items()
        }

    def _saying(self, decision: Decision, answer: str) -> Composition:
        return self._blank.model_copy(
            update={"decision": decision, "answer": answer, "text": answer}
        )


def label_for(asked: Asked) -> str:
    """The label of a question of the bank: the first entry for each thing asked."""
    if asked.asks and asked.decision not in BOUNDARY_DECISIONS:
        return TOGETHER.join(dict.fromkeys(things[0] for things in asked.asks))
    return label_of(asked.decision)


def text_of(question: Question) -> str:
    """What a peer is asked: the last two messages of the thread, then the question."""
    return "\n".join([*question.thread[-2:], question.text])
