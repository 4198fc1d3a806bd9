"""Says under which number something stands in a register."""

from __future__ import annotations

from collections.abc import Mapping


def entered(numbers: Mapping[str, str]) -> str:
    """Each register with its number, and without its name where the number has it."""
    return ", ".join(
        number if number.startswith(register) else f"{register} {number}"
        for register, number in numbers.items()
    )
