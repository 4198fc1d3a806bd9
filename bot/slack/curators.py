"""Says who keeps the facts here, and where they hear of their work."""

from __future__ import annotations

from dataclasses import dataclass

from bot.slack.person import Person


@dataclass(frozen=True, slots=True)
class Curation:
    """The curators of this place, as its settings name them."""

    curators: frozenset[str] = frozenset()  # user ids, or team:user
    team: str = ""  # of the channel; empty: the one workspace that there is
    channel: str = ""  # for the weekly digest; empty: there is none
    branches: bool = False  # whether a draft is pushed to the pack's git remote

    @classmethod
    def of(cls, curators: str, channel: str, *, branches: bool) -> Curation:
        """As they are written in the settings."""
        named = (name.strip() for name in curators.split(","))
        team, _, place = channel.strip().rpartition(":")
        return cls(frozenset(filter(None, named)), team, place, branches)

    def has(self, person: Person) -> bool:
        """Whether a person may see the board and act on it."""
        return bool({person.user, name_of(person)} & self.curators)


def name_of(person: Person) -> str:
    """How a person is named in the journal."""
    return f"{person.team}:{person.user}"


def mention_of(name: str) -> str:
    """How somebody on record is written in Slack: a mention, or the name as typed."""
    team, _, user = name.rpartition(":")
    is_slack = team.isalnum() and user.isalnum() and user.isupper()
    return f"<@{user}>" if is_slack else name
