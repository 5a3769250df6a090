"""Demo schools to measure, each in a data folder of its own, served from any checkout of the product."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benching.numbers import say

ROOT = Path(__file__).resolve().parent.parent.parent
SECRET_KEY = "measured-" + "k" * 60
SETTINGS_OF_THE_CALLER = {
    "DATABASE_URL",
    "STORAGE_URL",
    "EMAIL_URL",
    "CACHE_URL",
    "ALLOWED_HOSTS",
    "BIND",
    "STATIC_ROOT",
}


@dataclass(frozen=True)
class School:
    """A data folder and the checkout of the product that works on it."""

    data: Path
    tree: Path = ROOT

    def environment(self, **more: str) -> dict[str, str]:
        """Return the environment of a process of this school, without the settings of whoever runs the bench."""
        inherited = {k: v for k, v in os.environ.items() if k not in SETTINGS_OF_THE_CALLER}
        own = {
            "DATA_DIR": str(self.data),
            "SECRET_KEY": SECRET_KEY,
            "DEMO": "1",
            "SITE_URL": "http://127.0.0.1:8000",
            "DJANGO_SETTINGS_MODULE": "mentoring_site.settings",
            "PYTHONPATH": f"{self.tree}:{ROOT / 'script'}",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        return inherited | own | more

    def run(self, *arguments: str, **more: str) -> str:
        """Run Python with the arguments and return what it prints; a failure ends the bench with its output."""
        done = subprocess.run(
            [sys.executable, *arguments], cwd=self.tree, env=self.environment(**more), capture_output=True, text=True
        )
        if done.returncode:
            raise SystemExit(f"{' '.join(arguments)[:80]} не удалось:\n{done.stdout}\n{done.stderr}")
        return done.stdout


class Worker:
    """A process with the product loaded on one school, asked line by line; ``module`` says what it can be asked."""

    def __init__(self, school: School, module: str = "benching.worker"):
        self.process = subprocess.Popen(
            [sys.executable, "-m", module],
            cwd=school.tree,
            env=school.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(30)

    def ask(self, what: str, **details) -> dict:
        """Ask the process and wait for its answer."""
        self.process.stdin.write(json.dumps({"ask": what} | details) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"измеритель остановился на вопросе {what} {details}")
        return json.loads(line)


class Schools:
    """The demo school as it is, and with ``scale`` copies of its people; each is built when first asked for."""

    def __init__(self, tree: Path, scale: int, keep: bool = False):
        self.tree, self.scale, self.keep = tree, scale, keep
        self.folder = Path(tempfile.mkdtemp(prefix="nastavnichestvo-bench-"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.keep:
            say(f"базы оставлены в {self.folder}")
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def demo(self) -> School:
        """The demo school: about 60 people."""
        school = School(self.folder / "demo", self.tree)
        if not school.data.exists():
            say("строю показательную школу")
            school.data.mkdir()
            school.run("manage.py", "prepare")
        return school

    @property
    def large(self) -> School:
        """The demo school with its copies: about 60 people more for each."""
        if (self.folder / "large").exists():
            return School(self.folder / "large", self.tree)
        school = self.copy("large")
        say(f"добавляю копий школы: {self.scale}")
        school.run("manage.py", "demo", "--scale", str(self.scale))
        return school

    def copy(self, name: str) -> School:
        """Return a fresh copy of the demo school that may be written to."""
        shutil.copytree(self.demo.data, self.folder / name)
        return School(self.folder / name, self.tree)
