from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.commands import Commands
from tests.conftest import TINY
from tests.curation.web_peer import STUDY, STUDY_PATH, Web, make_study, serving


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as peer:
        yield peer


@pytest.fixture
def own(becar7: Commands, tmp_path: Path, web: Web) -> Path:
    """A pack whose two works lie in the web of the test."""
    pack = shutil.copytree(TINY, tmp_path / "own")
    sources = pack / "sources.yaml"
    text = sources.read_text()
    for name in ("journal", "newsletter"):
        text = text.replace(f"https://{name}.invalid/lantern", f"{web.url}/{name}")
    record = f"    registry_id: {STUDY}\n    record: {{status: recruiting}}\n"
    sources.write_text(text.replace("    tier: A\n", f"    tier: A\n{record}"))
    becar7.set(KNOWLEDGE_DIR=pack, TODAY="2026-11-22")
    return pack


def test_a_young_pack_is_well_and_nobody_is_asked(
    becar7: Commands, own: Path, web: Web
) -> None:
    ran = becar7("health")

    assert (ran.code, ran.out) == (0, "")
    assert "nothing to look at; links and registries only with --online" in ran.err
    assert web.asked == []
    assert own.exists()


def test_an_old_pack_has_its_reviews_listed(becar7: Commands, own: Path) -> None:
    becar7.set(TODAY="2027-12-22")

    ran = becar7("health", "--json")

    told = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.code == 1
    assert {one["concern"] for one in told} == {"overdue"}
    assert "since 2027-11-22, 30 days" in told[0]["advice"]
    assert own.exists()


def test_online_the_links_and_the_registries_are_asked(
    becar7: Commands, own: Path, web: Web
) -> None:
    web.put("/journal", "words")
    web.put(STUDY_PATH, make_study(status="COMPLETED", updated="2020-02-15"))

    ran = becar7("health", "--online", "--ctgov", web.url)

    assert ran.code == 1
    assert ran.out.splitlines() == [
        (
            "drift    nowhere-report-2020: status was recruiting when it was read, and is"
            " completed at ClinicalTrials.gov today: read the record again"
        ),
        (
            "link     nowhere-newsletter-2020:"
            f" {web.url}/newsletter is gone (404): find its new place"
        ),
    ]
    assert ran.err == "2 to look at\n"
    assert own.exists()
