"""The two commands and the supervisor, as real processes."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from mentoring_site import serve
from tests import ROOT

SCRIPTS = ["script/bootstrap", "script/server", "script/test", "script/lint", ".ci/run"]


@pytest.mark.point("1")
@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_can_be_run_and_stops_at_the_first_failure(script):
    text = (ROOT / script).read_text()

    assert os.access(ROOT / script, os.X_OK)
    assert re.search(r"^set -e?uo pipefail$", text, re.M)
    assert subprocess.run(["bash", "-n", ROOT / script]).returncode == 0
    assert [word for word in ("curl", "wget") if re.search(rf"\b{word}\b", text)] == []


@pytest.mark.point("1")
@pytest.mark.parametrize(
    ("argument", "sentence"),
    [
        (["--prot", "1"], "Непонятно: --prot"),
        (["--port"], "После --port укажите число"),
        (["--port", "70000"], "Порт должен быть числом от 1 до 65535"),
        (["--port", "0"], "Порт должен быть числом от 1 до 65535"),
        (["--port=восемь"], "Порт должен быть числом от 1 до 65535"),
    ],
)
def test_a_wrong_argument_is_a_sentence(argument, sentence):
    done = subprocess.run([ROOT / "script/server", *argument], capture_output=True, text=True, timeout=10)

    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert sentence in done.stderr


@pytest.mark.point("1")
def test_lint_does_not_guess_what_an_unknown_argument_means():
    done = subprocess.run([ROOT / "script/lint", "--all"], capture_output=True, text=True, timeout=10)

    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "Непонятно: --all" in done.stderr


SETTINGS = """\"\"\"Settings of a small project.\"\"\"

SECRET_KEY = "k"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
INSTALLED_APPS = ["django.contrib.contenttypes", "people"]
"""
MODELS = """\"\"\"One model.\"\"\"

from django.db import models


class Person(models.Model):
    \"\"\"Somebody.\"\"\"

    name = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name
"""
TESTS = """import pytest


@pytest.mark.unit
def test_quick():
    assert 2 * 2 == 4


def test_slow():
    raise AssertionError("slow")
"""


@pytest.fixture
def small_project(tmp_path):
    """A project with the commands and the habits of this one and next to no code."""
    for name in ("pyproject.toml", "requirements.txt", "tests/requirements.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    ignored = shutil.ignore_patterns("__pycache__", "benching", "*.tsv", "mypy_baseline.txt")
    shutil.copytree(ROOT / "script", tmp_path / "script", ignore=ignored)
    (tmp_path / ".gitignore").write_text("/var/\n")
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    (tmp_path / "script/linting/mypy_baseline.txt").touch()
    for name in ("mentoring_site", "people", "programs", "roadmap", "reports", "tests"):
        (tmp_path / name).mkdir(exist_ok=True)
        (tmp_path / name / "__init__.py").touch()
    (tmp_path / "mentoring_site/settings.py").write_text(SETTINGS)
    (tmp_path / "people/models.py").write_text(MODELS)
    (tmp_path / "tests/test_small.py").write_text(TESTS)
    return tmp_path


def run(folder, *command):
    """Run a command of the small project; return its exit code and what it printed."""
    done = subprocess.run(command, cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
    return done.returncode, done.stdout


FAULTS = {
    "people/unformatted.py": ("x = [ 1 ]\n", "people/unformatted.py:1:"),
    "people/unused.py": ("import os\n", "people/unused.py:1:"),
    "people/views.py": ("from people.models import Person\n\nnames = Person.objects.all()\n", "people/views.py:3: "),
    "people/acts.py": (
        "def double(x):\n    return 2 * x\n",
        "people/acts.py:1: error: Function is missing a type",
    ),
}


@pytest.mark.point("1")
def test_quick_checks_look_at_format_style_views_types_and_run_the_unit_tests(small_project):
    code, said = run(small_project, "script/test", "--quick")

    assert code == 0, said
    assert "1 passed" in said  # the slow one is not run

    for name, (text, _) in FAULTS.items():
        (small_project / name).write_text(text)
    code, said = run(small_project, "script/test", "--quick")

    assert code != 0
    assert [complaint for _, complaint in FAULTS.values() if complaint not in said] == []
    assert "1 passed" in said


@pytest.mark.point("1")
def test_what_was_wrong_before_is_known_wherever_it_moves_and_nothing_new_is_let_in(small_project):
    (small_project / "people/acts.py").write_text(FAULTS["people/acts.py"][0])
    code, said = run(small_project, "script/lint", "--update")
    assert (code, "из них новых 1" in said) == (0, True), said
    assert run(small_project, "script/lint")[0] == 0

    (small_project / "people/moved").mkdir()
    (small_project / "people/acts.py").rename(small_project / "people/moved/acts.py")
    assert run(small_project, "script/lint")[0] == 1
    code, said = run(small_project, "script/lint", "--update")
    assert (code, "из них новых 0" in said) == (0, True), said

    with (small_project / "people/moved/acts.py").open("a") as file:
        file.write("\n\ndef treble(x):\n    return 3 * x\n")
    assert run(small_project, "script/lint")[0] == 1


@pytest.mark.point("1")
def test_the_lock_files_name_every_hash_and_no_registry():
    for name in ("requirements.txt", "tests/requirements.txt"):
        text = (ROOT / name).read_text()
        entries = re.findall(r"^[a-z0-9][^\n]*==(?:.*\\\n)+.*$", text, re.M)

        assert len(entries) > 40
        assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
        assert re.findall(r"https?://|--index-url|--find-links", text) == []


def children(pid):
    """Return the ids of a process's living descendants."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True).stdout
    parents = {int(a): int(b) for a, b in (line.split() for line in listed.splitlines())}
    found, new = set(), {pid}
    while new:
        new = {child for child, parent in parents.items() if parent in new} - found
        found |= new
    return found


