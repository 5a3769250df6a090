"""The drill: back up, verify, restore into an empty place with comparison, start from it."""

import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from mentoring_site.backups.copies import Keep, copies_in
from mentoring_site.backups.errors import BackupError
from mentoring_site.backups.making import alone, make_backup
from mentoring_site.mail import send_template
from mentoring_site.models import Heartbeat, StoredFile
from people.accounts import acts as account_acts
from people.register.models import Person
from tests.mentoring_site.backups.kit import KEY, ask, back_up, manage, new_database, paper
from tests.mentoring_site.backups.small_s3 import small_s3

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.point("8.13")]
COUNT = "from people.register.models import Person; print(Person.objects.count())"


def members(path) -> dict[str, bytes]:
    with tarfile.open(path) as archive:
        return {info.name: archive.extractfile(info).read() for info in archive}


def rewritten(path, change) -> None:
    """Write the archive anew after ``change(members)``."""
    held = members(path)
    change(held)
    with tarfile.open(path, "w") as archive:
        for name, content in held.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))


def test_what_is_restored_is_what_was_there_and_it_starts(ours, cast, as_user, target, place):
    folder, url = place
    stored = [paper(f"бумага {n}") for n in range(3)]
    as_user(cast.curator)  # a session
    about = {"to": cast.mentee.person, "in_application": False}
    send_template("consent_request", "a@school.example", about, asks="processing")
    slip = account_acts.invite(cast.stranger, by=cast.curator, on_paper=True)  # it may have been used since
    call_command("backup", target)
    people = Person.objects.count()
    Person.objects.filter(pk=cast.stranger.person_id).update(last_name="Позднейшая")

    checked = manage(folder, "verify_backup", target, url=url)
    assert (checked.returncode, "цела" in checked.stdout) == (0, True), checked.stderr

    done = manage(folder, "restore", target, url=url)

    assert done.returncode == 0, done.stderr
    assert "сверено с описью" in done.stdout
    assert "ключи этой установки другие" in done.stdout  # the tests have a key of their own
    assert ask(folder, COUNT, url=url) == str(people)
    for row in stored:
        kept = (folder / "media" / row.file.name).read_bytes()
        assert (hashlib.sha256(kept).hexdigest(), oct((folder / "media" / row.file.name).stat().st_mode)[-3:]) == (
            row.sha256,
            "600",
        )
    then = (
        "from people.register.models import Person; from django.contrib.sessions.models import Session;"
        "from mentoring_site.models import OutboxMail; from mentoring_site.mail import due;"
        "print(Person.objects.filter(last_name='Позднейшая').count(), Session.objects.count(),"
        " OutboxMail.objects.count(), due().count())"
    )
    assert ask(folder, then, url=url) == "0 0 1 0"  # yesterday's sessions and letters are over
    ways = (
        "from people.accounts import acts; from people.accounts.models import User;"
        f"print(acts.open_invitation({slip.code!r}), User.objects.get(pk={cast.mentee.pk}).session_epoch)"
    )
    assert ask(folder, ways, url=url) == f"None {cast.mentee.session_epoch + 1}"  # nor links to a new password
    assert manage(folder, "prepare", url=url).returncode == 0
    assert manage(folder, "verify_papers", url=url).returncode == 0
    assert manage(folder, "check", url=url).returncode == 0

    again = manage(folder, "restore", target, url=url)
    assert (again.returncode, "База данных не пуста" in again.stderr, len(again.stderr.splitlines())) == (1, True, 1)


def test_a_store_that_is_not_empty_is_refused(ours, target, place):
    folder, url = place
    back_up(target)
    (folder / "media/ab").mkdir(parents=True)
    (folder / "media/ab/file").touch()

    done = manage(folder, "restore", target, url=url)

    assert done.returncode == 1
    assert "уже что-то есть, а копию восстанавливают только на пустое место" in done.stderr


