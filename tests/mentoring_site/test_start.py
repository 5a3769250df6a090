"""What is wrong at the start is one sentence, before anything listens and without changing anything."""

import os
import shutil
import socket
import sqlite3
import subprocess

import pytest
from django.db import OperationalError

from mentoring_site import start
from tests import ROOT

pytestmark = [pytest.mark.point("2", "8.7", "8.12")]


def refusal(installation, *command, **environment):
    """Run a command that must refuse; return the one line that it says."""
    process = installation.start(*command, **environment)
    try:
        output, _ = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 1, output
    assert len(output.strip().splitlines()) == 1, output
    return output.strip()


@pytest.fixture(params=["prepare", "serve"])
def begin(request, installation):
    """Both ways to begin: what script/server runs first, and the server alone."""
    command = ["manage.py", "prepare"] if request.param == "prepare" else ["-m", "mentoring_site.serve"]
    return lambda **environment: refusal(installation, *command, **environment)


def test_a_lost_database_is_a_sentence_and_not_a_new_school(installation, begin):
    (installation.folder / "db.sqlite3").unlink()

    assert f"{installation.folder / 'db.sqlite3'} исчезла, а эта папка данных с ней уже работала" in begin()
    assert not (installation.folder / "db.sqlite3").exists()


def test_an_empty_database_is_a_sentence_and_not_a_new_school(installation, begin):
    (installation.folder / "db.sqlite3").write_bytes(b"")

    assert "пуста, а эта папка данных с ней уже работала" in begin()
    assert (installation.folder / "db.sqlite3").stat().st_size == 0


def test_a_database_without_tables_is_a_sentence(installation):
    file = installation.folder / "db.sqlite3"
    file.unlink()
    with sqlite3.connect(file) as made:
        made.execute("CREATE TABLE other (id)")
    made.close()

    assert "пуста, а эта папка данных с ней уже работала" in refusal(installation, "manage.py", "prepare")


@pytest.mark.parametrize("where", [0, 4096, "middle"])
def test_a_damaged_database_is_a_sentence(installation, where):
    file = installation.folder / "db.sqlite3"
    content = bytearray(file.read_bytes())
    begin = len(content) // 2 if where == "middle" else where
    content[begin : begin + 40_000] = os.urandom(40_000)
    file.write_bytes(content)

    assert "повреждён" in refusal(installation, "manage.py", "prepare")
    assert file.read_bytes() == content


def test_a_database_elsewhere_may_be_new(installation, tmp_path):
    ask = ["shell", "--no-imports", "-c", "from mentoring_site import start; print([start.complaint()])"]

    assert installation.manage(*ask, DATABASE_URL=f"sqlite:///{tmp_path}/other.sqlite3").strip() == "['']"


def test_an_absent_folder_is_a_sentence(installation, begin):
    shutil.rmtree(installation.folder)

    assert begin() == f"Папки данных {installation.folder} нет. Создайте её или укажите другую в DATA_DIR"


UNWRITABLE = "/sys/kernel"  # not even for root


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"DATA_DIR": UNWRITABLE}, "В папку данных /sys/kernel нельзя писать"),
        ({"STATIC_ROOT": f"{UNWRITABLE}/static"}, "В папку статических файлов /sys/kernel/static нельзя писать"),
        ({"DATABASE_URL": f"sqlite:///{UNWRITABLE}/db.sqlite3"}, "В папку базы данных /sys/kernel нельзя писать"),
        ({"DATABASE_URL": "sqlite:////no/such/folder/db.sqlite3"}, "Папки /no/such/folder для базы данных нет"),
        ({"DATABASE_URL": "sqlite:////tmp"}, "/tmp — не файл базы данных"),
    ],
)
def test_what_cannot_be_written_is_a_sentence(installation, environment, sentence):
    assert sentence in refusal(installation, "manage.py", "prepare", **environment)


def test_unwritable_files_of_people_are_a_sentence(installation):
    media = installation.folder / "media"
    shutil.rmtree(media, ignore_errors=True)
    media.symlink_to(UNWRITABLE)

    assert f"В папку файлов людей {media} нельзя писать" in refusal(installation, "manage.py", "prepare")


def test_no_server_of_the_database_is_a_sentence(installation, begin):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]

    said = begin(DATABASE_URL=f"postgres://school:secret@127.0.0.1:{port}/school")

    assert said.startswith(f"База данных не открывается: сервер 127.0.0.1:{port} не отвечает. Проверьте DATABASE_URL")
    assert "secret" not in said


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ('FATAL:  database "school" does not exist', "нет базы «school»"),
        ('FATAL:  role "owner" does not exist', "нет пользователя «owner»"),
        ('FATAL:  password authentication failed for user "owner"', "не принял имя «owner» или пароль"),
        ("fe_sendauth: no password supplied", "не принял имя «owner» или пароль"),
        ("could not translate host name", "не отвечает"),
    ],
)
def test_why_postgresql_does_not_let_us_in(words, why):
    database = {"HOST": "db.example", "PORT": "", "NAME": "school", "USER": "owner"}

    said = start.not_connected(OperationalError(words), database)

    assert why in said.split(". Проверьте")[0]
    assert "db.example:5432" in said


def test_the_demo_says_that_it_ignores_the_real_database():
    script = (ROOT / "script/server").read_text().split("script/bootstrap\n")[1].split("umask")[0]
    done = subprocess.run(
        ["bash", "-c", "demo=yes\n" + script],
        env={"PATH": os.environ["PATH"], "DATABASE_URL": "postgres://x/y", "EMAIL_URL": "smtp://x"},
        capture_output=True,
        text=True,
    )

    assert [line.split()[0] for line in done.stderr.splitlines()] == ["DATABASE_URL", "EMAIL_URL"]
    assert "у учебной школы своя база" in done.stderr


@pytest.mark.parametrize("folder", ["/sys/kernel", "/proc/nowhere"])
def test_the_start_script_names_a_folder_that_it_cannot_write(folder):
    script = "umask" + (ROOT / "script/server").read_text().split("umask")[1].split("# Another port")[0]
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        env={"PATH": os.environ["PATH"], "DATA_DIR": folder},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert folder in done.stderr


@pytest.mark.parametrize("command", ["tick", "migrate", "verify_papers", "setup_link"])
def test_any_command_without_its_database_is_a_sentence(installation, command):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    url = f"postgres://school:secret@127.0.0.1:{port}/school"

    said = refusal(installation, "manage.py", *command.split(), DATABASE_URL=url)

    assert said.startswith("База данных не открывается") and "secret" not in said


def test_a_command_before_the_first_start_is_a_sentence(installation, tmp_path):
    said = refusal(installation, "manage.py", "tick", DATABASE_URL=f"sqlite:///{tmp_path}/new.sqlite3")

    assert "ещё не подготовлена. Запустите script/server" in said
