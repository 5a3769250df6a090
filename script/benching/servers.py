"""Real server processes under load: no «locked» at 20 % and 100 % of writes, lists stay quick while
papers are drawn.
"""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from uuid import uuid4

from benching.numbers import median, percentile
from benching.pages import Worker
from benching.school import ROOT, environment

CSRF = "b" * 32


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """The product's own web server (granian as mentoring_site.serve starts it) on a data folder."""

    def __init__(self, data, **more):
        self.port = free_port()
        env = environment(data, PORT=str(self.port), SITE_URL=f"http://127.0.0.1:{self.port}", **more)
        self.log = open(data / "server.log", "w+", encoding="utf-8")  # noqa: SIM115 (closed with the server)
        command = subprocess.run(
            [
                sys.executable,
                "-c",
                (
                    "import django, json; django.setup(); from mentoring_site import serve;"
                    "print(json.dumps(serve.parts()[serve.WEB]))"
                ),
            ],
            cwd=ROOT,
            env=env,
            capture_output=True,
            text=True,
            check=True,
        )
        self.process = subprocess.Popen(
            json.loads(command.stdout.splitlines()[-1]),
            cwd=ROOT,
            env=env,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
        self._wait()

    def _wait(self):
        for _ in range(300):
            with contextlib.suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/health/")
                if connection.getresponse().status < 600:
                    return
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise SystemExit("веб-сервер не поднялся: " + self.said()[-500:])

    def said(self) -> str:
        """Return what the server has written so far."""
        self.log.flush()
        self.log.seek(0)
        return self.log.read()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self, number=signal.SIGTERM):
        """Stop the server with all its workers."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)
        self.process.wait(30)
        self.log.close()


class Visitor:
    """One keep-alive connection with a session."""

    def __init__(self, port: int, session: str):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookie = f"session={session}; csrf={CSRF}"

    def ask(self, method: str, url: str, **fields) -> tuple[int, bytes]:
        """Ask once; return status and body, 0 for a dropped connection, which is opened again at the next ask."""
        headers = {"Cookie": self.cookie}
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


def logged_in(data, *names) -> tuple[dict, dict]:
    """Return sessions by user name, and the objects of the school."""
    with Worker(data) as worker:
        found = worker.ask("objects")
        return {name: worker.ask("login", user=name)["session"] for name in names}, found


def written(data, program) -> int:
    """Return how many messages of a programme the database holds."""
    with Worker(data) as worker:
        return worker.ask("messages", program=program)["number"]


def crowd(count: int, seconds: float, act) -> list:
    """Run ``act(n, turn)`` in ``count`` threads for some seconds; return everything that the acts returned."""
    results, until = [], time.monotonic() + seconds

    def live(n):
        turn = 0
        while time.monotonic() < until:
            results.append(act(n, turn))
            turn += 1

    threads = [threading.Thread(target=live, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def measure_locks(schools, table, quick=False):
    """Two real server processes, eight visitors: no answer fails at 20 % and at 100 % of writes, no write is lost."""
    seconds = 4 if quick else 15
    data = schools.another("locks")
    sessions, found = logged_in(data, "curator")
    with Server(data) as server:
        visitors = [Visitor(server.port, sessions["curator"]) for _ in range(8)]
        for share in (20, 100):

            def act(n, turn, share=share):
                if (turn * 37 + n * 11) % 100 < share:
                    text = f"Проверка {n} {turn} {share}"
                    fields = {"text": text, "about": "all", "request_key": uuid4()}
                    return visitors[n].ask("POST", f"/programs/{found['program']}/messages/", **fields)[0], True
                return visitors[n].ask("GET", "/programs/")[0], False

            before = written(data, found["program"])
            answers = crowd(8, seconds, act)
            bad = [status for status, writes in answers if status != (302 if writes else 200)]
            told = sum(writes and status == 302 for status, writes in answers)
            words = f"{len(answers)} запросов, записей {told}, {len(answers) / seconds:.0f} в секунду"
            table.add(f"ошибок при {share} % записи", len(bad), 0, " ошибок", words)
            lost = abs(told - (written(data, found["program"]) - before))
            table.add(f"    потеряно записей при {share} %", lost, 0, " ошибок")
        locked = server.said().lower().count("locked")
        table.add("слово locked в журнале сервера", locked, 0, " ошибок")


def measure_calm(schools, table, quick=False):
    """The 99th percentile of a list alone, and while orders are drawn as PDF at the same time."""
    rounds, seconds = (3, 2) if quick else (5, 4)
    data = schools.another("calm")
    sessions, found = logged_in(data, "curator")
    alone, beside, ratios, papers, failed, empty = [], [], [], 0, 0, 0
    with Server(data) as server:
        readers = [Visitor(server.port, sessions["curator"]) for _ in range(2)]
        printer = Visitor(server.port, sessions["curator"])

        def look(n, turn):
            begun = time.monotonic()
            status, _ = readers[n].ask("GET", "/programs/")
            return time.monotonic() - begun, status

        crowd(2, 2, look)
        for _ in range(rounds):
            quiet = [t for t, _ in crowd(2, seconds, look)]
            stop, drawn = threading.Event(), []

            def draw(stop=stop, drawn=drawn):
                while not stop.is_set():
                    drawn.append(printer.ask("GET", f"/orders/{found['order']}/preview/")[0])

            thread = threading.Thread(target=draw)
            thread.start()
            loud = crowd(2, seconds, look)
            failed += sum(status != 200 for _, status in loud)
            loud = [t for t, _ in loud]
            stop.set()
            thread.join()
            alone.append(percentile(quiet, 0.99))
            beside.append(percentile(loud, 0.99))
            ratios.append(beside[-1] / alone[-1])
            papers += len(drawn)
            empty += not drawn
            failed += sum(status != 200 for status in drawn)
    words = f"{median(alone) * 1000:.0f} → {median(beside) * 1000:.0f} мс, напечатано {papers}"
    table.add("p99 списка, пока печатаются приказы", median(ratios), 4, note=words)
    table.add("    ответов с ошибкой", failed, 0, " ошибок")
    table.add("    раундов без единого приказа", empty, 0, " ошибок")
