"""Backups while others write: each is whole, restores, and is one moment of the school.

Every act writes a row and a file in one transaction, so a backup that is no moment has one without the other.
"""

import threading
import time

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction

from mentoring_site.backups import database, external, making
from mentoring_site.backups.copies import copies_in
from mentoring_site.backups.errors import BackupError
from mentoring_site.backups.making import make_backup
from mentoring_site.backups.reading import inspect
from mentoring_site.files import delete_stored, store_bytes
from mentoring_site.health import record_heartbeat
from tests.mentoring_site.backups.kit import ask, back_up, manage, paper
from tests.torture.test_torture_disk import fill

pytestmark = [pytest.mark.torture, pytest.mark.point("13", "25"), pytest.mark.django_db(transaction=True)]
WRITERS = 2


class School:
    """Writes and deletes as fast as it can, until it is told to stop."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.errors: list[Exception] = []
        self.written = 0
        self.threads = [threading.Thread(target=self.work, args=[n]) for n in range(WRITERS)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        for thread in self.threads:
            thread.join(60)

    def write_more(self, acts: int) -> None:
        """Wait until so many further acts are done."""
        until = self.written + acts
        while self.written < until and not self.errors:
            time.sleep(0.01)

    def work(self, writer: int) -> None:
        number = 0
        try:
            while not self.stop.is_set():
                number += 1
                self.act(f"{writer}-{number}", number)
        except Exception as error:
            self.errors.append(error)
        finally:
            connection.close()

    def act(self, name: str, number: int) -> None:
        """Write a file, then in one transaction its mark; each third is deleted again, row first and then bytes."""
        stored = store_bytes(f"%PDF-1.7\n{name}".encode() * 500, name=name, content_type="application/pdf")
        with transaction.atomic():
            record_heartbeat(f"{name}-a")
            time.sleep(0.002)
            record_heartbeat(f"{name}-b")
        self.written += 1
        if number % 3 == 0:
            delete_stored(stored)


WHOLE = """
import hashlib
from mentoring_site.models import Heartbeat, StoredFile
names = set(Heartbeat.objects.values_list("name", flat=True))
halves = sum((name[:-1] + other) not in names for name in names for other in "ab" if name[-2:] in ("-a", "-b"))
wrong = sum(hashlib.sha256(row.file.read()).hexdigest() != row.sha256 for row in StoredFile.objects.all())
print(halves, wrong)
"""


def test_backups_under_load_are_whole(shared_database, ours, tmp_path, figures, told):
    for n in range(30):
        paper(f"бумага {n}")
    made = []
    with School() as school:
        for n in range(figures.backups):
            made.append(back_up(tmp_path / f"copies{n}"))
    assert school.errors == []
    whole = 0
    for backup in made:
        (work := tmp_path / "work").mkdir(exist_ok=True)
        manifest, _ = inspect(backup.copy, work)
        listed = [entry for entry in manifest.files if entry.listed]
        whole += (
            not manifest.lost and not manifest.damaged and len(listed) == manifest.tables["mentoring_site_storedfile"]
        )
    told(backups=len(made), acts=school.written, wrong=len(made) - whole)
    assert whole == figures.backups and school.written > figures.backups


def test_what_was_saved_under_load_is_restored(shared_database, ours, place, target, told):
    folder, url = place
    with School() as school:
        school.write_more(5)
        back_up(target)
    assert school.errors == []
    done = manage(folder, "restore", target, url=url)
    assert done.returncode == 0, done.stderr
    told(acts=school.written)
    assert ask(folder, WHOLE, url=url) == "0 0"


def test_files_and_database_of_two_moments_are_caught(shared_database, ours, tmp_path):
    """The switch: files that were listed before the database was copied are not those of its moment."""
    with School() as school:
        school.write_more(5)
        early = {name for folder in default_storage.listdir("")[0] for name in default_storage.listdir(folder)[1]}
        school.write_more(5)
        with database.snapshot(tmp_path) as taken:
            assert {name.partition("/")[2] for name in taken.files} - early


def test_a_full_disk_is_a_sentence_and_older_backups_stay(small_disk, ours, tmp_path, monkeypatch):
    monkeypatch.setattr(making, "SPARE", 8 * 1024 * 1024)
    for n in range(4):
        paper(f"бумага {n}")
    good = make_backup(small_disk)
    stuffing = fill(small_disk)
    with pytest.raises(BackupError, match=r"мало места: нужно .* прежние целы"):
        make_backup(small_disk)
    assert [copy.path for copy in copies_in(small_disk)] == [good.copy.path]
    assert [path.name for path in small_disk.iterdir() if path.suffix == ".part"] == []
    stuffing.unlink()
    make_backup(small_disk)
    assert len(copies_in(small_disk)) == 2


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_disk_that_fills_up_meanwhile_leaves_nothing(small_disk, ours, settings, monkeypatch, encrypted):
    """The room was there when the backup began."""
    monkeypatch.setattr(making.Archive, "need_room", lambda *_: None)
    if encrypted:  # any program that passes its input on stands for the cipher
        settings.BACKUP_RECIPIENT = "somebody"
        monkeypatch.setattr(external, "encrypting", lambda: ["cat"])
    content = bytes(range(256)) * 4096
    for n in range(30):
        store_bytes(content + str(n).encode(), name=f"{n}.pdf", content_type="application/pdf")
    with pytest.raises(BackupError, match=r"кончилось место. Копия не сделана, прежние целы"):
        make_backup(small_disk)
    assert list(small_disk.iterdir()) == []
