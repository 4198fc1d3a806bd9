"""Reads one curated YAML file and remembers on which line each part stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.errors import UnreadableFileError
from bot.knowledge.shelf import Shelf


# libyaml reads the same files in a fraction of the time the pure parser takes
_Base: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]  # chosen at run time
    """Reads `on`, `yes` and `no` as the words they are, as YAML 1.2 does."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if tag != "tag:yaml.org,2002:bool"]
    for first, rules in _Base.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf")
)


_ITEM = 2  # steps to an item of a list at the top: the list, the place in it


@dataclass(frozen=True, slots=True)
class CuratedFile:
    """What a file says, and where."""

    path: Path
    data: Any  # as JSON would hold it: dates are text
    lines: Mapping[str, Sequence[int]]  # of each item of each list at the top

    @classmethod
    def read(cls, path: Path, shelf: Shelf | None = None) -> CuratedFile:
        """Parse a file; raise UnreadableFileError with the line if it is not YAML.

        A shelf remembers what the same bytes said before: parsing takes most of a
        cold start.
        """
        written = path.read_bytes()
        kept = None if shelf is None else shelf.kept(written)
        if kept is None:
            kept = _parsed(path)
            if shelf is not None:
                shelf.keep(written, kept)
        return cls(path, kept["data"], kept["lines"])

    def part(self, location: Sequence[str | int]) -> Any:
        """What is written at a location that exists."""
        part = self.data
        for step in location:
            part = part[step]
        return part

    def line_of(self, location: Sequence[str | int]) -> int:
        """The line of a part, or of the nearest part around it that is written."""
        listed = self.lines.get(str(location[0]), ()) if len(location) == _ITEM else ()
        if listed and isinstance(location[1], int) and location[1] < len(listed):
            return listed[location[1]]
        node: yaml.Node | None = _root_of(self.path)
        line = 1
        for step in location:
            node = None if node is None else _child(node, step)
            if node is None:
                break
            line = node.start_mark.line + 1
        return line

    def repeated_keys(self) -> Iterator[tuple[int, str]]:
        """Each key that a mapping writes twice, with the line of the second."""
        root = _root_of(self.path)
        waiting = [] if root is None else [root]
        while waiting:
            node = waiting.pop()
            if isinstance(node, yaml.MappingNode):
                yield from _repeated(node)
                waiting.extend(value for _, value in node.value)
            elif isinstance(node, yaml.SequenceNode):
                waiting.extend(node.value)


def _parsed(path: Path) -> dict[str, Any]:
    """What a file says as JSON would hold it, and the lines of its lists."""
    root, data = _composed(path)
    lines = {
        key.value: [item.start_mark.line + 1 for item in value.value]
        for key, value in (root.value if isinstance(root, yaml.MappingNode) else ())
        if isinstance(value, yaml.SequenceNode)
    }
    plain = json.loads(json.dumps(data, default=str))
    return {"data": plain, "lines": lines}


def _root_of(path: Path) -> yaml.Node | None:
    return _composed(path)[0]


def _composed(path: Path) -> tuple[yaml.Node | None, Any]:
    try:
        loader = _Loader(path.read_text("utf-8"))
        root = loader.get_single_node()
        return root, None if root is None else loader.construct_document(root)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = 1 if mark is None else mark.line + 1
        raise UnreadableFileError(path, line, f"not YAML: {error.problem}") from error
    except (UnicodeDecodeError, yaml.YAMLError, ValueError) as error:
        reason = f"not readable as UTF-8 YAML: {str(error).splitlines()[0]}"
        raise UnreadableFileError(path, 1, reason) from error


def _child(node: yaml.Node, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        return node.value[step] if step < len(node.value) else None
    return None


def _repeated(node: yaml.MappingNode) -> Iterator[tuple[int, str]]:
    seen: set[str] = set()
    for key, _ in node.value:
        if key.value in seen:
            yield key.start_mark.line + 1, key.value
        seen.add(key.value)
