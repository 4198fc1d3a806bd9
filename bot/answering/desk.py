"""The desk: a question in, a whole reply out.  The only door to the core."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence

from bot import __version__
from bot.answering.aids import Aids
from bot.answering.buttons import Buttons
from bot.answering.compose import MOST_SUGGESTIONS, reply_about
from bot.answering.composition import (
    BOUNDARY_DECISIONS,
    Composition,
    Decision,
    PackVersion,
    Point,
    ReadingNote,
    Suggestion,
)
from bot.answering.contacts import Contacts
from bot.answering.decide import RULES_ALONE, Judge, Thresholds
from bot.answering.matching import Matcher
from bot.answering.reply import (
    Answer,
    Clarify,
    NotReported,
    OutOfScope,
    Reply,
)
from bot.answering.telling import Teller
from bot.answering.wish import Wish, echo_of, wish_of
from bot.knowledge.load import Entry, Knowledge
from bot.knowledge.model import Fact
from bot.understanding.boundaries import COURTESY, listen
from bot.understanding.echoes import Echo
from bot.understanding.identifiers import redacted
from bot.understanding.languages import is_foreign
from bot.understanding.question import Question
from bot.understanding.reading import Part, Reading, read
from bot.understanding.second_key import SecondKey
from bot.understanding.vocabulary import Vocabulary


_NODS = frozenset(  # beside thanks they say nothing more
    ("fine", "great", "good", "perfect", "cool", "noted", "understood", "sure", "right")
)
_ID_LENGTH = 16  # hexadecimal digits: 64 bits tell any two replies apart


class Desk:
    """Reads, matches, decides and composes; knows no trial, keeps no question."""

    def __init__(
        self,
        knowledge: Knowledge,
        contacts: Contacts | None = None,
        key: SecondKey | None = None,
        aids: Aids | None = None,
    ) -> None:
        self.knowledge = knowledge
        whom_to_ask = contacts or Contacts()
        self._teller = Teller(knowledge, whom_to_ask, aids or Aids())
        self._buttons = Buttons(knowledge, whom_to_ask)
        self.vocabulary = Vocabulary(knowledge.concepts.values(), knowledge.shared)
        self.matcher = Matcher(knowledge, self.vocabulary, key)
        chosen = {} if key is None else key.card.thresholds
        alarms = RULES_ALONE if key is None else key.card.alarms
        self.judge = Judge(knowledge, Thresholds.of(chosen), alarms)

    def reply_to(self, question: Question) -> Composition:
        """What the question deserves, in words."""
        started = time.perf_counter()
        reading = read(question, self.vocabulary)
        replies = self.replies(question, reading)
        wish = wish_of(reading, echo_of(question))
        told = self._composed(question, reading, replies, wish)
        return told.model_copy(
            update={"elapsed_ms": round(1000 * (time.perf_counter() - started), 3)}
        )

    def tell(self, target: str) -> Composition:
        """What one entry says, for a tap on its button; KeyError if there is none.

        Whoever types the words on the button may be asked back, so its id is another.
        """
        entry = self.knowledge.entry(target)
        question = Question.of(entry.label)
        reading = read(question, self.vocabulary)
        reply = reply_about(entry, self.knowledge)
        told = self._composed(question, reading, (reply,), Wish())
        return told.model_copy(update={"id": self._id_of(question, target)})

    def replies(self, question: Question, reading: Reading) -> tuple[Reply, ...]:
        """The reply to each part; one alone where a boundary decides the message."""
        if question.empty or _says_nothing(reading):
            return (OutOfScope(greeting=True),)
        echoed = self._echoed(question)
        if echoed:
            return echoed
        heard = listen(reading.whole, self.vocabulary)
        replies = self.judge.replies(self.matcher.find(reading), heard)
        lost = all(isinstance(one, Clarify | OutOfScope) for one in replies)
        if lost and is_foreign(question.text):
            return (OutOfScope(foreign=True),)
        return replies

    def _echoed(self, question: Question) -> tuple[Reply, ...]:
        """What was told last, where a follow-up asks for nothing new; else nothing."""
        echo = echo_of(question)
        if echo is None:
            return ()
        *earlier, last = question.thread
        before = Question.of(last, tuple(earlier))
        given = self.replies(before, read(before, self.vocabulary))
        told = tuple(one for one in given if isinstance(one, Answer | NotReported))
        if told and echo in {"next", "previous"}:
            return self._a_step_from(told[0], echo)
        return told

    def _a_step_from(self, reply: Reply, echo: Echo) -> tuple[Reply, ...]:
        """The grade above or below the one that was told; none at either end."""
        fact = reply.entries[0] if isinstance(reply, Answer) else None
        if not isinstance(fact, Fact):
            return ()
        if echo == "previous":
            found = [] if fact.follows is None else [self.knowledge.facts[fact.follows]]
        else:
            facts = self.knowledge.facts.values()
            found = [one for one in facts if one.follows == fact.id]
        return tuple(Answer((one,)) for one in found[:1])

    def _composed(
        self,
        question: Question,
        reading: Reading,
        replies: Sequence[Reply],
        wish: Wish,
    ) -> Composition:
        told = self._teller.telling(replies, wish)
        decision = _decision_of(told.points)
        hidden = decision in BOUNDARY_DECISIONS
        said = "" if hidden else self._shareable(question.text)
        unread = hidden or _is_unread(replies)
        return Composition(
            id=self._id_of(question),
            question=said,
            decision=decision,
            answer=told.answer,
            text=told.text,
            facts=told.facts,
            evidence=told.evidence,
            citations=told.citations,
            figures=told.figures,
            suggestions=() if hidden else self._suggestions(replies),
            reading=ReadingNote() if unread else _note(reading, replies, said),
            knowledge=PackVersion(
                pack=self.knowledge.trial.id, version=self.knowledge.version
            ),
            engine=__version__,
            points=told.points,
            badges=told.badges,
            folds=told.folds,
            gap=_gap_of(replies),
            shows="picture" if wish.asked == "picture" else None,
        )

    def _shareable(self, text: str) -> str:
        """The question without anybody's personal details."""
        return redacted(text, self.vocabulary.public_names).text

    def _suggestions(self, replies: Sequence[Reply]) -> tuple[Suggestion, ...]:
        unclear_first = sorted(replies, key=lambda one: not isinstance(one, Clarify))
        offered = (entry.id for reply in unclear_first for entry in _offered(reply))
        entries = dict.fromkeys(offered)
        return tuple(map(self._buttons.of, list(entries)[:MOST_SUGGESTIONS]))

    def _id_of(self, question: Question, *tapped: str) -> str:
        versions = (self.knowledge.version, __version__)
        said = [question.text, question.thread, *versions, *tapped]
        digest = hashlib.sha256(json.dumps(said).encode())
        return digest.hexdigest()[:_ID_LENGTH]


