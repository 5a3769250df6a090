"""Parts killed one after another: each is replaced, counted, and the others go on."""

import json
import os
import signal
import time
from pathlib import Path

import pytest

from tests.mentoring_site.test_scripts import alive, children, command_line
from tests.torture.test_torture_visitors import LOGIN, Server

pytestmark = [pytest.mark.torture, pytest.mark.point("25", "8.3")]
WORDS = {"веб-сервер": "granian", "веб-сервер 2": "granian", "фоновые работы": "worker", "ежеминутный обход": "clock"}
CALM_SECONDS = 16  # five deaths in a minute stop all


def by_name(server):
    """Return the processes of the parts, those of a web server being its worker."""
    direct = sorted(pid for pid in children(server.process.pid) if parent_of(pid) == server.process.pid)
    found = {word: [pid for pid in direct if word in command_line(pid)] for word in set(WORDS.values())}
    if [len(found[word]) for word in ("granian", "worker", "clock")] != [2, 1, 1]:
        return None
    served = [children(pid) for pid in found["granian"]]
    if not all(served) or listeners(server.port) != 2:
        return None
    return [min(served[0]), min(served[1]), *found["worker"], *found["clock"]]


def listeners(port):
    """Return how many web servers accept connections on a port (Linux)."""
    rows = Path("/proc/net/tcp").read_text().splitlines()[1:]
    return sum(row.split()[1].endswith(f":{port:04X}") and row.split()[3] == "0A" for row in rows)


def parent_of(pid):
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
    except OSError:
        return 0


def test_each_part_is_killed_and_comes_back(installation, figures, told):
    server, slowest, failed, asked = Server(installation), 0.0, 0, 0
    try:
        for turn in range(figures.part_kills):
            while (found := by_name(server)) is None:
                time.sleep(0.1)
            victims = [found[turn % 2], *found[2:]]  # one web server stays
            killed = time.monotonic()
            for pid in victims:
                os.kill(pid, signal.SIGKILL)
            while by_name(server) is None or set(victims) & alive(victims):
                status, _, _ = server.ask("GET", LOGIN)
                asked, failed = asked + 1, failed + (status != 200)
                assert time.monotonic() - killed < 60
            slowest = max(slowest, time.monotonic() - killed)
            assert server.process.poll() is None
            if turn + 1 < figures.part_kills:
                time.sleep(max(0, CALM_SECONDS - (time.monotonic() - killed)))
        counted = json.loads((installation.folder / "restarts.json").read_text())
        assert server.ask("GET", LOGIN)[0] == 200
    finally:
        output = server.stop()
    told(kills=3 * figures.part_kills, back_in=f"{slowest:.1f} с", asked=asked, failed=failed)
    assert sum(map(len, counted.values())) == 3 * figures.part_kills, output
    assert failed <= figures.part_kills  # the connection that the dying worker held
