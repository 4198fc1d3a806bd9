"""The views of an app: each person's Home tab, and the modals they have open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from bot.workspace.block_ids import with_ids
from bot.workspace.blocks import Block
from bot.workspace.controls import HOLDS, Option, at_first, controls
from bot.workspace.feed import Change, Feed
from bot.workspace.responses import RefusedError


DEEPEST = 3  # modals on top of each other; docs.slack.dev, views.push
TROUBLE = "We had some trouble connecting. Try again?"
Values: TypeAlias = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class View:
    """One view as it stands now, with what its person has filled in."""

    id: str
    user: str
    kind: str  # modal · home
    given: Mapping[str, Any]
    blocks: tuple[Block, ...]
    hash: str
    root: str
    previous: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)  # block, action: kept

    @property
    def callback_id(self) -> str:
        """How the app calls this kind of view."""
        return str(self.given.get("callback_id") or "")

    @property
    def title(self) -> str:
        """What stands at the top of a modal."""
        return str((self.given.get("title") or {}).get("text", ""))

    @property
    def private_metadata(self) -> str:
        """What the app wanted to find again."""
        return str(self.given.get("private_metadata") or "")

    @property
    def text(self) -> str:
        """Every word that a reader sees, block by block, line by line."""
        return "\n".join(words_in(list(self.blocks)))


@dataclass(slots=True)
class Views:
    """Every view that somebody can see now, and what is wrong with their input."""

    feed: Feed
    homes: dict[str, View] = field(default_factory=dict)
    stacks: dict[str, tuple[View, ...]] = field(default_factory=dict)
    problems: dict[str, Mapping[str, str]] = field(default_factory=dict)
    offered: dict[tuple[str, str], list[Option]] = field(default_factory=dict)
    _count: int = 0

    def open(self, user: str, given: Mapping[str, Any]) -> View:
        """Show a modal, on top of nothing."""
        if self.stacks.get(user):
            return self.push(user, given)
        view = self._new(user, given)
        self._show(user, (replace(view, root=view.id),))
        return self.stacks[user][-1]

    def push(self, user: str, given: Mapping[str, Any]) -> View:
        """Show a modal on top of those that are open."""
        stack = self.stacks.get(user, ())
        if not stack:
            raise RefusedError("not_found")
        if len(stack) >= DEEPEST:
            raise RefusedError("push_limit_reached")
        below, view = stack[-1], self._new(user, given)
        view = replace(view, root=below.root, previous=below.id)
        self._show(user, (*stack, view))
        return view

    def publish(self, user: str, given: Mapping[str, Any]) -> View:
        """Write a person's Home tab anew."""
        old = self.homes.get(user)
        view = self._new(user, given)
        name = old.id if old else view.id
        self.homes[user] = replace(view, id=name, root=name)
        self._tell(user)
        return self.homes[user]

    def update(self, view: View, given: Mapping[str, Any]) -> View:
        """Write a view anew; what was filled in stays where the names are the same."""
        fresh = self._new(view.user, given)
        values = {
            block: {
                name: view.values.get(block, {}).get(name, kept)
                for name, kept in inside.items()
            }
            for block, inside in fresh.values.items()
        }
        return self.keep(
            replace(
                view,
                given=given,
                blocks=fresh.blocks,
                hash=fresh.hash,
                values=values,
            )
        )

    def keep(self, view: View) -> View:
        """Put a changed view where it was."""
        if view.kind == "home":
            self.homes[view.user] = view
        else:
            stack = self.stacks.get(view.user, ())
            self.stacks[view.user] = tuple(
                view if old.id == view.id else old for old in stack
            )
        self.problems.pop(view.id, None)
        self._tell(view.user)
        return view

    def object_to(self, view: View, problems: Mapping[str, str]) -> None:
        """Show beside its inputs what is wrong with a view."""
        self.problems[view.id] = problems
        self._tell(view.user)

    def pop(self, view: View) -> None:
        """Take a modal away, and those above it; the one below is seen again."""
        stack = self.stacks.get(view.user, ())
        names = [open_.id for open_ in stack]
        if view.id in names:
            self._show(view.user, stack[: names.index(view.id)])

    def clear(self, user: str) -> None:
        """Take every modal away."""
        self._show(user, ())

    def find(self, name: str) -> View:
        """The view with this id or external id."""
        for view in self._all():
            if name and name in {view.id, view.given.get("external_id")}:
                return view
        raise RefusedError("not_found")

    def _all(self) -> Iterator[View]:
        yield from self.homes.values()
        for stack in self.stacks.values():
            yield from stack

    def _new(self, user: str, given: Mapping[str, Any]) -> View:
        name = given.get("external_id")
        if name and any(v.given.get("external_id") == name for v in self._all()):
            raise RefusedError("duplicate_external_id")
        self._count += 1
        number = f"V0VIEW{self._count:05d}"
        blocks = with_ids(given["blocks"], f"v{self._count}")
        return View(
            id=number,
            user=user,
            kind=given["type"],
            given=given,
            blocks=blocks,
            hash=f"{self._count}.desk",
            root=number,
            values=first_values(blocks),
        )

    def _show(self, user: str, stack: tuple[View, ...]) -> None:
        self.stacks[user] = stack
        self._tell(user)

    def _tell(self, user: str) -> None:
        self.feed.tell(Change("views", self.as_shown(user), (user,)))

    def as_shown(self, user: str) -> dict[str, Any]:
        """What the page draws for a person."""
        stack, home = self.stacks.get(user, ()), self.homes.get(user)
        return {
            "home": home and self._drawn(home),
            "modal": self._drawn(stack[-1]) if stack else None,
            "depth": len(stack),
        }

    def _drawn(self, view: View) -> dict[str, Any]:
        return {
            **{name: view.given.get(name) for name in ("title", "submit", "close")},
            "id": view.id,
            "hash": view.hash,
            "blocks": list(view.blocks),
            "values": view.values,
            "problems": self.problems.get(view.id, {}),
        }


def first_values(blocks: tuple[Block, ...]) -> Values:
    """What inputs and menus keep before anybody touched them."""
    values: Values = {}
    for block, control in controls(blocks):
        if control["type"] in HOLDS.keys() - {"overflow"}:
            inside = values.setdefault(block["block_id"], {})
            inside[control["action_id"]] = at_first(control)
    return values


def words_in(part: Any) -> Iterator[str]:
    """The words of text objects, labels and alternative texts, in their order."""
    if isinstance(part, dict):
        own = (part.get("text"), part.get("alt_text"))
        yield from (words for words in own if isinstance(words, str))
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from words_in(inner)
