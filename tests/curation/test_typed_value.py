from __future__ import annotations

import pytest

from bot.curation.typed_value import WAYS, value_of
from bot.errors import CurationError


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("7 of 11 people", "count", "7 of 11 people"),
        ("7/11  people (64%)", "count", "7 of 11 people"),
        ("64% of 11", "percentage", "64% (n = 11)"),
        ("about 64.5 % (n = 11)", "percentage", "about 64.5% (n = 11)"),
        ("more than 64%", "percentage", "more than 64% (n not stated)"),
        ("5 to 50 lux at the eye", "range", "5 to 50 lux at the eye"),
        ("0.5\u20133 months", "range", "0.5 to 3 months"),
        ("up to 10 patients", "quantity", "up to 10 patients"),
        ("6 months", "quantity", "6 months"),
        ("2026-01-09", "date", "9 January 2026"),
        ("9 January 2026", "date", "9 January 2026"),
        ("Jan 2026 to 3 March 2026", "date", "January 2026 to 3 March 2026"),
        ("2026", "date", "2026"),
        ("“none reported”", "text", "none reported"),
        ("list: eyes; ears: 3 of 11 people", "list", "eyes; ears 3 of 11 people"),
        (
            "ids: Big Register A-1; Other B-2",
            "identifier",
            "Big Register A-1, Other B-2",
        ),
    ],
)
def test_a_value_is_read_as_a_curator_types_it(
    typed: str, kind: str, text: str
) -> None:
    value = value_of(typed)

    assert (value.kind, value.text()) == (kind, text)


@pytest.mark.parametrize("way", WAYS)
def test_every_way_that_is_recommended_can_be_read(way: str) -> None:
    assert value_of(way).text()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("quite a few", "is no value that I can read: write 7 of 11 people"),
        ("7 of 11", "is no value that I can read"),
        ("", "is no value that I can read"),
        ("7 of 5 people", "7 of 5 is more than all"),
        ("50 to 5 lux", "50 to 5 runs backwards"),
        ("140% of 11", "less than or equal to 100"),
        ("2026-13-01", "write a day as 2026-01-09"),
        ("9 Foobar 2026", "write a day as 2026-01-09"),
    ],
)
def test_what_cannot_be_read_says_how_it_is_written(typed: str, said: str) -> None:
    with pytest.raises(CurationError) as refused:
        value_of(typed)

    assert said in str(refused.value)


def test_a_printed_percentage_is_kept() -> None:
    assert "64" in value_of("7 of 11 people (64%)").numbers()
