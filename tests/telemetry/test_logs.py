from __future__ import annotations

import ast
import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SettingsError
from bot.settings import ROOT
from bot.telemetry.known import KNOWN
from bot.telemetry.logs import LEFT_OUT, formatter, set_up_logs


SECRET = "xoxb-only-in-tests and an unspeakable question"  # noqa: S105  nobody's
KNOWN_TO_BE: dict[str, str] = {}
LEVELS = frozenset({"debug", "info", "warning", "error", "critical", "exception"})


@pytest.fixture
def root_kept() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def record(msg: object, *args: Any, name: str = "bot.slack.entry") -> logging.LogRecord:
    return logging.LogRecord(
        name, logging.ERROR, "/somewhere/bot/slack/entry.py", 12, msg, args, None
    )


def line_of(one: logging.LogRecord) -> dict[str, Any]:
    line: dict[str, Any] = json.loads(formatter("json").format(one))
    return line


def test_a_line_says_when_where_how_bad_and_what() -> None:
    line = line_of(record("a request is refused"))

    assert line["event"] == "a request is refused"
    assert (line["level"], line["logger"]) == ("error", "bot.slack.entry")
    assert line["timestamp"].endswith("Z")


def test_known_fields_are_kept_and_others_are_not() -> None:
    one = record("fault")
    vars(one).update(reference="ab12cd34", status=413, text=SECRET, question=SECRET)

    line = line_of(one)

    assert (line["reference"], line["status"]) == ("ab12cd34", 413)
    assert "unspeakable" not in json.dumps(line)


def test_numbers_in_a_line_of_ours_are_kept_and_words_are_not() -> None:
    line = line_of(record("stopped with %d answers, the last %s", 3, SECRET))

    assert line["event"] == "stopped with 3 answers, the last …"


def test_what_a_library_says_is_left_out_but_not_where() -> None:
    line = line_of(record(f"event: {SECRET}", name="aiohttp.client"))

    assert line["event"] == LEFT_OUT
    assert line["where"] == "slack/entry.py:12"
    assert "unspeakable" not in json.dumps(line)


def test_bolt_speaks_under_our_name_and_is_a_library_all_the_same() -> None:
    assert line_of(record(SECRET, name="bot.slack.bolt"))["event"] == LEFT_OUT


def test_an_error_is_told_by_its_kind_and_place_without_its_message() -> None:
    one = record("broken")
    try:
        _break()
    except RuntimeError as error:
        one.exc_info = (RuntimeError, error, error.__traceback__)

    line = line_of(one)

    assert [fault["kind"] for fault in line["faults"]] == ["RuntimeError", "KeyError"]
    assert "test_logs.py" in line["faults"][0]["frames"][-1]
    assert "unspeakable" not in json.dumps(line)


def test_what_we_wrote_for_the_operator_is_told() -> None:
    one = record("cannot start")
    error = SettingsError("BECAR7_PORT cannot be used: set another")
    one.exc_info = (SettingsError, error, None)

    assert line_of(one)["faults"][0]["reason"] == str(error)


@given(st.text(min_size=1), st.sampled_from(sorted(KNOWN)))
def test_a_line_is_one_line_of_json_whatever_a_field_holds(
    said: str, field: str
) -> None:
    one = record("fault")
    vars(one)[field] = [{said: said}, said * 1_000]

    line = formatter("json").format(one)

    assert "\n" not in line
    assert len(line) < 8_000
    assert json.loads(line)["event"] == "fault"


@pytest.mark.usefixtures("root_kept")
def test_a_line_that_cannot_be_written_is_not_quoted_elsewhere(
    capsys: pytest.CaptureFixture[str],
) -> None:
    stream = io.StringIO()
    stream.close()
    set_up_logs("INFO", "json", stream)
    logging.getLogger("bot.slack.entry").error(SECRET)

    said = capsys.readouterr().err
    assert "a log line could not be written" in said
    assert "unspeakable" not in said


@pytest.mark.usefixtures("root_kept")
def test_a_library_is_heard_when_it_warns_and_not_before() -> None:
    stream = io.StringIO()
    set_up_logs("DEBUG", "json", stream)
    logging.getLogger("uvicorn.error").info("started")
    logging.getLogger("uvicorn.error").warning("stumbled")
    logging.getLogger("bot.slack.serving").debug("listening")

    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [line["event"] for line in lines] == [LEFT_OUT, "listening"]


def test_every_line_of_ours_is_a_literal_with_known_fields() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in sorted((ROOT / "bot").rglob("*.py"))
        for call in _log_calls(ast.parse(path.read_text("utf-8")))
        if not _is_literal(call)
    ]

    assert wrong == []


def test_every_field_that_we_log_is_a_known_one() -> None:
    unknown = {
        key.value
        for path in sorted((ROOT / "bot").rglob("*.py"))
        for function in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for call in _log_calls(function)
        for given in _extra(call, function)
        for key in given.keys
        if isinstance(key, ast.Constant) and key.value not in KNOWN
    }

    assert unknown == set()


def _break() -> None:
    try:
        KNOWN_TO_BE[SECRET]
    except KeyError as error:
        raise RuntimeError(SECRET) from error


def _log_calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in LEVELS
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id in {"log", "logger", "_log"}
        ):
            yield node


def _is_literal(call: ast.Call) -> bool:
    first = call.args[0] if call.args else None
    return isinstance(first, ast.Constant) and isinstance(first.value, str)


def _extra(call: ast.Call, function: ast.AST) -> Iterator[ast.Dict]:
    """The dictionary that is handed over as `extra`, there or under its name."""
    for word in call.keywords:
        if word.arg == "extra" and isinstance(word.value, ast.Dict):
            yield word.value
        if word.arg == "extra" and isinstance(word.value, ast.Name):
            yield from _assigned(word.value.id, function)


def _assigned(name: str, function: ast.AST) -> Iterator[ast.Dict]:
    for node in ast.walk(function):
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Dict)
            and any(isinstance(t, ast.Name) and t.id == name for t in node.targets)
        ):
            yield node.value