def test_the_manifest_counts_everything_and_nobody_else_reads_it(ours, cast, target):
    stored = paper()
    made = back_up(target)

    held = members(made.copy.path)
    manifest = json.loads(held["manifest.json"])
    assert manifest["tables"]["people_person"] == Person.objects.count()
    assert manifest["files"] == [
        {"name": stored.file.name, "size": stored.size, "sha256": stored.sha256, "listed": True}
    ]
    assert hashlib.sha256(held[manifest["database"]["name"]]).hexdigest() == manifest["database"]["sha256"]
    assert [oct(path.stat().st_mode)[-3:] for path in (target, made.copy.path)] == ["700", "600"]
    assert b"tests-only" not in b"".join(held.values()) and "env" not in held
    assert [path.name for path in ours.iterdir() if path.name != ".backup-lock"] == []


def flip(name):
    def change(held):
        held[name] = held[name][:-1] + bytes([held[name][-1] ^ 1])

    return change


def drop(name):
    return lambda held: held.pop(name)


def put(name):
    return lambda held: held.update({name: b"{"})


def later(name):
    return lambda held: held.update({"manifest.json": held["manifest.json"].replace(b'"format": 1', b'"format": 9')})


FILE = "a file"
DAMAGES = [
    (flip, FILE, "не сходится со своим SHA-256"),
    (drop, FILE, "нет файл"),
    (flip, "database", "не сходится со своим SHA-256"),
    (drop, "database", "нет база данных"),
    (drop, "manifest.json", "нет описи"),
    (put, "files/../../evil", "лишнее"),
    (put, "manifest.json", "повреждена"),
    (later, "", "более новой версией"),
]


@pytest.mark.parametrize(("how", "what", "sentence"), DAMAGES)
def test_a_damaged_backup_is_named(ours, cast, target, how, what, sentence):
    stored = paper()
    made = back_up(target)
    database = next(name for name in members(made.copy.path) if name.startswith("database."))
    rewritten(made.copy.path, how({FILE: f"files/{stored.file.name}", "database": database}.get(what, what)))

    with pytest.raises(CommandError, match=sentence):
        call_command("verify_backup", target)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.98])
def test_a_backup_that_was_cut_off_is_named(ours, target, share):
    paper()
    made = back_up(target)
    content = made.copy.path.read_bytes()
    made.copy.path.write_bytes(content[: int(len(content.rstrip(b"\0")) * share)])

    with pytest.raises(CommandError, match=r"оборвана|повреждена"):
        call_command("verify_backup", target)


def test_a_restore_that_fails_leaves_the_place_empty(ours, target, place):
    folder, url = place
    paper()
    made = back_up(target)

    def older(held):
        manifest = json.loads(held["manifest.json"])
        manifest["migrations"].append("people.9999_later")
        held["manifest.json"] = json.dumps(manifest).encode()

    rewritten(made.copy.path, older)
    done = manage(folder, "restore", target, url=url)

    assert done.returncode == 1
    assert "другой версией программы" in done.stderr and "people.9999_later" in done.stderr
    assert [path for path in folder.rglob("*") if path.is_file() and path.stat().st_size] == []


def test_a_file_deleted_meanwhile_makes_a_new_snapshot(ours, target, monkeypatch):
    """A row and its file go while the files are copied: the backup is of the moment after it."""
    kept, going = paper("останется"), paper("исчезнет")
    real, asked = default_storage.open, []

    def deleted_in_the_middle(name, mode="rb"):
        if name == going.file.name and not asked:
            asked.append(name)
            StoredFile.objects.filter(pk=going.pk).delete()
            default_storage.delete(name)
        return real(name, mode)

    monkeypatch.setattr(default_storage, "open", deleted_in_the_middle)
    made = back_up(target)

    assert asked and made.warnings == []
    assert [entry.name for entry in made.manifest.files] == [kept.file.name]
    assert made.manifest.tables["mentoring_site_storedfile"] == 1


def test_files_lost_or_changed_before_are_told_and_the_rest_is_saved(ours, target, capsys):
    lost, changed, whole = paper("нет"), paper("иной"), paper("цел")
    default_storage.delete(lost.file.name)
    default_storage.delete(changed.file.name)
    default_storage.save(changed.file.name, ContentFile(b"other"))

    call_command("backup", target)

    told = capsys.readouterr().out
    assert "в хранилище нет файлов, о которых знает база: 1" in told
    assert "файлы не сходятся со своими SHA-256: 1" in told
    assert "не сходятся" in Heartbeat.objects.get(name="backup").detail
    assert f"files/{whole.file.name}" in members(copies_in(target)[0].path)
    call_command("verify_backup", target)