def alive(pids):
    """Return those of the processes that still run (the dead but unburied do not count)."""
    running = set()
    for pid in pids:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if state != "Z":
            running.add(pid)
    return running


def wait_until(condition, seconds=40):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def server(installation):
    """A running supervisor with its three parts; ended after the test whatever happens."""
    process = installation.start("-m", "mentoring_site.serve")
    assert wait_until(lambda: answers(installation.url)), process.kill() or process.communicate()[0]
    assert wait_until(lambda: len(children(process.pid)) >= 6)  # two web servers with a worker each, worker, clock
    process.parts = children(process.pid)
    yield process
    process.terminate()
    process.communicate(timeout=30)


def answers(url):
    try:
        urllib.request.urlopen(f"{url}/health/", timeout=5).close()
    except urllib.error.HTTPError as error:
        error.close()
        return error.code == 503
    except OSError:
        return False
    return True


def part(server, word):
    """Return the id of the part whose command line holds the word, the one nearest to the supervisor."""
    return min(pid for pid in alive(server.parts) if word in command_line(pid))


def command_line(pid):
    """Return the words of a process's command line; nothing when it has just ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    except (FileNotFoundError, ProcessLookupError):
        return []


@pytest.mark.point("2")
def test_each_part_says_that_it_lives_and_a_signal_stops_all(server, installation):
    def beaten():
        code = "from mentoring_site.models import Heartbeat as H; print(*sorted(h.name for h in H.objects.all()))"
        return installation.manage("shell", "--no-imports", "-c", code).split() == ["tick", "web", "worker"]

    assert wait_until(beaten)

    server.send_signal(signal.SIGINT)
    output, _ = server.communicate(timeout=30)

    assert (server.returncode, alive(server.parts)) == (0, set())
    assert f"Открыто: {installation.url}" in output
    assert "Всё остановлено" not in output


@pytest.mark.point("2")
def test_what_dies_is_replaced_counted_and_told_and_the_rest_goes_on(server, installation):
    victims = {
        "веб-сервер": part(server, "granian"),
        "веб-сервер 2": worker_of_second_web(server),
        "фоновые работы": part(server, "worker"),
        "ежеминутный обход": part(server, "clock"),
    }
    for pid in victims.values():
        os.kill(pid, signal.SIGKILL)

    assert wait_until(lambda: set(counted(installation)) == set(victims))
    assert wait_until(lambda: len(children(server.pid)) >= 6 and answers(installation.url))
    assert server.poll() is None
    assert {name: len(moments) for name, moments in counted(installation).items()} == dict.fromkeys(victims, 1)
    server.parts |= children(server.pid)


def worker_of_second_web(server):
    """Return the process that serves under the second web server."""
    direct = sorted(pid for pid in children(server.pid) if parent(pid) == server.pid)
    second = [pid for pid in direct if "granian" in command_line(pid)][1]
    assert wait_until(lambda: children(second))
    return min(children(second))


def parent(pid):
    return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])


def counted(installation):
    file = installation.folder / "restarts.json"
    return json.loads(file.read_text()) if file.exists() else {}


@pytest.mark.point("2")
def test_what_keeps_dying_stops_all_with_a_sentence(installation):
    """The worker cannot start: its command ends at once each time."""
    process = installation.start("-c", KEEPS_DYING)
    output, _ = process.communicate(timeout=60)

    assert process.returncode == 1
    assert output.strip().splitlines()[-1] == (
        "Всё остановлено: часть «фоновые работы» завершалась 5 раз за минуту. Причина — в строках выше"
    )
    assert output.count("Часть «фоновые работы» неожиданно завершилась, запускаю снова") == 4
    assert not answers(installation.url)


KEEPS_DYING = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "mentoring_site.settings"
from mentoring_site import serve
real = serve.parts
serve.parts = lambda: real() | {"фоновые работы": [sys.executable, "-c", "raise SystemExit(3)"]}
sys.exit(serve.main())
"""