def _is_unread(replies: Sequence[Reply]) -> bool:
    """Whether it was asked in a language in which words are not what they seem."""
    return any(isinstance(one, OutOfScope) and one.foreign for one in replies)


def _says_nothing(reading: Reading) -> bool:
    """Whether it is a greeting or thanks: no other concept, and nothing asked."""
    whole = reading.whole
    polite = {at for m in whole.mentions if m.concept in COURTESY for at in m.places}
    rest = [
        word
        for at, word in enumerate(whole.words)
        if at not in polite and word.read not in _NODS
    ]
    said = any(word.carries or word.read == "?" for word in rest)
    if said or not whole.concepts <= COURTESY:
        return False
    return bool(polite) or not reading.follows


def _offered(reply: Reply) -> tuple[Entry, ...]:
    if isinstance(reply, Clarify):
        return reply.choices
    return reply.next_best if isinstance(reply, Answer | NotReported) else ()


def _decision_of(points: Sequence[Point]) -> Decision:
    """What the message as a whole came to: what is told before what is asked back."""
    decisions = [point.decision for point in points]
    foremost: tuple[Decision, ...] = ("answered", "not_reported")
    return next((one for one in foremost if one in decisions), decisions[0])


def _gap_of(replies: Sequence[Reply]) -> int | None:
    gaps = [r.gap for r in replies if isinstance(r, NotReported) and r.gap is not None]
    return gaps[0].number if gaps else None


def _note(reading: Reading, replies: Sequence[Reply], said: str) -> ReadingNote:
    whole = reading.whole
    uncovered = [r.qualifiers for r in replies if isinstance(r, NotReported)]
    return ReadingNote(
        concepts=tuple(sorted(whole.concepts)),
        asks_for=whole.asks_for,
        qualifiers=whole.numbers,
        uncovered=tuple(dict.fromkeys(c for names in uncovered for c in names)),
        unknown=_unknown(whole, said),
        part_of=", ".join(whole.inherited) if reading.follows else None,
    )


def _unknown(whole: Part, said: str) -> tuple[str, ...]:
    """The words that no concept has, but for those that point to a person."""
    kept = said.casefold()
    words = (word for word in whole.unknown_as_typed if word in kept)
    return tuple(dict.fromkeys(words))