def test_old_backups_go_only_at_night(ours, target, settings):
    target.mkdir()
    old = {timezone.localdate() - timedelta(days=n) for n in range(50, 60)}
    for day in old:
        (target / f"nastavnichestvo-{day}-000000Z.tar").touch()
    settings.BACKUP_KEEP = Keep(3, 0, 0)
    call_command("backup", target)
    assert len(copies_in(target)) == 11
    call_command("backup", target, nightly=True)
    assert len([copy for copy in copies_in(target) if copy.made_at.date() in old]) == 2


def test_two_at_once_are_one(ours, target):
    with alone(), pytest.raises(BackupError, match="прямо сейчас"):
        make_backup(target)
    assert copies_in(target) == []


def test_what_a_dead_one_left_is_cleared_away(ours, target):
    target.mkdir()
    left = target / ".nastavnichestvo-2026-11-01-000000Z.tar.part"
    work = ours / ".backup-work-dead"
    left.touch()
    work.mkdir()
    back_up(target)
    assert not left.exists() and not work.exists()


@pytest.mark.parametrize("kind", ["file", "read-only"])
def test_a_target_that_cannot_be_used_is_a_sentence(ours, tmp_path, kind):
    if kind == "file":
        target = tmp_path / "copies"
        target.touch()
        sentence = "а нужна папка"
    else:
        target, sentence = "/proc/copies", "Копия не сделана|нельзя писать"
    with pytest.raises(CommandError, match=sentence):
        call_command("backup", target)
    assert Heartbeat.objects.filter(name="backup_failed").exists()


# Encryption


@pytest.fixture
def gpg(tmp_path, monkeypatch):
    """A keyring of its own with one key."""
    if not shutil.which("gpg"):
        pytest.skip("нет gpg")
    home = tmp_path / "gpg"
    home.mkdir(mode=0o700)
    monkeypatch.setenv("GNUPGHOME", str(home))
    command = ["gpg", "--batch", "--quiet", "--passphrase", "", "--quick-generate-key", "backup@school.example"]
    subprocess.run(command, check=True, capture_output=True)
    gpgconf = shutil.which("gpgconf")
    yield home
    subprocess.run([gpgconf, "--kill", "all"], capture_output=True)


def test_an_encrypted_backup_hides_everything_and_holds_the_keys(ours, cast, target, place, settings, gpg):
    folder, url = place
    settings.BACKUP_RECIPIENT = "backup@school.example"
    (ours / "env").write_text("SECRET_KEY=тайна")
    stored = paper("тайная бумага")
    made = back_up(target)

    assert made.copy.path.suffix == ".gpg" and made.manifest.env is not None
    content = made.copy.path.read_bytes()
    assert b"SQLite format" not in content and stored.file.name.encode() not in content
    done = manage(folder, "restore", target, url=url)
    assert done.returncode == 0, done.stderr
    assert (folder / "media" / stored.file.name).exists() and not (folder / "env").exists()

    shutil.rmtree(gpg / "private-keys-v1.d")
    subprocess.run(["gpgconf", "--kill", "all"], capture_output=True)
    with pytest.raises(CommandError, match="Расшифровать копию"):
        call_command("verify_backup", target)


def test_without_its_key_or_program_nothing_is_saved_unencrypted(ours, target, settings, gpg, monkeypatch):
    settings.BACKUP_RECIPIENT = "nobody@school.example"
    with pytest.raises(CommandError, match="В связке GPG нет ключа"):
        call_command("backup", target)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(CommandError, match="apt-get install gnupg"):
        call_command("backup", target)
    settings.BACKUP_RECIPIENT = "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq"
    with pytest.raises(CommandError, match="apt-get install age"):
        call_command("backup", target)
    assert os.listdir(target) == []


# PostgreSQL


