"""Hears when a workflow comes to the step "Ask the trial file"."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.complete.async_complete import AsyncComplete
from slack_bolt.context.fail.async_fail import AsyncFail

from bot.answering.citing import source_line
from bot.answering.composition import Composition
from bot.slack.listeners.hearing import Body
from bot.slack.needs import Needs
from bot.slack.reception import Reception
from bot.understanding.question import Question


STEP = "ask_trial_file"
NEEDS = Needs(
    events=("function_executed",),
    functions={STEP: (("question",), ("decision", "answer", "citations"))},
)
EMPTY = "The question has no words. Fill in the input “question” of this step."


def register(app: AsyncApp, reception: Reception) -> None:
    """Answer the question of a workflow; the next steps decide what becomes of it."""

    async def on_step(inputs: Body, complete: AsyncComplete, fail: AsyncFail) -> None:
        question = Question.of(str(inputs.get("question") or ""))
        if question.empty:
            await fail(error=EMPTY)
            return
        reply = reception.house.answers.reply_to(question)
        await complete(outputs=_outputs(reply))

    app.function(STEP)(on_step)


def _outputs(reply: Composition) -> dict[str, str]:
    return {
        "decision": reply.decision,
        "answer": reply.answer,
        "citations": "\n".join(map(source_line, reply.citations)),
    }
