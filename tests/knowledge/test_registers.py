from __future__ import annotations

from bot.knowledge.registers import entered


def test_a_number_stands_behind_the_name_of_its_register() -> None:
    assert (
        entered({"Register": "R-12", "Journal": "J34"}) == "Register R-12, Journal J34"
    )


def test_a_number_that_has_the_name_of_its_register_is_not_named_twice() -> None:
    assert entered({"HARBOUR": "HARBOUR-7", "Register": "R-12"}) == (
        "HARBOUR-7, Register R-12"
    )
