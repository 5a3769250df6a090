"""A real installation in a folder of its own: a file database, real processes."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests import ROOT

KEY = "Zf3kq9Lw_x7Rm2Tn8Vb4Yc6Hd1Gj5Ps0Ka-Qe3Wu9Io7Xz2Mv4Nb6"


class Installation:
    """Runs commands of the project as a server would: with its own data folder and nothing else in the environment."""

    def __init__(self, folder: Path):
        self.folder = folder
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    @property
    def environment(self):
        return {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "DATA_DIR": str(self.folder),
            "SECRET_KEY": KEY,
            "PORT": str(self.port),
            "SITE_URL": self.url,
            "PYTHONUNBUFFERED": "1",
        }

    def start(self, *command, **environment):
        """Start ``python <command>``; the caller waits for it."""
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=self.environment | environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def manage(self, *arguments, **environment):
        """Run a command of ``manage.py`` to its end and return what it printed; it must succeed."""
        process = self.start("manage.py", *arguments, **environment)
        output, _ = process.communicate(timeout=300)
        assert process.returncode == 0, output
        return output


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """A data folder as ``manage.py prepare`` leaves it; copied for each test."""
    if connection.vendor != "sqlite":
        pytest.skip("an installation of its own on SQLite: already seen")
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "prepared"
    with open(folder.with_suffix(".lock"), "w") as lock:  # the first process prepares, the others wait and copy
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            folder.mkdir()
            Installation(folder).manage("prepare")
    return folder


@pytest.fixture
def installation(prepared, tmp_path):
    """A prepared installation on SQLite with a free port."""
    shutil.copytree(prepared, tmp_path / "data", copy_function=os.link)
    (tmp_path / "data/db.sqlite3").unlink()
    shutil.copy(prepared / "db.sqlite3", tmp_path / "data/db.sqlite3")
    return Installation(tmp_path / "data")