@pytest.mark.skipif(connection.vendor != "postgresql", reason="только на PostgreSQL")
def test_an_older_client_is_told(ours, target, tmp_path, monkeypatch):
    old = tmp_path / "bin"
    old.mkdir()
    (old / "pg_dump").write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n")
    (old / "pg_dump").chmod(0o755)
    monkeypatch.setenv("PATH", f"{old}:{os.environ['PATH']}")
    with pytest.raises(CommandError, match=r"pg_dump 9 старше сервера PostgreSQL \d+\. Установите postgresql-client-"):
        call_command("backup", target)
    assert copies_in(target) == []


def test_keys_are_compared(ours, target, place, settings):
    settings.SECRET_KEY = KEY
    back_up(target)
    folder, url = place
    done = manage(folder, "restore", target, url=url)
    assert (done.returncode, "ключи" in done.stdout) == (0, False), done.stderr


FILLED = """
from tests.factories import make_person, make_school, make_user
from tests.mentoring_site.backups.kit import paper
make_school()
for role in ("director", "curator"):
    make_user(None, role, username=role)
make_person("Переезжающая", "Анна", phone="+79051234567")
paper()
"""
MOVED = """
from django.db import connection
from people.register.models import Person
from people.school.models import School
from people.roles.models import RoleGrant
from mentoring_site.models import StoredFile
person = Person.objects.get(last_name="Переезжающая")
print(person.phone, RoleGrant.objects.count(), len(StoredFile.objects.get().file.read()) > 10, School.objects.count())
person.pk, person._state.adding, person.last_name = None, True, "Приехавшая"
person.save()  # the sequences go on after the rows
print(person.pk == Person.objects.count(), connection.vendor)
"""


@pytest.mark.skipif(connection.vendor != "postgresql", reason="только на PostgreSQL")
def test_a_school_moves_from_sqlite_to_postgresql(tmp_path, target, place):
    folder, url = place
    old = tmp_path / "old"
    old.mkdir()
    assert manage(old, "prepare").returncode == 0
    ask(old, FILLED)
    assert manage(old, "backup", target).returncode == 0

    done = manage(folder, "restore", target, url=url)

    assert done.returncode == 0, done.stderr
    assert ask(folder, MOVED, url=url).split("\n")[0] == "+79051234567 2 True 1"
    assert manage(folder, "prepare", url=url).returncode == 0
    back = manage(folder, "backup", tmp_path / "back", url=url)
    assert back.returncode == 0, back.stderr
    refused = manage(tmp_path / "third", "restore", tmp_path / "back")
    assert refused.returncode == 1 and "Обратно в SQLite база не переносится" in refused.stderr


def test_files_move_into_an_s3_store_and_are_saved_from_it(ours, target, place, tmp_path):
    folder, url = place
    stored = [paper(f"бумага {n}") for n in range(3)]
    back_up(target)
    keys = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
    with small_s3() as (store, objects):
        done = manage(folder, "restore", target, url=url, STORAGE_URL=store, **keys)
        assert done.returncode == 0, done.stderr
        assert {name: hashlib.sha256(body).hexdigest() for name, body in objects.items()} == {
            row.file.name: row.sha256 for row in stored
        }
        assert not (folder / "media").exists()

        saved = manage(folder, "backup", tmp_path / "from-s3", url=url, STORAGE_URL=store, **keys)
        assert saved.returncode == 0, saved.stderr
        held = members(copies_in(tmp_path / "from-s3")[0].path)
        assert [hashlib.sha256(held[f"files/{row.file.name}"]).hexdigest() for row in stored] == [
            row.sha256 for row in stored
        ]
        with new_database() as other:
            refused = manage(tmp_path / "other", "restore", target, url=other, STORAGE_URL=store, **keys)
        assert refused.returncode == 1 and "В хранилище файлов s3://papers уже что-то есть" in refused.stderr

    silent = manage(folder, "backup", target, url=url, STORAGE_URL=store, AWS_MAX_ATTEMPTS="1", **keys)
    assert silent.returncode == 1 and "Хранилище файлов не отвечает" in silent.stderr
    assert len(silent.stderr.splitlines()) == 1
