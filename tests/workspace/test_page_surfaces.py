"""A person with a browser uses Home, modals, menus, files and edits."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect

from bot.workspace.directory import NURSE, REGISTRAR
from bot.workspace.server import running_workspace
from bot.workspace.workspace import Workspace
from tests.workspace.desks import QUESTIONS
from tests.workspace.surface_app import Told
from tests.workspace.surfaces import PIXEL, make_surfaces
from tests.workspace.surroundings import chromium
from tests.workspace.test_page import QUIET


@pytest.fixture
async def surfaces() -> AsyncIterator[Workspace]:
    """The same workspace, on the time of the day: browsers have no other."""
    async with running_workspace(make_surfaces()) as desk:
        yield desk


@pytest.fixture
async def page(surfaces: Workspace, told: Told) -> AsyncIterator[Page]:
    assert told.bodies == []
    executable = chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=executable, args=QUIET
        )
        page = await browser.new_page()
        await page.goto(surfaces.url)
        await expect(page.get_by_role("heading", level=1)).to_have_text("#questions")
        yield page
        await browser.close()


async def test_a_modal_says_what_is_wrong_and_leads_back(page: Page) -> None:
    await page.get_by_role("button", name="Shortcuts").press("Enter")
    await page.keyboard.press("Enter")
    question = page.get_by_role("dialog").get_by_label("Question")
    await expect(question).to_be_focused()

    await page.keyboard.press("Enter")
    await expect(question).to_have_attribute("aria-invalid", "true")
    await expect(page.get_by_role("dialog")).to_contain_text("Please complete")
    await page.keyboard.type("how many?")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Shortcuts")).to_be_focused()


async def test_what_was_filled_in_survives_the_apps_objection(
    page: Page, told: Told
) -> None:
    await page.get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("menuitem", name="Ask privately").click()
    modal = page.get_by_role("dialog", name="Ask the file")
    await modal.get_by_label("Question").fill("how many?")
    await modal.get_by_label("Full").check()
    await modal.get_by_label("Role").select_option("nurse")
    told.answer = {"response_action": "errors", "errors": {"words": "Not that"}}
    await modal.get_by_role("button", name="Ask").click()
    await expect(modal).to_contain_text("Not that")

    told.answer = {}
    await modal.get_by_role("button", name="Ask").click()
    await expect(modal).to_be_hidden()
    values = told.of("view_submission")[1]["view"]["state"]["values"]
    assert values["words"]["words"]["value"] == "how many?"
    assert values["length"]["length"]["selected_option"]["value"] == "full"
    assert values["role"]["role"]["selected_option"]["value"] == "nurse"


async def test_escape_leads_back_through_the_stack_of_modals(page: Page) -> None:
    await page.get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("menuitem", name="Ask privately").click()
    await page.get_by_role("button", name="Deeper").click()
    await expect(page.get_by_role("dialog", name="Deeper")).to_be_visible()

    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog", name="Ask the file")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_home_is_drawn_and_hears_choices(page: Page, told: Told) -> None:
    await page.get_by_role("button", name="Trial desk APP").click()
    await expect(page.get_by_role("button", name="Rate")).to_be_visible()
    await page.get_by_role("tab", name="Messages").press("ArrowLeft")
    home = page.get_by_role("tabpanel", name="Home")
    await expect(home.get_by_role("heading", name="What I know")).to_be_visible()

    await home.get_by_role("combobox").select_option("dark")
    await home.get_by_role("button", name="Settings").click()
    await expect(page.get_by_role("dialog", name="Ask the file")).to_be_visible()

    (body,) = told.of("block_actions")[:1]
    assert body["actions"][0]["selected_option"]["value"] == "dark"


async def test_a_message_is_edited_answered_from_its_menu_and_deleted(
    page: Page, surfaces: Workspace
) -> None:
    ts = surfaces.speak(REGISTRAR.id, QUESTIONS.id, "only mild &amp; rash")
    message = page.locator(f'#log [data-ts="{ts}"]')
    await message.hover()
    await message.get_by_role("button", name="Message actions").click()
    await page.get_by_role("menuitem", name="Edit").click()
    box = page.get_by_role("textbox", name="Edit your message")
    await expect(box).to_have_value("only mild & rash")
    await box.fill("only mild rash?")
    await box.press("Enter")
    await expect(message).to_contain_text("(edited)")

    await message.hover()
    await message.get_by_role("button", name="Message actions").press("Enter")
    await page.get_by_role("menuitem", name="Answer from the file").press("Enter")
    whisper = page.locator("#log article", has_text="Only visible to you")
    await expect(whisper).to_contain_text("From the file: only mild rash?")

    await message.hover()
    await message.get_by_role("button", name="Message actions").click()
    await page.get_by_role("menuitem", name="Delete").click()
    await expect(message).to_have_count(0)


async def test_a_picture_is_attached_shown_and_liked(
    page: Page, surfaces: Workspace, tmp_path: Path
) -> None:
    picture = tmp_path / "dots.png"
    picture.write_bytes(PIXEL)
    await page.locator("#composer input[type=file]").set_input_files(picture)

    image = page.get_by_role("img", name="dots.png")
    await expect(image).to_be_visible()
    assert await image.evaluate("image => image.naturalWidth") == 1
    message = page.locator("#log article").last
    await message.hover()
    await message.get_by_role("button", name="Add a reaction").click()
    await page.get_by_role("menuitem", name="eyes").click()
    await expect(message.get_by_role("button", name="eyes, 1")).to_be_visible()
    assert surfaces.read(QUESTIONS.id)[0].reactions == (("eyes", REGISTRAR.id),)


async def test_a_workflow_step_is_run_and_its_outcome_told(page: Page) -> None:
    await page.get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("menuitem", name="Ask the file").click()
    await page.get_by_role("dialog").get_by_role("textbox").fill("rate")
    await page.get_by_role("button", name="Run").click()

    await expect(page.get_by_role("status")).to_contain_text("Heard: rate")


async def test_a_permalink_opens_its_message_in_its_thread(
    page: Page, surfaces: Workspace
) -> None:
    root = surfaces.speak(NURSE.id, QUESTIONS.id, "question")
    ts = surfaces.speak(NURSE.id, QUESTIONS.id, "in the thread", root)
    number = ts.replace(".", "")
    await page.goto(
        f"{surfaces.url}/archives/{QUESTIONS.id}/p{number}?thread_ts={root}"
    )

    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread).to_contain_text("in the thread")
