"""The two commands and the supervisor, as real processes."""

import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests import ROOT

SCRIPTS = ["script/bootstrap", "script/server", "script/test", ".ci/run"]


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
    ],
)
def test_a_wrong_argument_is_a_sentence(argument, sentence):
    done = subprocess.run([ROOT / "script/server", *argument], capture_output=True, text=True, timeout=10)

    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert sentence in done.stderr


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
    assert wait_until(lambda: len(children(process.pid)) >= 5)  # web server with two workers, worker, clock
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
@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("granian", "веб-сервер"),
        ("worker", "фоновые работы"),
        ("clock", "ежеминутный обход"),
    ],
)
def test_one_dying_stops_all_with_a_sentence(server, word, name):
    os.kill(part(server, word), signal.SIGKILL)

    output, _ = server.communicate(timeout=30)

    assert (server.returncode, alive(server.parts)) == (1, set())
    assert output.strip().splitlines()[-1] == (
        f"Всё остановлено: неожиданно завершилась часть «{name}». Причина — в строках выше"
    )


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
