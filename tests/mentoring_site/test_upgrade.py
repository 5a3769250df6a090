"""A database that another version laid down is refused with a sentence, before anything is changed."""

import contextlib
import lzma
import os
import sqlite3
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from mentoring_site.management.commands.prepare import unknown_steps

pytestmark = [pytest.mark.django_db, pytest.mark.point("1")]


@pytest.fixture
def recorder(settings):
    """The database says that every migration on disk has been applied."""
    settings.MIGRATION_MODULES = {}
    recorder = MigrationRecorder(connection)
    for step in MigrationLoader(None).disk_migrations:
        recorder.record_applied(*step)
    return recorder


def test_a_database_of_this_version_needs_nothing(recorder):
    loader = MigrationExecutor(connection).loader
    assert unknown_steps(loader) == []
    assert MigrationExecutor(connection).migration_plan(loader.graph.leaf_nodes()) == []


@pytest.mark.parametrize(
    "step", [("people", "0001_tables"), ("mentoring_site", "0003_signature"), ("reports", "9999_later")]
)
def test_a_database_of_another_version_is_refused_with_a_sentence(recorder, step):
    """Of an earlier one, whose tables were laid down otherwise, and of a later one."""
    recorder.record_applied(*step)
    with pytest.raises(CommandError, match=rf"другой сборкой.*{step[0]}\.{step[1]}.*Ничего не изменено"):
        call_command("prepare")


def test_steps_of_other_packages_are_not_ours_to_know(recorder):
    recorder.record_applied("mfa", "9999_later")
    assert unknown_steps(MigrationExecutor(connection).loader) == []


def test_lists_are_planted_beside_what_the_school_wrote_itself():
    day = apps.get_model("people", "DayOff").objects
    day.filter(date="2026-05-09").update(name="Праздник школы")
    before = day.count()
    for step in ("0002_lists", "0013_regional_days"):
        import_module(f"people.migrations.{step}").plant(apps, None)
    assert day.count() == before and day.get(date="2026-05-09").name == "Праздник школы"


def test_a_school_of_version_0_3_becomes_one_of_today(tmp_path):
    """The whole demo of 0.3 as it lay on the disk: its rows stay, its people log in, its pages open."""
    path = tmp_path / "db.sqlite3"
    path.write_bytes(lzma.decompress((SAMPLES / "version-0.3.sqlite3.xz").read_bytes()))
    with contextlib.closing(sqlite3.connect(path)) as old:
        before = rows_of(old)
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DEMO")}
    env = kept | {
        "DATA_DIR": str(tmp_path),
        "SECRET_KEY": "upgrade-only-0000000000000000000000000000000000000000000000001",
        "SITE_URL": "http://127.0.0.1:8000",
    }

    def manage(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *words], cwd=ROOT, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    manage("prepare")
    with contextlib.closing(sqlite3.connect(path)) as new:
        after = rows_of(new)
        assert new.execute("PRAGMA foreign_key_check").fetchall() == []
    after["people_withdrawalduty"] = after.pop("people_duty")  # renamed: terms are of requests too
    files = before.pop("programs_activityresult_files") + before.pop("programs_meeting_files", 0)
    assert after["mentoring_site_evidence"] == files > 0  # a file of a result is a row of evidence now
    lost = {name: (count, after.get(name)) for name, count in before.items() if after.get(name, 0) < count}
    assert lost == {}
    assert "No planned migration operations" in manage("migrate", "--plan")
    opened = manage("shell", "--no-imports", "-c", OPEN_PAGES).split()
    assert opened == ["200"] * len(UPGRADED)


ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "tests" / "samples"
UPGRADED = ("/home/", "/pairings/", "/programs/", "/results/", "/documents/")
OPEN_PAGES = f"""
from django.test import Client
from people.accounts.models import User
client = Client(headers={{"host": "127.0.0.1:8000"}})
client.force_login(User.objects.get(username="mentor"))
print(*(client.get(url).status_code for url in {UPGRADED}))
"""


def rows_of(database: sqlite3.Connection) -> dict[str, int]:
    """Return the number of rows of each table of ours, and of accounts."""
    names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    ours = ("people_", "programs_", "roadmap_", "reports_", "mentoring_site_", "mfa_", "auditlog_")
    count = "SELECT count(*) FROM "
    return {name: database.execute(f'{count}"{name}"').fetchone()[0] for (name,) in names if name.startswith(ours)}
