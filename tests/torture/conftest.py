"""Breaking on purpose: a database that threads and processes share, many clients at one moment, and how much to break.

``TORTURE=full`` takes the full figures of a release; otherwise a small sample, quick enough for every change.
"""

import json
import os
import sqlite3
import subprocess
import threading
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection

from tests.mentoring_site.conftest import installation, prepared  # noqa: F401 (a real installation)

FULL = os.environ.get("TORTURE") == "full"


@pytest.fixture(scope="session")
def figures():
    """How often each thing is tried."""
    if FULL:
        return SimpleNamespace(
            rounds=50,
            rounds_each=50,
            clients=8,
            kills=500,
            heard=15,
            orders=12_000,
            damaged=10_000,
            asks=1_000,
            uploads=200,
            whole_bombs=True,
            acks=200,
            losses=40,
            backups=25,
            full=True,
            seconds=20,
            slow=200,
            bodies=8,
            part_kills=20,
        )
    return SimpleNamespace(
        rounds=5,
        rounds_each=1,
        clients=8,
        kills=20,
        heard=4,
        orders=400,
        damaged=300,
        asks=40,
        uploads=10,
        whole_bombs=False,
        acks=20,
        losses=3,
        backups=3,
        full=False,
        seconds=2,
        slow=40,
        bodies=2,
        part_kills=2,
    )


@pytest.fixture
def told(request):
    """Return a function that keeps a figure for the table of script/torture."""

    def tell(**values):
        if os.environ.get("TORTURE_FIGURES"):
            row = {"test": request.node.name, "database": connection.vendor} | values
            with Path(os.environ["TORTURE_FIGURES"]).open("a", encoding="utf-8") as file:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")

    return tell


@pytest.fixture
def shared_database(tmp_path, transactional_db):
    """A file in place of SQLite's memory: only there do threads and processes commit as on a server.

    PostgreSQL as it is.
    """
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    memory, name = connection.connection, connection.settings_dict["NAME"]
    file = tmp_path / "shared.sqlite3"
    with closing(sqlite3.connect(file)) as copy:
        memory.backup(copy)
    connection.connection, connection.settings_dict["NAME"] = None, str(file)
    yield
    connection.close()
    connection.connection, connection.settings_dict["NAME"] = memory, name


@pytest.fixture
def together():
    """Return a function that runs acts at one moment, each in a thread and connection of its own."""

    def run(acts) -> list:
        gate, results = threading.Barrier(len(acts)), [None] * len(acts)

        def live(n, act):
            try:
                gate.wait(30)
                results[n] = act()
            except Exception as error:
                results[n] = error
            finally:
                connection.close()

        threads = [threading.Thread(target=live, args=pair) for pair in enumerate(acts)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return results

    return run


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 24 MB in memory; only root may have one."""
    if os.geteuid() != 0:
        pytest.skip("маленький диск в памяти может подключить только root")
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip("маленький диск в памяти здесь подключить нельзя")
    yield folder
    connection.close()
    subprocess.run(["umount", "-l", str(folder)], check=True)
