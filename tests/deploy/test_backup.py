"""backup.sh over programs that stand in for PostgreSQL's, and litestream for real."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest
import yaml

from tests.deploy.programs import BESIDE_PYTHON, DEBIAN, DEPLOY, run


SCRIPT = DEPLOY / "backup.sh"
DUMP = """#!/bin/sh
for word; do case "$word" in --file=*) echo "dump as $PGPASSWORD" >"${word#--file=}";; esac; done
"""
LISTS = '#!/bin/sh\ntest -s "$2"\n'
FAILS = "#!/bin/sh\nexit 1\n"
DAY = 86_400  # seconds


def test_a_dump_appears_under_its_name_once_it_is_whole(tmp_path: Path) -> None:
    ran = _backup(tmp_path, "once", dump=DUMP, restore=LISTS)

    (dump,) = (tmp_path / "kept").iterdir()
    assert ran.returncode == 0
    assert f"backed up to {dump}" in ran.stdout
    assert dump.name.startswith("journal-")
    assert dump.name.endswith("Z.dump")
    assert dump.read_text() == "dump as only-in-tests\n"


@pytest.mark.parametrize(
    ("dump", "restore"), [(FAILS, LISTS), (DUMP, FAILS)], ids=["dumps", "reads back"]
)
def test_what_fails_leaves_nothing_that_looks_like_a_back_up(
    tmp_path: Path, dump: str, restore: str
) -> None:
    ran = _backup(tmp_path, "once", dump=dump, restore=restore)

    assert ran.returncode != 0
    assert list((tmp_path / "kept").glob("*.dump")) == []


def test_old_back_ups_go_and_newer_ones_stay(tmp_path: Path) -> None:
    old = _kept(tmp_path, "journal-20260101T000000Z.dump", days=16)
    newer = _kept(tmp_path, "journal-20260110T000000Z.dump", days=13)
    other = _kept(tmp_path, "somebody-elses.txt", days=99)

    _backup(tmp_path, "once", dump=DUMP, restore=LISTS)

    assert not old.exists()
    assert newer.exists()
    assert other.exists()


def test_a_failed_back_up_deletes_no_older_one(tmp_path: Path) -> None:
    old = _kept(tmp_path, "journal-20260101T000000Z.dump", days=99)

    _backup(tmp_path, "once", dump=FAILS, restore=LISTS)

    assert old.exists()


@pytest.mark.parametrize(("days", "code"), [(0.5, 0), (1.05, 0), (1.5, 1), (None, 1)])
def test_a_missed_night_is_unhealthy(
    tmp_path: Path, days: float | None, code: int
) -> None:
    if days is not None:
        _kept(tmp_path, "journal-20260101T000000Z.dump", days=days)

    ran = _backup(tmp_path, "fresh", dump=FAILS, restore=FAILS)

    assert ran.returncode == code


def test_other_words_are_explained(tmp_path: Path) -> None:
    ran = _backup(tmp_path, "weekly", dump=DUMP, restore=LISTS)

    assert ran.returncode == 2
    assert "usage: backup.sh once | nightly | fresh" in ran.stderr


def test_litestream_copies_a_journal_away_and_brings_it_back(tmp_path: Path) -> None:
    journal, back = tmp_path / "journal.sqlite3", tmp_path / "back.sqlite3"
    env = {
        "BECAR7_JOURNAL": str(journal),
        "LITESTREAM_REPLICA": f"file://{tmp_path}/copy",
    }
    config = ("-config", DEPLOY / "litestream.yml")
    with closing(sqlite3.connect(journal, isolation_level=None)) as rows:
        rows.execute("PRAGMA journal_mode = WAL")
        rows.execute("CREATE TABLE question (key TEXT)")
        rows.execute("INSERT INTO question VALUES ('T1:C1:1.000')")

        copied = run("litestream", "replicate", *config, "-once", env=env)
    restored = run("litestream", "restore", *config, "-o", back, journal, env=env)

    assert copied.returncode == 0, copied.stdout
    assert restored.returncode == 0, restored.stdout
    with closing(sqlite3.connect(back)) as rows:
        assert rows.execute("SELECT key FROM question").fetchall() == [("T1:C1:1.000",)]


def test_litestream_and_backup_keep_equally_long() -> None:
    kept = yaml.safe_load((DEPLOY / "litestream.yml").read_text())["snapshot"]

    assert kept["retention"] == f"{14 * 24}h"
    assert "${KEEP_DAYS:-14}" in SCRIPT.read_text()


def _backup(
    folder: Path, word: str, *, dump: str, restore: str
) -> subprocess.CompletedProcess[str]:
    programs, kept = folder / "programs", folder / "kept"
    programs.mkdir()
    kept.mkdir(exist_ok=True)
    for name, text in (("pg_dump", dump), ("pg_restore", restore)):
        (programs / name).write_text(text)
        (programs / name).chmod(0o755)
    (folder / "password").write_text("only-in-tests\n")
    env = {
        "PATH": f"{programs}:{BESIDE_PYTHON}:{DEBIAN}",
        "BACKUPS": str(kept),
        "PASSWORD_FILE": str(folder / "password"),
    }
    return run("sh", SCRIPT, word, env=env)


def _kept(folder: Path, name: str, days: float) -> Path:
    path = folder / "kept" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("a dump")
    then = time.time() - days * DAY
    os.utime(path, (then, then))
    return path
