"""Says how a reply is drawn for whoever reads it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.slack.preferences import Preference, Role


_OPENED: dict[Role, frozenset[str]] = {
    "registrar": frozenset(),
    "nurse": frozenset({"What this does not tell you"}),
    "press": frozenset(),
    "statistician": frozenset({"Numbers and method"}),
    "data manager": frozenset({"Sources"}),
}


@dataclass(frozen=True, slots=True)
class Manner:
    """What a reply carries besides its words."""

    actions: bool = False  # whether there is something to do with it
    private: bool = False  # whether one person alone sees it, who may share it
    short: bool = False  # without what is folded
    opened: frozenset[str] = frozenset()  # titles of folds that stand open
    ids: bool = False  # of facts and knowledge, for the record
    label: str = ""  # set for the press: then it is always shown
    because: str = ""  # why the press may pass it on
    on_call_hears: bool = False  # whether there is a channel that requests go to
    ladder: tuple[str, ...] = ()  # who comes next if the on-call team does not answer


PLAIN = Manner()


def manner_for(
    preference: Preference, label: str, ladder: tuple[str, ...], *, private: bool
) -> Manner:
    """How a person with these settings sees a reply."""
    is_press = preference.role == "press"
    return Manner(
        actions=True,
        private=private,
        short=preference.length == "short" or is_press,
        opened=_OPENED[preference.role],
        ids=preference.role == "data manager",
        label=label if is_press else "",
        ladder=ladder,
    )
