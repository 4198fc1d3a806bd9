"""A person with a browser and a keyboard gets an answer."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, async_playwright, expect

from bot.workspace.directory import NURSE
from bot.workspace.server import running_workspace
from bot.workspace.workspace import Workspace
from tests.workspace.desks import QUESTIONS, echoing, make_config
from tests.workspace.surroundings import chromium


QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SUGGESTIONS = ("How many?", "Which side effects?", "Which dose?")


@pytest.fixture
async def desk() -> AsyncIterator[Workspace]:
    async with (
        running_workspace(make_config(suggestions=SUGGESTIONS)) as desk,
        echoing(desk),
    ):
        yield desk


@pytest.fixture
async def page(desk: Workspace) -> AsyncIterator[Page]:
    executable = chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=executable, args=QUIET
        )
        page = await browser.new_page()
        await page.goto(desk.url)
        await expect(page.get_by_role("heading", level=1)).to_have_text("#questions")
        yield page
        await browser.close()


async def test_a_question_is_asked_and_answered_by_keyboard(page: Page) -> None:
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")  # the skip link leads to the message box
    await page.keyboard.type("@Tri")
    await page.keyboard.press("Enter")  # takes the name that is offered
    await page.keyboard.type("how <b>many</b>?")
    await page.keyboard.press("Enter")

    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread.locator("article").last).to_contain_text("Heard: you there")
    await expect(thread.locator("article").first).to_contain_text("<b>many</b>?")

    await thread.locator("summary").press("Enter")
    await thread.get_by_role("button", name="More").press("Enter")
    await expect(thread.locator("article").last).to_contain_text("(edited)")

    await page.keyboard.press("Escape")
    await expect(thread).to_be_hidden()
    await expect(page.get_by_role("button", name="1 reply")).to_be_visible()


async def test_a_suggestion_asks_for_the_person(desk: Workspace, page: Page) -> None:
    await page.get_by_role("button", name="Which dose?").click()

    await expect(page.locator("#thread-log article").last).to_contain_text("Heard")
    assert desk.read(QUESTIONS.id)[0].text == "<@U0BOT000001> Which dose?"


async def test_a_command_is_answered_for_one_persons_eyes(page: Page) -> None:
    await page.get_by_role("combobox", name="Message #questions").fill("/desk x")
    await page.keyboard.press("Enter")

    await expect(page.locator("#log article")).to_contain_text("Only visible to you")
    await page.get_by_label("You are").select_option(NURSE.id)
    await expect(page.locator("#log article")).to_have_count(0)


async def test_the_direct_talk_answers_every_message(page: Page) -> None:
    await page.get_by_role("button", name="Trial desk APP").click()
    await page.get_by_role("combobox", name="Ask Trial desk").fill("hello")
    await page.keyboard.press("Enter")

    await expect(page.locator("#log article").last).to_contain_text("Heard: hello")


async def test_developers_see_every_request(page: Page) -> None:
    await page.get_by_role("button", name="How many?").click()
    await expect(page.locator("#thread-log article")).to_have_count(2)

    await page.get_by_role("button", name="Requests").click()

    drawer = page.get_by_role("region", name="Requests and responses")
    await expect(drawer).to_contain_text("app_mention")
    await expect(drawer).to_contain_text("chat.postMessage")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_words_stand_out_from_their_ground(page: Page, scheme: str) -> None:
    await page.evaluate(
        "theme => document.documentElement.dataset.theme = theme", scheme
    )

    weak = await page.evaluate(WEAK_PAIRS)

    assert weak == []


async def test_a_phone_shows_everything_without_sideways_scrolling(page: Page) -> None:
    await page.set_viewport_size({"width": 360, "height": 740})
    await page.get_by_role("button", name="How many?").click()
    await expect(page.locator("#thread-log article")).to_have_count(2)

    assert await page.evaluate("document.documentElement.scrollWidth") == 360


WEAK_PAIRS = """() => {
  const style = getComputedStyle(document.documentElement);
  const light = (name) => {
    const hex = style.getPropertyValue(name).trim();
    const parts = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
      .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const pairs = [
    ...["--ink", "--muted", "--accent"].flatMap((ink) =>
      ["--ground", "--raised", "--pressed"].map((ground) => [ink, ground])),
    ["--accent", "--accent-soft"], ["--accent-ink", "--accent"],
    ["--amber", "--amber-soft"], ["--red", "--red-soft"], ["--red", "--raised"],
    ["--green", "--raised"], ["--green", "--pressed"], ["--red", "--pressed"],
    ["--side-ink", "--side-here"], ["--side-muted", "--side"],
    ["--side-ink", "--side-hover"], ["--ink", "--accent-soft"],
  ];
  return pairs.filter(([ink, ground]) => {
    const [low, high] = [light(ink), light(ground)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05) < 4.5;
  });
}"""
