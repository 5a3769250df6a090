"""Schools to measure: temporary data folders with the demo school, once small and once large."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benching.numbers import say

ROOT = Path(__file__).resolve().parent.parent.parent
KEY = "measured-" + "k" * 60


def environment(data: Path, **more) -> dict:
    """Return the environment of a process that works on a data folder, free of the caller's own settings."""
    foreign = {"DATABASE_URL", "STORAGE_URL", "EMAIL_URL", "CACHE_URL", "ALLOWED_HOSTS", "BIND", "STATIC_ROOT"}
    kept = {k: v for k, v in os.environ.items() if k not in foreign}
    return (
        kept
        | {
            "DATA_DIR": str(data),
            "SECRET_KEY": KEY,
            "DEMO": "1",
            "SITE_URL": "http://127.0.0.1:8000",
            "DJANGO_SETTINGS_MODULE": "mentoring_site.settings",
            "PYTHONPATH": f"{ROOT}:{ROOT / 'script'}",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        | more
    )


def manage(data: Path, *words: str, **more):
    """Run ``manage.py`` on a data folder; its output is shown only when it fails."""
    done = subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=environment(data, **more), capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(f"manage.py {' '.join(words)} не удалось:\n{done.stdout}\n{done.stderr}")
    return done.stdout


class Schools:
    """The demo school four times over (every list has its full page), and the same with ``scale``
    copies; made when first asked.
    """

    def __init__(self, scale: int, keep: bool = False):
        self.scale, self.keep = scale, keep
        self.folder = Path(tempfile.mkdtemp(prefix="nastavnichestvo-bench-"))
        self.made: dict[str, Path] = {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.keep:
            say(f"базы оставлены в {self.folder}")
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def small(self) -> Path:
        """The data folder of the small school."""
        return self._made("small", 3)

    @property
    def large(self) -> Path:
        """The data folder of the large school."""
        return self._made("large", self.scale)

    def _made(self, name: str, copies: int) -> Path:
        if "seed" not in self.made:
            say("строю показательную школу")
            seed = self.folder / "seed"
            seed.mkdir()
            manage(seed, "prepare")
            self.made["seed"] = seed
        if name not in self.made:
            say(f"добавляю копий школы: {copies}")
            shutil.copytree(self.made["seed"], self.folder / name)
            manage(self.folder / name, "demo", "--scale", str(copies))
            self.made[name] = self.folder / name
        return self.made[name]

    def another(self, name: str) -> Path:
        """Return a fresh copy of the small school that may be written to."""
        shutil.copytree(self.small, self.folder / name)
        return self.folder / name
