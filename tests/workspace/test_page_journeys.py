"""The whole app, as a person with a browser meets it: every journey from its first tap."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Locator, Page, async_playwright, expect

from bot.answering.composition import Composition, Suggestion
from bot.answering.contacts import load_contacts
from bot.answering.desk import Desk
from bot.knowledge.load import Knowledge
from bot.understanding.question import Question
from bot.workspace.directory import NURSE, REGISTRAR
from bot.workspace.faults import Fault
from bot.workspace.workspace import Workspace
from tests.slack.test_in_workspace import ASK, CONTACTS, ON_CALL, QUESTIONS, opened
from tests.workspace.surroundings import chromium
from tests.workspace.test_page import QUIET


UNCLEAR = "which of the two?"
STRAIN = "3 of 20 people"
LUX = "5 to 50 lux"


class Unsure(Desk):
    """The desk over the invented pack, which has to ask back about one question."""

    def reply_to(self, question: Question) -> Composition:
        composition = super().reply_to(question)
        if question.text != UNCLEAR:
            return composition
        names = ("eye-strain", "lamp-brightness")
        offered = tuple(
            Suggestion(label=self.knowledge.facts[n].label, target=n, answer="")
            for n in names
        )
        told = {"decision": "clarify", "answer": "Which one do you mean?", "points": ()}
        return composition.model_copy(update={**told, "suggestions": offered})


@pytest.fixture
async def workspace(tiny: Knowledge) -> AsyncIterator[Workspace]:
    async with opened(Unsure(tiny, load_contacts(CONTACTS))) as (workspace, desk, _):
        yield workspace
        await workspace.settle()
        await desk.in_flight.settled()


@pytest.fixture
async def page(workspace: Workspace) -> AsyncIterator[Page]:
    executable = chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=executable, args=QUIET
        )
        page = await browser.new_page()
        await page.goto(workspace.url)
        await expect(page.get_by_role("heading", level=1)).to_have_text("#questions")
        yield page
        await browser.close()


async def say(page: Page, box: str, words: str) -> None:
    field = page.get_by_role("combobox", name=box)
    await field.fill(words)
    await field.press("Enter")


async def ask(page: Page, words: str = ASK) -> Locator:
    """Mention the app in the channel; its reply in the thread that opens."""
    await say(page, "Message #questions", f"@Trial desk {words}")
    reply = page.locator("#thread-log article.by-app").last
    await expect(reply.locator("strong").first).to_be_visible()
    return reply


async def ask_in_private(page: Page, words: str = ASK) -> Locator:
    """Use the command in the channel; what only this person sees."""
    await say(page, "Message #questions", f"/becar7 {words}")
    aside = page.locator("#log article.ephemeral").last
    await expect(aside).to_contain_text("Only visible to you")
    return aside


async def switch_to(page: Page, person: str) -> None:
    await page.get_by_label("You are").select_option(person)


async def go_home(page: Page) -> Locator:
    await page.get_by_role("button", name="Trial desk APP").click()
    await page.get_by_role("tab", name="Home").click()
    home = page.get_by_role("tabpanel", name="Home")
    await expect(home.get_by_role("heading", name="What I know")).to_be_visible()
    return home


async def test_ask_and_follow_up_in_the_thread(page: Page) -> None:
    reply = await ask(page)
    await expect(reply).to_contain_text(STRAIN)
    fold = reply.get_by_text("Numbers and method")
    await fold.click()
    await expect(reply.get_by_text("Clopper-Pearson")).to_be_visible()

    await say(page, "Reply in thread", "and how bright was the lamp?")

    follow_up = page.locator("#thread-log article.by-app").nth(1)
    await expect(follow_up).to_contain_text(LUX)


async def test_a_question_back_is_answered_by_a_tap_where_it_stands(page: Page) -> None:
    aside = await ask_in_private(page, UNCLEAR)
    await expect(aside).to_contain_text("Which one do you mean?")

    await aside.get_by_role("button", name="Eye strain").click()

    answered = page.locator("#log article.ephemeral")
    await expect(answered).to_contain_text(STRAIN)
    await expect(answered).to_have_count(1)


async def test_a_private_reply_is_previewed_and_shared(page: Page) -> None:
    aside = await ask_in_private(page)
    await aside.get_by_role("button", name="Share to channel").click()
    window = page.get_by_role("dialog", name="Share this reply")
    await expect(window).to_contain_text(STRAIN)
    await expect(window).to_contain_text("shared by")
    await window.get_by_label("Where").select_option(QUESTIONS.id)
    await window.get_by_role("button", name="Share", exact=True).click()
    await expect(window).to_contain_text("Shared")
    await page.keyboard.press("Escape")

    shared = page.locator("#log article.by-app:not(.ephemeral)")
    await expect(shared).to_contain_text("Asked in private, shared by")
    await switch_to(page, NURSE.id)
    await expect(page.locator("#log article.ephemeral")).to_have_count(0)
    await expect(shared).to_contain_text(STRAIN)


async def test_the_on_call_team_is_asked_and_its_words_come_back(page: Page) -> None:
    reply = await ask(page)
    await reply.get_by_role("button", name="Ask the on-call team").click()
    window = page.get_by_role("dialog", name="Ask the on-call team")
    await window.get_by_label("What else should they know?").fill("By noon, please.")
    await window.get_by_role("button", name="Send").click()
    await expect(window).to_contain_text("Sent.")
    await page.keyboard.press("Escape")

    await switch_to(page, NURSE.id)
    await page.get_by_role("button", name=ON_CALL.name).click()
    request = page.locator("#log article.by-app")
    await expect(request).to_contain_text("By noon, please.")
    await request.hover()
    await request.get_by_role("button", name="Reply in thread").click()
    await say(page, "Reply in thread", "Look at table 2.")

    await switch_to(page, REGISTRAR.id)
    await page.get_by_role("button", name=QUESTIONS.name).click()
    await page.get_by_role("button", name="2 replies").click()
    back = page.locator("#thread-log article.by-app").last
    await expect(back).to_contain_text("Look at table 2.")
    await expect(back).to_contain_text("not from the trial file")


async def test_an_unhelpful_reply_is_given_its_reason(page: Page) -> None:
    reply = await ask(page)
    verdicts = reply.get_by_role("group", name="Was this helpful?")
    await verdicts.get_by_role("button").nth(1).click()
    window = page.get_by_role("dialog", name="Not helpful")
    await window.get_by_label("Missing harm").check()
    await window.get_by_role("button", name="Send").click()

    await expect(window).to_contain_text("A curator reads every one of these.")


async def test_home_leads_to_topics_entries_and_what_is_not_known(page: Page) -> None:
    home = await go_home(page)
    await home.get_by_role("button", name="safety · 1").click()
    window = page.get_by_role("dialog")
    await window.get_by_role("button", name="Eye strain").click()
    await expect(window).to_contain_text(STRAIN)

    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    await expect(window).to_have_count(0)
    await expect(home.get_by_role("heading", name="Known unknowns: 2")).to_be_visible()


async def test_a_setting_changes_the_next_reply(page: Page) -> None:
    home = await go_home(page)
    roles = home.get_by_role("combobox").filter(has_text="Press")
    await roles.select_option("press")
    await expect(roles).to_have_value("press")

    await page.get_by_role("button", name=QUESTIONS.name).click()
    reply = await ask(page)

    await expect(reply).to_contain_text("Fictional")
    await expect(reply).to_contain_text("Wording cleared for sharing by")
    await expect(reply.locator("details")).to_have_count(0)


async def test_the_press_reads_what_is_in_the_way_of_sharing(page: Page) -> None:
    home = await go_home(page)
    await home.get_by_role("combobox").filter(has_text="Press").select_option("press")
    await page.get_by_role("button", name=QUESTIONS.name).click()
    aside = await ask_in_private(page, "how bright was the lamp?")

    await expect(aside).to_contain_text("Not cleared for sharing: ")
    await expect(aside).to_contain_text("EXAMPLE press office")
    await expect(aside.get_by_text(re.compile(LUX))).to_be_hidden()
    await aside.get_by_text("what the file says").click()
    await expect(aside.get_by_text(re.compile(LUX))).to_be_visible()
    await expect(aside.get_by_role("button", name="Share to channel")).to_have_count(0)


async def test_stop_ends_an_answer_that_is_still_on_its_way(
    page: Page, workspace: Workspace
) -> None:
    workspace.faults.plan(Fault("rate_limited", "chat.postMessage", seconds=100))
    await page.get_by_role("button", name="Trial desk APP").click()
    await say(page, "Ask Trial desk", ASK)

    await page.get_by_role("button", name="Stop").first.click()

    said = page.locator("article.by-app")
    await expect(said.first).to_contain_text("I stopped")
    await expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    await expect(page.get_by_text(re.compile(STRAIN))).to_have_count(0)
