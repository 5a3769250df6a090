"""The supervisor: ``python -m mentoring_site.serve`` runs the web server, the task worker and the clock.

A part that dies is started again and counted (DATA_DIR/restarts.json, shown on the health page); one that keeps dying
stops all with a sentence that names it. SIGTERM and SIGINT stop all; nothing is left behind.
"""

import contextlib
import ctypes
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from mentoring_site import restarts, start

PYTHON = sys.executable
STOP_SECONDS, START_SECONDS, POLL_SECONDS = 15, 60, 0.2
OFTEN, WINDOW_SECONDS = 5, 60  # a part that dies so often in a minute is not started again
LONGEST_PAUSE = 4
PR_SET_PDEATHSIG = 1
WEB = "веб-сервер"
WEB_WORKERS = 2
WEB_OPTIONS = [
    "--interface",
    "asginl",
    "--no-ws",
    "--http",
    "1",
    "--http1-header-read-timeout",
    "10000",  # also how long an idle connection is kept
    "--backpressure",
    "4000",  # connections of one worker: those that wait take no thread
    "--workers-kill-timeout",
    "10",  # a worker that still starts misses the signal to stop
    "--log-level",
    "warning",
    "--no-access-log",
]
APPLICATION = "mentoring_site.asgi:application"


def manage(command: str) -> list[str]:
    """Return the command line of ``manage.py <command>``."""
    return [PYTHON, str(settings.BASE_DIR / "manage.py"), command]


def web(workers: int = 1) -> list[str]:
    """Return the command line of a web server; several may listen on the same port."""
    address = ["--host", settings.BIND, "--port", str(settings.PORT), "--workers", str(workers)]
    return [PYTHON, "-m", "granian", *address, *WEB_OPTIONS, APPLICATION]


def parts() -> dict[str, list[str]]:
    """Return the commands of the parts by their Russian names, the web server first."""
    servers = {WEB: web()} | {f"{WEB} {n}": web() for n in range(2, WEB_WORKERS + 1)}
    return servers | {"фоновые работы": manage("worker"), "ежеминутный обход": manage("clock")}


def allow_many_connections() -> None:
    """Let this process and its children have as many open files as the system allows: a connection is one."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def die_with_parent():
    """Ask the kernel (Linux) to stop a part when the supervisor itself is killed."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Part:
    """A part: its command, its process, and when it died lately (monotonic seconds)."""

    name: str
    command: list[str]
    process: subprocess.Popen | None = None
    deaths: list[float] = field(default_factory=list)
    start_at: float = 0.0

    def died(self, now: float) -> None:
        """Count a death; the next start is after a pause that grows with the deaths of the last minute."""
        self.process = None
        self.deaths = [*(moment for moment in self.deaths if now - moment < WINDOW_SECONDS), now]
        self.start_at = now + min(len(self.deaths) - 1, LONGEST_PAUSE)

    @property
    def keeps_dying(self) -> bool:
        """Whether it is of no use to start it again."""
        return len(self.deaths) >= OFTEN


class Supervisor:
    """Starts the parts, each in a process group of its own, and watches them."""

    def __init__(self):
        self.parts = [Part(name, command) for name, command in parts().items()]
        self.guide: subprocess.Popen | None = None
        self.asked_to_stop = False

    def run(self) -> int:
        """Run until a signal (0) or until a part keeps dying (1)."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self.ask_to_stop)
        if not self.port_is_free():
            print(f"Порт {settings.PORT} занят другой программой. Остановите её или выберите другой: --port 8001")
            return 1
        allow_many_connections()
        hopeless = None
        try:
            for part in self.parts:
                part.process = self.start(part.command)
                if part is self.parts[0]:  # it comes first and has both cores until it serves
                    self.announce()
            if not settings.DEMO and not self.asked_to_stop:
                self.guide = self.start(manage("setup_link"))  # the one-time address, while there is no school
            hopeless = self.watch()
        finally:
            self.stop()
        if hopeless:
            print(
                f"Всё остановлено: часть «{hopeless.name}» завершалась {OFTEN} раз за минуту. Причина — в строках выше",
                flush=True,
            )
        return 1 if hopeless else 0

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
        while time.monotonic() < until and not self.asked_to_stop and not self.dead(self.parts[0]):
            try:
                socket.create_connection((host, settings.PORT), timeout=1).close()
            except OSError:
                time.sleep(POLL_SECONDS)
            else:
                print(f"Открыто: {settings.SITE_URL}  (остановить: Ctrl+C)", flush=True)
                return

    def dead(self, part: Part) -> bool:
        """Return whether a part that was started has ended."""
        return part.process is not None and part.process.poll() is not None

    def watch(self) -> Part | None:
        """Replace what dies until a signal comes (return nothing) or a part keeps dying (return it)."""
        while not self.asked_to_stop:
            for part in self.parts:
                if self.dead(part):
                    self.bury(part)
                    if part.keeps_dying:
                        return part
                if part.process is None and time.monotonic() >= part.start_at:
                    part.process = self.start(part.command)
            time.sleep(POLL_SECONDS)
        return None

    def bury(self, part: Part) -> None:
        """End what a dead part has left of its group, count its death and tell it."""
        if part.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(part.process.pid, signal.SIGKILL)
        part.died(time.monotonic())
        restarts.note(part.name)
        if not part.keeps_dying:
            print(f"Часть «{part.name}» неожиданно завершилась, запускаю снова", file=sys.stderr, flush=True)

    def stop(self):
        """Ask all to stop, then end what is left of their groups: a leader that died may have left children."""
        running = [part.process for part in self.parts if part.process]
        started = [*running, *([self.guide] if self.guide else [])]
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
        django.setup()
        if complaint := start.complaint():
            print(complaint, file=sys.stderr)
            return 1
        return Supervisor().run()
    except ImproperlyConfigured as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
