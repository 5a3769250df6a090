"""The supervisor: ``python -m mentoring_site.serve`` runs the web server, the task worker and the clock.

One dying stops all with a sentence that names it; SIGTERM and SIGINT stop all; nothing is left behind.
"""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

PYTHON = sys.executable
STOP_SECONDS, START_SECONDS, POLL_SECONDS = 15, 60, 0.2
WORKERS, THREADS = 2, 2
PR_SET_PDEATHSIG = 1
WEB = "веб-сервер"


def manage(command: str) -> list[str]:
    """Return the command line of ``manage.py <command>``."""
    return [PYTHON, str(settings.BASE_DIR / "manage.py"), command]


def parts() -> dict[str, list[str]]:
    """Return the commands of the three parts by their Russian names."""
    return {
        WEB: [
            PYTHON,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--no-ws",
            "--host",
            settings.BIND,
            "--port",
            str(settings.PORT),
            "--workers",
            str(WORKERS),
            "--blocking-threads",
            str(THREADS),
            "--workers-kill-timeout",
            "10",  # a worker that still starts misses the signal to stop
            "--log-level",
            "warning",
            "--no-access-log",
            "mentoring_site.wsgi:application",
        ],
        "фоновые работы": manage("worker"),
        "ежеминутный обход": manage("clock"),
    }


def die_with_parent():
    """Ask the kernel (Linux) to stop a part when the supervisor itself is killed."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Supervisor:
    """Starts the parts, each in a process group of its own, and watches them."""

    def __init__(self):
        self.running: dict[str, subprocess.Popen] = {}
        self.guide: subprocess.Popen | None = None
        self.asked_to_stop = False

    def run(self) -> int:
        """Run until a signal (0) or until a part dies (1)."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self.ask_to_stop)
        if not self.port_is_free():
            print(f"Порт {settings.PORT} занят другой программой. Остановите её или выберите другой: --port 8001")
            return 1
        dead = ""
        try:
            for name, command in parts().items():
                self.running[name] = self.start(command)
                if name == WEB:  # it comes first and has both cores until it serves
                    self.announce()
            if not settings.DEMO and not self.asked_to_stop:
                self.guide = self.start(manage("setup_link"))  # the one-time address, while there is no school
            dead = self.watch()
        finally:
            self.stop()
        if dead:
            print(f"Всё остановлено: неожиданно завершилась часть «{dead}». Причина — в строках выше", flush=True)
        return 1 if dead else 0

    def start(self, command: list[str]) -> subprocess.Popen:
        """Start a process in a group of its own, so that Ctrl+C reaches only the supervisor."""
        return subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            preexec_fn=die_with_parent if sys.platform == "linux" else None,
        )

    def ask_to_stop(self, *_):
        """Remember the signal; the loop sees it at once."""
        self.asked_to_stop = True

    def port_is_free(self) -> bool:
        """Return whether we can listen, before the database is asked."""
        family = socket.AF_INET6 if ":" in settings.BIND else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((settings.BIND, settings.PORT))
            except OSError:
                return False
        return True

    def announce(self):
        """Print the address as soon as the web server listens."""
        host = "127.0.0.1" if settings.BIND == "0.0.0.0" else settings.BIND
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and not self.asked_to_stop and not self.dead():
            try:
                socket.create_connection((host, settings.PORT), timeout=1).close()
            except OSError:
                time.sleep(POLL_SECONDS)
            else:
                print(f"Открыто: {settings.SITE_URL}  (остановить: Ctrl+C)", flush=True)
                return

    def dead(self) -> str:
        """Return the name of a part that has ended, or nothing."""
        return next((name for name, process in self.running.items() if process.poll() is not None), "")

    def watch(self) -> str:
        """Wait for a signal (return nothing) or for the first death (return its name)."""
        while not self.asked_to_stop:
            if name := self.dead():
                return name
            time.sleep(POLL_SECONDS)
        return ""

    def stop(self):
        """Ask all to stop, then end what is left of their groups: a leader that died may have left children."""
        started = [*self.running.values(), *([self.guide] if self.guide else [])]
        for process in started:
            process.terminate()
        until = time.monotonic() + STOP_SECONDS
        for process in started:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, until - time.monotonic()))
        for process in started:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def main() -> int:
    """Check the settings first: a wrong one is a sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring_site.settings")
    try:
        return Supervisor().run() if settings.SECRET_KEY else 1
    except ImproperlyConfigured as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
