from __future__ import annotations

from pathlib import Path

import pytest

from bot.curation.font import LATIN, main, subset_of
from bot.errors import SettingsError
from bot.figures.lettering import Typeface, typeface


def test_another_package_than_the_released_one_is_refused(tmp_path: Path) -> None:
    package = tmp_path / "inter-ui.tgz"
    package.write_bytes(b"not the package")

    with pytest.raises(SettingsError, match=r"not inter-ui-4\.1\.1\.tgz.*npm pack"):
        main(package)


def test_cutting_keeps_the_letters_and_their_widths() -> None:
    shipped = typeface(600)

    cut = Typeface.parse(subset_of(shipped.data))

    assert cut.glyphs.keys() == shipped.glyphs.keys() <= set(LATIN)
    assert cut.width("7 of 11", 100) == shipped.width("7 of 11", 100)
    assert subset_of(shipped.data) == subset_of(shipped.data)
