"""Who is in the workspace, and where they talk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.workspace.features import Features


@dataclass(frozen=True, slots=True)
class Team:
    """The workspace itself."""

    id: str = "T0DESK00001"
    name: str = "Trial desk"
    domain: str = "trial-desk"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who writes, reads and taps; the app's own user is one too."""

    id: str
    name: str  # as in a handle: no spaces
    real_name: str
    title: str = ""
    bot_id: str | None = None  # only the app's user has one

    @property
    def is_bot(self) -> bool:
        """Whether this is the app's own user."""
        return self.bot_id is not None

    def to_slack(self, team: Team) -> dict[str, Any]:
        """The user as `users.info` describes it."""
        return {
            "id": self.id,
            "team_id": team.id,
            "name": self.name,
            "real_name": self.real_name,
            "deleted": False,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "tz": "Europe/London",
            "tz_offset": 0,
            "locale": "en-GB",
            "profile": self._profile(team),
        }

    def _profile(self, team: Team) -> dict[str, Any]:
        return {
            "real_name": self.real_name,
            "display_name": self.name,
            "title": self.title,
            "team": team.id,
        }


@dataclass(frozen=True, slots=True)
class Channel:
    """A place where messages stand: a channel, or a person's talk with the app."""

    id: str
    name: str
    topic: str = ""
    members: tuple[str, ...] = ()
    direct: bool = False
    is_archived: bool = False
    is_ext_shared: bool = False  # shared with another organisation

    @property
    def kind(self) -> str:
        """The `channel_type` of events from here."""
        return "im" if self.direct else "channel"

    def to_slack(self, bot: Person) -> dict[str, Any]:
        """The conversation as `conversations.info` describes it."""
        if self.direct:
            return {"id": self.id, "is_im": True, "user": self._other(bot)}
        return {
            "id": self.id,
            "name": self.name,
            "is_channel": True,
            "is_im": False,
            "is_private": False,
            "is_member": bot.id in self.members,
            "is_archived": self.is_archived,
            "is_ext_shared": self.is_ext_shared,
            "is_shared": self.is_ext_shared,
            "topic": {"value": self.topic},
            "num_members": len(self.members),
        }

    def _other(self, bot: Person) -> str:
        return next(member for member in self.members if member != bot.id)


@dataclass(frozen=True, slots=True)
class Directory:
    """Everybody and every place, by id."""

    team: Team
    bot: Person
    people: Mapping[str, Person]
    channels: dict[str, Channel]

    @classmethod
    def of(
        cls,
        team: Team,
        bot: Person,
        people: tuple[Person, ...],
        channels: tuple[Channel, ...],
    ) -> Directory:
        """Everybody is in every channel; each person also has a talk with the app."""
        everyone = tuple(person.id for person in (*people, bot))
        places = (
            *(_joined(channel, everyone) for channel in channels),
            *(_direct(person, bot) for person in people),
        )
        return cls(
            team=team,
            bot=bot,
            people={person.id: person for person in (*people, bot)},
            channels={place.id: place for place in places},
        )

    def direct(self, person: str) -> Channel | None:
        """The person's own talk with the app."""
        return next(
            (c for c in self.channels.values() if c.direct and person in c.members),
            None,
        )

    def join(self, channel: Channel, user: str) -> Channel:
        """The channel with one more member."""
        members = tuple(dict.fromkeys((*channel.members, user)))
        joined = replace(channel, members=members)
        self.channels[channel.id] = joined
        return joined

    def seen_by(self, person: str) -> tuple[Channel, ...]:
        """The places whose messages this person may read."""
        return tuple(c for c in self.channels.values() if person in c.members)


def _joined(channel: Channel, everyone: tuple[str, ...]) -> Channel:
    if channel.members:
        return channel
    return replace(channel, members=everyone)


def _direct(person: Person, bot: Person) -> Channel:
    return Channel(
        id="D" + person.id[1:],
        name=person.name,
        members=(person.id, bot.id),
        direct=True,
    )


REGISTRAR = Person("U0REGISTRAR", "registrar", "Ruth Adeyemi", "Registrar, on call")
NURSE = Person("U0NURSE0001", "nurse", "Noor Hassan", "Research nurse")
PRESS = Person("U0PRESS0001", "press", "Piotr Lewis", "Press officer")
PEOPLE = (REGISTRAR, NURSE, PRESS)


@dataclass(frozen=True, slots=True)
class WorkspaceConfig:
    """What one workspace looks like and where it listens."""

    channels: tuple[Channel, ...]
    bot: Person = Person("U0BOT000001", "desk", "Trial desk", "App", "B0BOT000001")
    team: Team = field(default_factory=Team)
    people: tuple[Person, ...] = PEOPLE
    app_id: str = "A0DESK00001"
    command: str = "/desk"
    suggestions: tuple[str, ...] = ()  # shown as chips in an empty channel
    features: Features = field(default_factory=Features)
    port: int = 0  # 0 lets the operating system choose
    acknowledge_within: float = 3.0  # seconds; Slack's limit for every request

    @property
    def directory(self) -> Directory:
        """Everybody and every place of this workspace."""
        return Directory.of(self.team, self.bot, self.people, self.channels)
