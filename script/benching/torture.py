"""Breaks what exists with the full figures of a release: kills, races, damaged files, consents, papers, a full disk.

Usage: script/torture [what …] [--quick] [--only sqlite|postgresql] What: kills races acts numbers files forms consent
papers disk power backup visitors parts access (all of them by default). PostgreSQL at TEST_DATABASE_URL, by default a
local server with user postgres. Exits 1 when anything was lost, leaked, or broke in another way.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "tests" / "torture"
LOCAL = "postgres://postgres@127.0.0.1:5432/postgres"
WHAT = {path.stem.removeprefix("test_torture_"): [str(path)] for path in sorted(FOLDER.glob("test_torture_*.py"))}
WHAT["access"] = [str(ROOT / "tests" / "test_access.py")]
WHAT["ways"] = [str(ROOT / "tests" / "people" / "access" / "test_ways.py")]  # nobody becomes another


def answers(url: str) -> bool:
    """Return whether PostgreSQL is there."""
    try:
        import psycopg

        psycopg.connect(url, connect_timeout=5).close()
    except Exception:
        return False
    return True


def run(name: str, database: str, url: str | None, quick: bool) -> tuple[bool, list[dict], str, float]:
    """Run the tests of one thing on one database; return success, figures, the last line and seconds."""
    with tempfile.TemporaryDirectory(prefix="nastavnichestvo-torture-") as folder:
        figures = Path(folder) / "figures.jsonl"
        kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DEMO", "SITE_URL", "EMAIL_URL")}
        env = kept | {"DATA_DIR": folder, "TORTURE_FIGURES": str(figures)}
        if not quick:
            env |= {"TORTURE": "full", "ACCESS": "full"}
        if url:  # a test database of its own, so that nobody else's tests meet it
            env["DATABASE_URL"] = urlsplit(url)._replace(path=f"/torture_{os.getpid()}").geturl()
        begun = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider", "--tb=short", *WHAT[name]],
            cwd=ROOT,
            env=env,
            capture_output=True,
            text=True,
        )
        told = [json.loads(line) for line in figures.read_text().splitlines()] if figures.exists() else []
    if done.returncode:
        Path(ROOT / "var").mkdir(exist_ok=True)
        (ROOT / "var" / f"torture-{name}-{database}.log").write_text(done.stdout + done.stderr, encoding="utf-8")
    last = (done.stdout.strip().splitlines() or ["нет вывода"])[-1]
    return done.returncode == 0, told, last, time.monotonic() - begun


def main() -> int:
    """Break the wanted things on both databases and print what came of it."""
    parser = argparse.ArgumentParser(
        prog="script/torture", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="*", help=", ".join(WHAT))
    parser.add_argument("--quick", action="store_true", help="малые числа, как при каждой проверке")
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    options = parser.parse_args()
    if unknown := set(options.what) - set(WHAT):
        parser.error(f"нет такого: {', '.join(unknown)}; есть {', '.join(WHAT)}")
    url = os.environ.get("TEST_DATABASE_URL", LOCAL)
    databases = {"sqlite": None} if options.only != "postgresql" else {}
    if options.only != "sqlite":
        if answers(url):
            databases["postgresql"] = url
        else:
            print("PostgreSQL нет: на нём ничего не проверено. Укажите TEST_DATABASE_URL")
    broken = 0
    for name in options.what or list(WHAT):
        for database, address in databases.items():
            good, told, last, seconds = run(name, database, address, options.quick)
            broken += not good
            print(f"{'да ' if good else 'НЕТ'} {name:8} {database:10} {seconds:6.0f} с  {last}", flush=True)
            for row in told:
                words = ", ".join(f"{k} {v}" for k, v in row.items() if k not in ("test", "database"))
                print(f"      {row['test']}: {words}", flush=True)
    print("Ничего не сломалось" if not broken else f"Сломалось: {broken}; подробности в var/torture-*.log")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
