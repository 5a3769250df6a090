"""Power loss on SQLite: an acknowledged act is on the disk, and so is the name of the journal that its commit unlinked.

In DELETE mode the commit *is* the unlink of the journal. While the folder is not synced, a loss of power brings the
journal back, and the next reader rolls the act back.
"""

import ctypes
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests import ROOT

pytestmark = [pytest.mark.torture, pytest.mark.point("25", "8.9")]

WRITER = """
import os, sys
import django
django.setup()
from django.db import connection
from mentoring_site.health import record_heartbeat
connection.settings_dict["OPTIONS"]["init_command"] += os.environ.get("HOLE", "")
for n in range(int(sys.argv[1])):
    record_heartbeat(f"act{n}")
    os.write(1, b"acknowledged\\n")
"""
CRASHING = """
import _sqlite3, ctypes, os, sys
import django
django.setup()
from django.db import connection
from mentoring_site.health import record_heartbeat
from tests.torture.test_torture_power import lazy_disk
connection.settings_dict["OPTIONS"]["init_command"] += os.environ.get("HOLE", "")
kept = lazy_disk()
record_heartbeat(sys.argv[1])
os.write(1, b"acknowledged\\n")
os._exit(0)
"""
HOLE = "PRAGMA synchronous=FULL;"

needs_delete_mode = pytest.mark.skipif(
    getattr(settings, "SQLITE_JOURNAL", "") != "DELETE", reason="здесь журнал базы не удаляют: не SQLite или WAL"
)


@pytest.fixture
def folder(tmp_path, transactional_db):
    """A data folder with a database file that has the tables of the frame."""
    connection.ensure_connection()
    with closing(sqlite3.connect(tmp_path / "db.sqlite3")) as copy:
        connection.connection.backup(copy)
    return tmp_path


