"""When a backup is made by itself, and who hears that it was not."""

import shutil
from collections import namedtuple
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from mentoring_site.backups import making
from mentoring_site.backups.copies import copies_in
from mentoring_site.backups.errors import BackupError
from mentoring_site.backups.making import make_backup
from mentoring_site.backups.nightly import Nightly, is_due, trouble
from mentoring_site.health import health_checks, record_heartbeat
from mentoring_site.models import Heartbeat, OutboxMail
from people.roles.letters import tell_of_backups
from tests.mentoring_site.backups.kit import KEY, back_up, manage, paper

FORGET = """
from django.db import connection
connection.cursor().execute("DELETE FROM django_migrations WHERE app = 'reports'")
"""
pytestmark = [pytest.mark.django_db, pytest.mark.point("13")]
MOSCOW = ZoneInfo("Europe/Moscow")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=MOSCOW)


LONG_AGO = at(1, 0)


@pytest.mark.parametrize(
    ("now", "newest", "started", "tried", "due"),
    [
        (at(20, 3, 1), at(19, 3), LONG_AGO, None, True),  # the hour has come
        (at(20, 2, 59), at(19, 3), LONG_AGO, None, False),  # it has not
        (at(20, 23), at(20, 3), LONG_AGO, None, False),  # made already
        (at(20, 8), at(19, 3), at(20, 7, 59), None, True),  # the computer was off at night
        (at(20, 3, 30), at(19, 3), LONG_AGO, at(20, 3, 1), False),  # failed half an hour ago
        (at(20, 4, 2), at(19, 3), LONG_AGO, at(20, 3, 1), True),  # again in an hour
        (at(20, 12), None, at(20, 11, 55), None, False),  # a new installation has something else to do
        (at(20, 12, 6), None, at(20, 11, 55), None, True),
        (at(20, 2), at(18, 4), LONG_AGO, None, True),  # yesterday's is missing
    ],
)
def test_when_a_backup_is_due(now, newest, started, tried, due):
    assert is_due(now, newest, started, tried) is due


def test_the_clock_makes_it_in_a_process_of_its_own(settings, tmp_path, monkeypatch):
    settings.BACKUP_DIR, settings.BACKUP_NIGHTLY = tmp_path / "copies", True
    nightly = Nightly()
    nightly.started -= timedelta(hours=1)
    # an empty installation: there is nothing to save, and the process says so
    for name, value in {"DATA_DIR": str(tmp_path), "SECRET_KEY": KEY, "BACKUP_DIR": str(tmp_path / "copies")}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("DATABASE_URL", raising=False)

    nightly.look()
    first = nightly.process
    nightly.look()
    assert first is not None and nightly.process is first  # one at a time
    first.wait(120)
    nightly.look()
    assert nightly.process is first  # and not again within the hour

    nightly.stop()


def test_told_otherwise_the_clock_makes_none(settings):
    settings.BACKUP_NIGHTLY = False
    nightly = Nightly()
    nightly.started -= timedelta(hours=1)
    nightly.look()
    assert nightly.process is None


# Who hears of it


def health():
    return next((c["ok"], c["sentence"]) for c in health_checks() if c["name"] == "Резервные копии")


@pytest.fixture
def good():
    record_heartbeat("backup")
    return Heartbeat.objects.get(name="backup")


def test_a_recent_backup_is_no_trouble(good):
    assert trouble() == "" and health()[0] is True


def test_a_late_backup_is_named(good):
    Heartbeat.objects.update(at=timezone.now() - timedelta(days=3))
    ok, sentence = health()
    assert ok is False and "новых больше двух суток нет" in sentence


def test_a_failed_backup_is_named_with_its_reason(good):
    record_heartbeat("backup_failed", "На диске кончилось место.")
    ok, sentence = health()
    assert ok is False and "копия не сделана: На диске кончилось место. Последняя удачная: " in sentence


def test_the_first_one_is_awaited_and_then_missed(settings):
    assert health() == (None, "Первая будет сделана в ближайшие минуты, следующие — каждую ночь")
    recorder = MigrationRecorder(connection)
    recorder.record_applied("people", "0001_initial")
    recorder.migration_qs.update(applied=timezone.now() - timedelta(days=3))
    assert health()[0] is False
    settings.BACKUP_NIGHTLY = False
    assert health() == (None, "Ночные копии выключены (BACKUP_NIGHTLY=0). Проверьте, кто их делает")


def test_those_who_watch_the_system_get_a_letter_a_day(cast):
    for user in (cast.curator, cast.sysadmin, cast.director):
        user.email = f"{user.username}@school.example"
        user.save()
    record_heartbeat("backup_failed", "На диске кончилось место")

    tell_of_backups()
    tell_of_backups()

    letters = OutboxMail.objects.filter(template="backup_trouble")
    assert {letter.to for letter in letters} == {"curator@school.example", "sysadmin@school.example"}
    assert "На диске кончилось место" in letters[0].text
    letters.update(created_at=timezone.now() - timedelta(days=1, minutes=1))
    tell_of_backups()
    assert letters.count() == 4
    Heartbeat.objects.all().delete()
    letters.delete()
    tell_of_backups()
    assert not letters.exists()


@pytest.mark.django_db(transaction=True)
def test_a_failure_is_written_down_and_a_success_ends_it(ours, target):
    (target.parent / "file").touch()
    with pytest.raises(CommandError):
        call_command("backup", target.parent / "file")
    assert "а нужна папка" in Heartbeat.objects.get(name="backup_failed").detail
    call_command("backup", target)
    assert set(Heartbeat.objects.values_list("name", flat=True)) == {"backup"}


# Before an update


@pytest.mark.django_db(transaction=True)
def test_a_database_in_use_is_saved_before_a_migration(ours, target, place):
    """A service that starts again and again after a failed migration makes one backup, not hundreds."""
    folder, url = place
    paper()
    back_up(target)
    assert manage(folder, "restore", target, url=url).returncode == 0
    assert manage(folder, "shell", "--no-imports", "-c", FORGET, url=url).returncode == 0

    first = manage(folder, "prepare", url=url)
    assert first.returncode != 0  # the tables are there already: a migration that fails
    assert "Делаю резервную копию перед обновлением базы" in first.stdout
    again = manage(folder, "prepare", url=url)
    assert "Делаю резервную копию" not in again.stdout

    made = copies_in(folder / "backups")
    assert [copy.before_update for copy in made] == [True]
    assert manage(folder, "verify_backup", folder / "backups", url=url).returncode == 0


@pytest.mark.django_db(transaction=True)
def test_without_a_backup_nothing_is_migrated(ours, target, place):
    folder, url = place
    back_up(target)
    assert manage(folder, "restore", target, url=url).returncode == 0
    assert manage(folder, "shell", "--no-imports", "-c", FORGET, url=url).returncode == 0
    shut = folder / "shut"
    shut.touch()

    done = manage(folder, "prepare", url=url, BACKUP_DIR=str(shut))

    assert done.returncode == 1
    assert "База данных не обновлена, потому что не удалась резервная копия" in done.stderr
    assert len(done.stderr.splitlines()) == 1


Disk = namedtuple("Disk", "total used free")


@pytest.mark.django_db(transaction=True)
def test_a_backup_leaves_the_school_room_to_work(tmp_path, monkeypatch):
    """Copies of a disk that fills up stopped uploads and registrations: now they stop before."""
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Disk(10 * 2**30, 9 * 2**30, making.SPARE))
    with pytest.raises(BackupError, match=r"мало места: нужно .* прежние целы"):
        make_backup(tmp_path)
    assert not list(tmp_path.iterdir())
