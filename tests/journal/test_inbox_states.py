"""Whatever happens to a question in whatever order, the inbox keeps its promises."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
)
from sqlalchemy import select

from bot.journal.journal import Journal, open_journal
from bot.journal.tables import question
from bot.promise.inbox import LostError
from bot.promise.question import ENDINGS, Attempt, Ending, Outcome, Owed
from tests.journal.kept import PART, SPOT, Watch, make_arrival, make_frozen


T = TypeVar("T")
NUMBERS = st.integers(min_value=1, max_value=4)


@dataclass
class Model:
    """What somebody who looks on would expect of one question."""

    words: str
    revision: int = 0
    ended: bool = False
    endings: int = 0
    withdrawn: bool = False


class Inbox(RuleBasedStateMachine):
    """A journal that is asked, worked on, edited, crashed and set back in time."""

    journal: Journal
    stack: AsyncExitStack
    taken = Bundle("taken")
    begun = Bundle("begun")

    @initialize()
    def open(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.folder = TemporaryDirectory()
        self.watch = Watch()
        self.models: dict[str, Model] = {}
        self._start()

    def teardown(self) -> None:
        self._run(self.stack.aclose())
        self.loop.close()
        self.folder.cleanup()

    @rule(number=NUMBERS)
    def receive(self, number: int) -> None:
        arrival = make_arrival(number)
        owed = self._run(self.journal.inbox.receive(arrival))

        assert (owed is None) == (arrival.key in self.models)
        self.models.setdefault(arrival.key, Model(arrival.words))

    @rule(target=taken, number=NUMBERS)
    def take(self, number: int) -> Any:
        model = self.models.get(make_arrival(number).key)
        owed = self._run(self.journal.inbox.take(make_arrival(number).key))

        assert (owed is None) == (model is None or model.ended)
        if owed is None or model is None:
            return multiple()
        assert owed.revision == model.revision
        assert owed.withdrawn == model.withdrawn
        return owed

    @rule(owed=taken)
    def freeze(self, owed: Owed) -> None:
        self._is_ours(owed, self.journal.progress.freeze(owed, make_frozen()))

    @rule(target=begun, owed=taken)
    def begin(self, owed: Owed) -> Any:
        attempt = self._is_ours(owed, self.journal.progress.begin(owed, PART))
        return multiple() if attempt is None else (owed, attempt)

    @rule(
        pair=begun,
        outcome=st.sampled_from(["posted", "adopted", "not posted", "unknown"]),
    )
    def end(self, pair: tuple[Owed, Attempt], outcome: Outcome) -> None:
        spot = SPOT if outcome in {"posted", "adopted"} else None
        self._run(self.journal.progress.end(*pair, outcome, spot))

    @rule(owed=taken, ending=st.sampled_from(ENDINGS))
    def settle(self, owed: Owed, ending: Ending) -> None:
        settled = self.journal.progress.settle(owed, ending, "")
        if self._is_ours(owed, settled, nothing=True):
            self.models[owed.key].ended = True
            self.models[owed.key].endings += 1

    @rule(owed=taken, seconds=st.floats(min_value=0, max_value=120))
    def put_off(self, owed: Owed, seconds: float) -> None:
        """Whoever put it off has let go of it, and takes it again."""
        if self._is_ours(
            owed, self.journal.progress.put_off(owed, seconds), nothing=True
        ):
            self._run(self.journal.inbox.take(owed.key))

    @rule(number=NUMBERS)
    def edit(self, number: int) -> None:
        key = make_arrival(number).key
        model = self.models.get(key)
        again = self._run(self.journal.inbox.revise(key, "other words"))

        assert again == (model is not None and not model.withdrawn)
        if again and model is not None:
            model.words, model.ended = "other words", False
            model.revision += 1

    @rule(number=NUMBERS)
    def delete(self, number: int) -> None:
        key = make_arrival(number).key
        model = self.models.get(key)
        again = self._run(self.journal.inbox.withdraw(key))

        assert again == (model is not None and not model.withdrawn)
        if again and model is not None:
            model.withdrawn, model.ended = True, False
            model.revision += 1

    @rule(number=NUMBERS)
    def stop(self, number: int) -> None:
        key = make_arrival(number).key
        model = self.models.get(key)
        stopped = self._run(self.journal.inbox.stop(key))

        is_open = model is not None and not (model.ended or model.withdrawn)
        assert stopped == ((key,) if is_open else ())
        if stopped and model is not None:
            model.withdrawn = True
            model.revision += 1

    @rule(seconds=st.sampled_from([-86_400.0, -60.0, 1.0, 61.0, 86_400.0]))
    def pass_time(self, seconds: float) -> None:
        self.watch.now += seconds

    @rule()
    def crash(self) -> None:
        """The process ends without a word, and another begins."""
        before = self.journal.identity
        self._run(self.stack.aclose())
        self._start()
        open_keys = {key for key, model in self.models.items() if not model.ended}

        assert set(self._run(self.journal.inbox.due())) == open_keys
        for key in open_keys:  # as the reconciler does at the start
            self._run(self.journal.inbox.take(key))
        assert self.journal.identity.replica != before.replica
        assert self.journal.identity.key == before.key

    @rule()
    def wait_and_reconcile(self) -> None:
        """Nothing that is open stays unseen for longer than its rest."""
        self.watch.now += 601.0
        open_keys = {key for key, model in self.models.items() if not model.ended}

        assert set(self._run(self.journal.inbox.due())) == open_keys

    @invariant()
    def every_ending_is_in_the_audit_once(self) -> None:
        if not self.models:
            return
        verdict = self._run(self.journal.audit.verify())
        written = verdict.head.number if verdict.head else 0
        rows = self._run(self.journal.database.read(select(question)))

        assert verdict.breaches == ()
        assert written == sum(model.endings for model in self.models.values())
        assert {row.key: row.state in ENDINGS for row in rows} == {
            key: model.ended for key, model in self.models.items()
        }

    def _is_ours(
        self, owed: Owed, step: Coroutine[Any, Any, T], *, nothing: bool = False
    ) -> Any:
        """What a step gives; it must be refused exactly where it is no longer ours."""
        model = self.models[owed.key]
        current = model.revision == owed.revision and not model.ended
        try:
            given = self._run(step)
        except LostError:
            assert not current
            return None
        assert current
        return True if nothing else given

    def _start(self) -> None:
        self.stack = AsyncExitStack()
        address = f"sqlite:///{self.folder.name}/journal.sqlite3"
        opening = self.stack.enter_async_context(open_journal(address, self.watch))
        self.journal = self._run(opening)

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)


TestInbox = Inbox.TestCase
TestInbox.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
