"""Runs faults against the app and prints what became of every question.

python -m tests.faults --questions 2000 --kills 12 --database sqlite
python -m tests.faults --questions 2000 --kills 12 --database postgres --replicas 2
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from tests.faults.plan import Plan
from tests.faults.run import fault_run


def main(words: Sequence[str] | None = None) -> int:
    """Run, print, and end with 1 if the promise was broken."""
    arguments = vars(_parser().parse_args(words))
    kept: Path | None = arguments.pop("keep")
    plan = Plan(**arguments)
    with tempfile.TemporaryDirectory(prefix="faults-") as fresh:
        Path(fresh).chmod(0o755)  # the database's own user passes through
        folder = kept or Path(fresh)
        folder.mkdir(parents=True, exist_ok=True)
        verdict = asyncio.run(fault_run(plan, folder, _say))
    sys.stdout.write("\n".join((*verdict.lines(), "")))
    failures = verdict.failures()
    sys.stdout.write(f"broken: {'; '.join(failures)}\n" if failures else "kept\n")
    return 1 if failures else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    choices = {"database": ("sqlite", "postgres"), "slack_faults": ("on", "off")}
    for one in fields(Plan):
        parser.add_argument(
            f"--{one.name.replace('_', '-')}",
            type=type(one.default) if one.name != "code" else Path,
            default=one.default,
            choices=choices.get(one.name),
        )
    parser.add_argument("--keep", type=Path, help="run in this folder and leave it")
    return parser


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
