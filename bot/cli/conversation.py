"""`chat`: a conversation in the terminal that remembers what was asked."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import typer
from rich.console import Console

from bot.answering.composition import BOUNDARY_DECISIONS, Answers, Composition
from bot.cli import terminal
from bot.knowledge.load import Knowledge
from bot.understanding.question import Question


PROMPT = "> "
HELP = (
    "Ask in your own words, or type the number of a suggestion."
    " /full opens the folded parts, /new forgets the thread, /quit ends."
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel="Ask")(chat)


def chat() -> None:
    """Ask question after question; a follow-up may leave out what was said before.

    becar7 chat

    Type the number of a suggestion to read it; /full, /new, /help and /quit do what
    they say. Nothing is stored when the conversation ends.
    """
    from bot import wiring  # noqa: PLC0415  `--help` need not read it

    desk = wiring.desk(wiring.settings_here())
    getattr(sys.stdin, "reconfigure", dict)(errors="replace")
    Conversation(desk, desk.knowledge, terminal.open_console()).run()


@dataclass(slots=True)
class Conversation:
    """What was asked so far, and the last reply."""

    answers: Answers
    knowledge: Knowledge
    console: Console
    thread: tuple[str, ...] = ()
    last: Composition | None = None

    def run(self) -> None:
        """Listen until /quit or the end of the input."""
        self.console.print(self.knowledge.trial.greeting)
        self.console.print(HELP, style=terminal.QUIET)
        while (said := self._heard()) != "/quit":
            self.answer(said)

    def answer(self, said: str) -> None:
        """Reply to one line: a command, the number of a suggestion, or a question."""
        if said in _COMMANDS:
            _COMMANDS[said](self)
        elif self._is_choice(said):
            self._choose(int(said))
        elif said:
            self._ask(said)

    def _heard(self) -> str:
        try:
            return self.console.input(PROMPT).strip()
        except (EOFError, KeyboardInterrupt):
            self.console.print()
            return "/quit"

    def _ask(self, said: str) -> None:
        composition = self.answers.reply_to(Question.of(said, self.thread))
        if composition.decision not in BOUNDARY_DECISIONS:  # never kept
            self.thread = (*self.thread, said)
        self._tell(composition, "folded")

    def _is_choice(self, said: str) -> bool:
        offered = len(self.last.suggestions) if self.last else 0
        return said in map(str, range(1, offered + 1))

    def _choose(self, number: int) -> None:
        if self.last is not None:
            chosen = self.last.suggestions[number - 1]
            self.thread = (*self.thread, chosen.label)
            self._tell(self.answers.tell(chosen.target), "folded")

    def _tell(self, composition: Composition, depth: terminal.Depth) -> None:
        self.last = composition
        terminal.show(composition, self.knowledge, self.console, depth)
        self.console.print()

    def open_folds(self) -> None:
        """Show the last reply again, with its folded parts."""
        if self.last is None:
            self.console.print("Nothing was answered yet: ask something first.")
        else:
            self._tell(self.last, "full")

    def forget(self) -> None:
        """Begin a new thread."""
        self.thread, self.last = (), None
        self.console.print("A new thread: what was said before is forgotten.")

    def explain(self) -> None:
        """Say what can be typed."""
        self.console.print(HELP)


_COMMANDS = {
    "/full": Conversation.open_folds,
    "/new": Conversation.forget,
    "/help": Conversation.explain,
}