@pytest.mark.point("2")
def test_the_service_of_systemd_starts_the_same_web_server():
    line = re.search(r"^ExecStart=(.*)$", (ROOT / "docs/systemd/nastavnichestvo-web.service").read_text(), re.M)[1]

    assert f" {' '.join(serve.WEB_OPTIONS)} {serve.APPLICATION}" in line
    assert f"--workers {serve.WEB_WORKERS} --respawn-failed-workers" in line


@pytest.mark.point("2")
def test_a_killed_supervisor_leaves_nothing_behind(server):
    server.kill()

    assert wait_until(lambda: not alive(server.parts), 20)


@pytest.mark.point("2")
def test_a_busy_port_is_a_sentence(installation):
    with socket.create_server(("127.0.0.1", installation.port)):
        output, _ = (process := installation.start("-m", "mentoring_site.serve")).communicate(timeout=30)

    assert process.returncode == 1
    assert output.strip() == (
        f"Порт {installation.port} занят другой программой. Остановите её или выберите другой: --port 8001"
    )


@pytest.mark.point("2")
def test_a_wrong_setting_stops_the_supervisor_with_one_sentence(installation):
    process = installation.start("-m", "mentoring_site.serve", SITE_URL="http://10.0.0.7")
    output, _ = process.communicate(timeout=30)

    assert (process.returncode, len(output.strip().splitlines())) == (1, 1)
    assert "по открытому http можно работать только на этом компьютере" in output


@pytest.mark.point("1")
def test_preparing_again_does_nothing(installation):
    again = installation.manage("prepare")
    assert "Готовлю базу данных" not in again
    assert "Собираю статические файлы" not in again

    (installation.folder / ".prepared-static").write_text("older")
    assert "Собираю статические файлы" in installation.manage("prepare")


@pytest.mark.parametrize("taken", ["var", "var/bootstrap.lock", "var/bootstrap.log"])
def test_a_checkout_that_cannot_be_written_is_one_sentence(tmp_path, taken):
    """What stands in the way of writing here stands in the way of root too."""
    (tmp_path / "script").mkdir()
    shutil.copy(ROOT / "script/bootstrap", tmp_path / "script")
    if taken == "var":
        (tmp_path / taken).touch()
    else:
        (tmp_path / taken).mkdir(parents=True)
    done = subprocess.run(["script/bootstrap"], cwd=tmp_path, capture_output=True, text=True)
    said = f"В папку программы {tmp_path} нельзя писать, а здесь нужны var и .venv. Дайте на неё право"
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(said) and len(done.stderr.splitlines()) == 1
