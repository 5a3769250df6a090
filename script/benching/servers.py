"""Web servers under measurement: the product's own and the yardstick's, the CPU time they spend, a visitor."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import time
import urllib.parse
from pathlib import Path

from benching.school import School

CSRF = "b" * 32
YARDSTICK = "benching.yardstick:application"
COMMAND = """
import django, json
django.setup()
from mentoring_site import serve
print(json.dumps(serve.web(serve.WEB_WORKERS)))
"""
QUIET_SECONDS, QUIET_CPU = 0.5, 0.01  # a server that spends less than this in so long has finished starting


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """The web server as ``mentoring_site.serve`` starts it, on a school; ``application`` replaces the product's."""

    def __init__(self, school: School, application: str = ""):
        self.port = free_port()
        address = {"PORT": str(self.port), "SITE_URL": f"http://127.0.0.1:{self.port}"}
        command = json.loads(school.run("-c", COMMAND, **address).splitlines()[-1])
        if application:
            command[-1] = application
        self.log = open(school.data / f"server-{self.port}.log", "w+", encoding="utf-8")  # noqa: SIM115 (closed by stop)
        self.process = subprocess.Popen(
            command,
            cwd=school.tree,
            env=school.environment(**address),
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
        self._wait()

    def _wait(self):
        """Return when the server answers and all its processes have finished starting."""
        for _ in range(300):
            with contextlib.suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/health/")
                if connection.getresponse().status < 600:
                    return self._wait_until_quiet()
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise SystemExit("веб-сервер не поднялся: " + self.output()[-500:])

    def _wait_until_quiet(self):
        for _ in range(60):
            before = self.cpu()
            time.sleep(QUIET_SECONDS)
            if self.cpu() - before < QUIET_CPU:
                return

    def cpu(self) -> float:
        """Return the processor seconds, user and system, that all processes of the server have spent so far."""
        return sum(cpu_of(pid) for pid in session_processes(self.process.pid))

    def output(self) -> str:
        """Return what the server has written so far."""
        self.log.flush()
        self.log.seek(0)
        return self.log.read()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        """Stop the server with all its workers."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(30)
        self.log.close()


def session_processes(leader: int) -> list[int]:
    """Return the processes of the session that ``leader`` opened: a server, its workers and their children."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError):
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
                if int(fields[3]) == leader:
                    found.append(int(folder.name))
    return found


def cpu_of(pid: int) -> float:
    """Return the processor seconds of a process with all its threads, or 0 when it is gone.

    Linux numbers the clock of a process like this (clock_getcpuclockid(3)); /proc/<pid>/stat has the same figure
    in hundredths of a second, where a request takes some ten-thousandths.
    """
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return 0


class Visitor:
    """One keep-alive connection; ``session`` may be changed between requests, empty is an anonymous visitor."""

    def __init__(self, port: int, session: str = ""):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.session = session

    def ask(self, method: str, url: str, **fields) -> tuple[int, bytes]:
        """Ask once; return status and body, 0 for a dropped connection, which is opened again at the next request."""
        headers = {"Cookie": f"session={self.session}; csrf={CSRF}"} if self.session else {}
        body = None
        if method == "POST":
            body = urllib.parse.urlencode(fields)
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": CSRF}
        try:
            self.connection.request(method, url, body, headers)
            answer = self.connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            return 0, b""


def cpu_per_request(server: Server, visitor: Visitor, url: str, times: int) -> float:
    """Return the milliseconds of processor time that the server spends on one of ``times`` requests in a row.

    An answer other than 200 ends the bench; the first request warms up and renews a connection that was idle too long.
    """
    if not visitor.ask("GET", url)[0]:
        visitor.ask("GET", url)
    before = server.cpu()
    answers = {visitor.ask("GET", url)[0] for _ in range(times)}
    spent = server.cpu() - before
    if answers != {200}:
        raise SystemExit(f"{url}: ответы {answers} во время измерения:\n{server.output()[-500:]}")
    return spent * 1000 / times


class Neighbours:
    """What everybody but the bench and its servers spends on this machine from now on; in words, as a share of it.

    With a busy neighbour a ratio to the yardstick is wrong by up to a third, in either direction; the comparison of
    two checkouts in the same rounds still holds.
    """

    BUSY = 0.15

    def __init__(self, servers: list[Server]):
        self.servers = servers
        self.started, self.spent = time.monotonic(), self._spent()

    def _spent(self) -> float:
        """Return the processor seconds of the whole machine less our own."""
        user, nice, system = map(int, Path("/proc/stat").read_text().split()[1:4])
        own = time.process_time() + sum(server.cpu() for server in self.servers)
        return (user + nice + system) / os.sysconf("SC_CLK_TCK") - own

    def __str__(self):
        share = (self._spent() - self.spent) / (time.monotonic() - self.started) / os.cpu_count()
        note = ", отношения неточны" if share > self.BUSY else ""
        return f"чужой работы {max(0, share):.0%} машины{note}"
