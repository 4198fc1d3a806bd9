from __future__ import annotations

from pathlib import Path

from bot.settings import ROOT, own_file, own_pack


def test_a_checkout_serves_its_own_pack() -> None:
    assert own_pack(ROOT).parent == ROOT / "knowledge"


def test_an_installed_wheel_serves_the_pack_inside_it(tmp_path: Path) -> None:
    packed = tmp_path / "bot" / "_packs" / "some-trial"
    packed.mkdir(parents=True)
    (packed / "trial.yaml").touch()

    assert own_pack(tmp_path) == packed


def test_without_any_pack_the_place_for_one_is_named(tmp_path: Path) -> None:
    assert own_pack(tmp_path) == tmp_path / "knowledge"


def test_an_installed_wheel_has_the_files_of_the_demo_inside_it(tmp_path: Path) -> None:
    packed = tmp_path / "bot" / "_deploy" / "manifest.yaml"
    packed.parent.mkdir(parents=True)
    packed.touch()

    assert own_file(tmp_path, "manifest.yaml") == packed
    assert own_file(ROOT, "manifest.yaml") == ROOT / "deploy" / "manifest.yaml"