def python(folder: Path, code: str, *arguments: str, hole: str = "", before: tuple[str, ...] = ()) -> str:
    """Run code as a server would with this data folder; return what it printed."""
    env = {
        "PATH": "/usr/bin:/bin",
        "DATA_DIR": str(folder),
        "SECRET_KEY": "Zf3kq9Lw_x7Rm2Tn8Vb4Yc6Hd1Gj5Ps0Ka-Qe3Wu9Io7Xz2Mv4Nb6",
        "DJANGO_SETTINGS_MODULE": "mentoring_site.settings",
        "PYTHONPATH": str(ROOT),
        "HOLE": hole,
    }
    command = [*before, sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout


# By tracing


def traced(folder: Path, acts: int, hole: str = "") -> list[str]:
    """Return the calls that matter, in their order, while so many acts are written and acknowledged."""
    trace = folder / "trace"
    calls = "trace=unlink,unlinkat,fsync,fdatasync,write"
    python(folder, WRITER, str(acts), hole=hole, before=("strace", "-f", "-y", "-o", str(trace), "-e", calls))
    return trace.read_text(encoding="utf-8", errors="replace").splitlines()


def early(calls: list[str], folder: Path) -> tuple[int, int]:
    """Return how many acknowledgements there were, and how many came before the disk had what they said."""
    said = hasty = 0
    unsynced = False
    for call in calls:
        if re.search(r"unlink(at)?\(.*db\.sqlite3-journal", call):
            unsynced = True
        elif re.search(rf"f(data)?sync\(\d+<{re.escape(str(folder))}>\)\s*= 0", call):
            unsynced = False
        elif "write(1<" in call and '"acknowledged' in call:
            said, hasty = said + 1, hasty + unsynced
    return said, hasty


@needs_delete_mode
@pytest.mark.skipif(not shutil.which("strace"), reason="нет strace")
def test_no_acknowledgement_comes_before_its_folder_is_synced(folder, figures, told):
    said, hasty = early(traced(folder, figures.acks), folder)
    told(acknowledged=said, wrong=hasty)
    assert (said, hasty) == (figures.acks, 0)


@needs_delete_mode
@pytest.mark.skipif(not shutil.which("strace"), reason="нет strace")
def test_a_folder_that_is_not_synced_is_seen(folder):
    """The switch: FULL syncs the file and not the folder."""
    assert early(traced(folder, 5, HOLE), folder) == (5, 5)


# By injection


def lazy_disk() -> list:
    """Make SQLite's unlink last only once the folder is opened to be synced, as a disk that loses its power does it.

    Until then the unlinked file lies aside as «…-unlinked». Returns what must stay alive while SQLite works.
    """
    import _sqlite3

    library = ctypes.CDLL(_sqlite3.__file__)
    libc = ctypes.CDLL(None)

    class Vfs(ctypes.Structure):
        pass

    pointer = ctypes.c_void_p
    names = [
        "xOpen",
        "xDelete",
        "xAccess",
        "xFullPathname",
        "xDlOpen",
        "xDlError",
        "xDlSym",
        "xDlClose",
        "xRandomness",
        "xSleep",
        "xCurrentTime",
    ]
    set_call = ctypes.CFUNCTYPE(ctypes.c_int, pointer, ctypes.c_char_p, pointer)
    Vfs._fields_ = [
        ("iVersion", ctypes.c_int),
        ("szOsFile", ctypes.c_int),
        ("mxPathname", ctypes.c_int),
        ("pNext", pointer),
        ("zName", ctypes.c_char_p),
        ("pAppData", pointer),
        *((name, pointer) for name in [*names, "xGetLastError", "xCurrentTimeInt64"]),
        ("xSetSystemCall", set_call),
        ("xGetSystemCall", pointer),
    ]
    library.sqlite3_vfs_find.restype = pointer
    vfs = library.sqlite3_vfs_find(None)
    get_call = ctypes.CFUNCTYPE(pointer, pointer, ctypes.c_char_p)(Vfs.from_address(vfs).xGetSystemCall)
    open_call = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p, ctypes.POINTER(ctypes.c_int))
    open_folder = open_call(get_call(vfs, b"openDirectory"))
    aside: list[bytes] = []

    def unlink(path):
        aside.append(path + b"-unlinked")
        return libc.rename(path, aside[-1])

    def open_directory(path, descriptor):
        while aside:
            libc.unlink(aside.pop())
        return open_folder(path, descriptor)

    calls = [ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p)(unlink), open_call(open_directory)]
    for name, call in zip((b"unlink", b"openDirectory"), calls, strict=True):
        assert Vfs.from_address(vfs).xSetSystemCall(vfs, name, ctypes.cast(call, pointer)) == 0
    return [calls, open_folder]


def lose_power(folder: Path) -> None:
    """Give back what was unlinked and never synced."""
    for path in folder.glob("*-unlinked"):
        path.rename(str(path).removesuffix("-unlinked"))


def acts(folder: Path) -> set[str]:
    """Names of the acts that are in the database when the power is back."""
    with closing(sqlite3.connect(folder / "db.sqlite3")) as database:
        return {name for (name,) in database.execute("SELECT name FROM mentoring_site_heartbeat")}


def lost(folder: Path, losses: int, hole: str = "") -> Iterator[str]:
    """Lose the power after each of so many acknowledgements; yield the acts that are gone."""
    for n in range(losses):
        name = f"act{n}"
        assert python(folder, CRASHING, name, hole=hole) == "acknowledged\n"
        lose_power(folder)
        if name not in acts(folder):
            yield name


@needs_delete_mode
def test_power_loss_takes_back_nothing_that_was_acknowledged(folder, figures, told):
    gone = list(lost(folder, figures.losses))
    told(losses=figures.losses, wrong=len(gone))
    assert gone == []


@needs_delete_mode
def test_power_loss_takes_back_an_act_whose_folder_was_not_synced(folder):
    """The switch: the injection is real, it loses what FULL has acknowledged."""
    assert list(lost(folder, 2, HOLE)) == ["act0", "act1"]
