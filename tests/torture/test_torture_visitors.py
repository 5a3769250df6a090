"""One visitor against the server: slow connections, bodies without end, bombs of forms, many papers at once.

The server is the real one with its parts, on a demo school of its own. Meanwhile an ordinary visitor opens pages.
"""

import http.client
import os
import socket
import sqlite3
import statistics
import threading
import time
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from tests.mentoring_site.conftest import Installation

pytestmark = [pytest.mark.torture, pytest.mark.point("1", "2", "25")]
LOGIN = "/accounts/login/"
MOST = 4  # times: how much slower a page may be (its 99th percentile), see script/bench for how it is compared
SLOW = [
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
    b"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 1000\r\n\r\nlogin=",
    b"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nlogin\r\n",
    b"",
]
READER = b"GET /static/vendor/bootstrap/bootstrap.min.css HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


class Server:
    """The supervisor with all its parts."""

    def __init__(self, installation):
        self.installation, self.port = installation, installation.port
        self.process = installation.start("-m", "mentoring_site.serve", **self.more())
        for _ in range(600):
            if self.process.poll() is None and self.ask("GET", LOGIN)[0] == 200:
                return
            time.sleep(0.1)
        raise AssertionError(self.process.kill() or self.process.communicate()[0])

    def more(self):
        return {"DEMO": "1"} if (self.installation.folder / ".prepared-demo").exists() else {}

    def ask(self, method, path, body=b"", headers=None, timeout=60):
        """Ask once on a connection of its own; return status, body and seconds; status 0 when the connection broke."""
        connection, begun = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout), time.monotonic()
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read(), time.monotonic() - begun
        except (OSError, http.client.HTTPException):
            return 0, b"", time.monotonic() - begun
        finally:
            connection.close()

    def stop(self):
        self.process.terminate()
        return self.process.communicate(timeout=40)[0]


@pytest.fixture
def server(installation):
    started = Server(installation)
    yield started
    started.stop()


def pages(server, seconds, path=LOGIN, headers=None):
    """Open a page again and again, as one visitor; return the seconds of each. Each must be answered."""
    spent, until = [], time.monotonic() + seconds
    while time.monotonic() < until:
        status, _, took = server.ask("GET", path, headers=headers)
        assert status == 200
        spent.append(took)
    return spent


def p99(spent):
    return statistics.quantiles(spent, n=100)[98]


@contextmanager
def slow_connections(server, count):
    """Hold ``count`` connections that send slowly, or read slowly, and open them again when they are closed."""
    stop, lock, opened = threading.Event(), threading.Lock(), [0]

    def hold(n):
        slow = [*SLOW, READER][n % 5]
        while not stop.is_set():
            with socket.socket() as one:
                one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                one.settimeout(1)
                try:
                    one.connect(("127.0.0.1", server.port))
                    one.sendall(slow)
                    with lock:
                        opened[0] += 1
                    while not stop.is_set():
                        try:
                            if not one.recv(1 if slow is READER else 4096):
                                break
                        except TimeoutError:
                            continue
                        stop.wait(1)
                except OSError:
                    stop.wait(0.5)

    threads = [threading.Thread(target=hold, args=(n,), daemon=True) for n in range(count)]
    for thread in threads:
        thread.start()
    try:
        time.sleep(2)
        yield opened
    finally:
        stop.set()
        for thread in threads:
            thread.join(5)


def test_slow_visitors_hold_no_thread(server, figures, told):
    quiet = pages(server, figures.seconds)
    with slow_connections(server, figures.slow) as opened:
        beside = pages(server, figures.seconds)
    told(slow=opened[0], pages=len(beside), p99=f"{p99(quiet) * 1000:.0f} → {p99(beside) * 1000:.0f} мс")

    assert opened[0] >= figures.slow
    assert len(beside) >= 5
    if figures.full:
        assert p99(beside) <= MOST * p99(quiet)


def test_bodies_without_end_are_refused_with_a_page(server, figures, told):
    size = 300_000_000

    def parts(total):
        for _ in range(total // 1_000_000):
            yield b"x" * 1_000_000

    form = {"Content-Type": "application/x-www-form-urlencoded"}
    status, page, took = server.ask("POST", LOGIN, b"", form | {"Content-Length": str(size)})
    assert (status, "Отправлено слишком много" in page.decode()) == (413, True)

    status, page, _ = server.ask("POST", LOGIN, b"x" * 20_000_000, form)
    assert (status, "Отправлено слишком много" in page.decode()) == (413, True)

    pages(server, 1)  # the parts have loaded what they need
    before = memory(server)
    attackers = [
        threading.Thread(target=server.ask, args=("POST", LOGIN, parts(size), form | {"Content-Length": str(size)}))
        for _ in range(figures.bodies)
    ]
    for attacker in attackers:
        attacker.start()
    spent = pages(server, 1)
    for attacker in attackers:
        attacker.join(60)
    grown = (memory(server) - before) // 1024
    told(bodies=figures.bodies, refused_in=f"{took:.2f} с", grown=f"{grown} МБ", pages=len(spent))
    assert grown < size // 2_000_000  # no body is held, not even half of one


def memory(server) -> int:
    """Return the resident kilobytes of all parts."""
    total, parents = 0, {server.process.pid}
    for folder in sorted((p for p in Path("/proc").iterdir() if p.name.isdigit()), key=lambda p: int(p.name)):
        try:
            status = (folder / "status").read_text()
        except OSError:
            continue
        found = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
        if int(found["PPid"]) in parents:
            parents.add(int(folder.name))
            total += int(found.get("VmRSS", "0").split()[0])
    return total


@pytest.fixture
def demo(tmp_path):
    """A demo school with its server: a minute and more to build, so only for the full figures."""
    if os.environ.get("TORTURE") != "full":
        pytest.skip("the demo school is built for the full figures only; the front's own tests hold the mechanism")
    installation = Installation(tmp_path)
    done = installation.start("manage.py", "prepare", DEMO="1")
    output, _ = done.communicate(timeout=900)
    assert done.returncode == 0, output
    started = Server(installation)
    yield started
    started.stop()


def logged_in(server, name):
    """Return the headers of somebody who has logged in."""
    with ExitStack() as stack:
        connection = stack.enter_context(closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)))
        connection.request("GET", LOGIN)
        answer = connection.getresponse()
        cookies = cookies_of(answer)
        token = answer.read().decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        body = f"login={name}&password=demo&csrfmiddlewaretoken={token}"
        form = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies}
        connection.request("POST", LOGIN, body, form)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 302
        return {"Cookie": f"{cookies}; {cookies_of(answer)}"}


def cookies_of(answer):
    return "; ".join(value.split(";")[0] for key, value in answer.getheaders() if key.lower() == "set-cookie")


def row(server, query):
    with closing(sqlite3.connect(server.installation.folder / "db.sqlite3")) as database:
        return database.execute(query).fetchone()[0]


def test_many_papers_of_one_do_not_slow_the_others(demo, told):
    greedy, other = logged_in(demo, "clerk"), logged_in(demo, "curator")
    paper = f"/orders/{row(demo, 'SELECT MAX(id) FROM reports_order WHERE state = ' + repr('draft'))}/preview/"
    for _ in range(4):  # each worker learns that it is heavy
        demo.ask("GET", paper, headers=greedy)
    quiet, statuses, stop = pages(demo, 15, "/programs/", other), [], threading.Event()

    def print_on():
        while not stop.is_set():
            statuses.append(demo.ask("GET", paper, headers=greedy, timeout=200)[0])

    threads = [threading.Thread(target=print_on) for _ in range(12)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    beside = pages(demo, 15, "/programs/", other)
    stop.set()
    for thread in threads:
        thread.join(200)
    told(
        papers=statuses.count(200),
        asked_to_wait=statuses.count(429),
        p99=f"{p99(quiet) * 1000:.0f} → {p99(beside) * 1000:.0f} мс",
        times=f"{p99(beside) / p99(quiet):.1f}",
    )
    assert set(statuses) <= {200, 429}
    assert statuses.count(200) > 0
    assert p99(beside) <= MOST * p99(quiet)


def test_bombs_of_forms_are_answered_at_once(demo, told):
    curator = logged_in(demo, "curator")
    template = row(demo, "SELECT MIN(id) FROM programs_programtemplate")
    address = f"/settings/lists/templates/{template}/"
    _, page, once = demo.ask("GET", address, headers=curator)
    token = page.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    body = f"csrfmiddlewaretoken={token}&line-TOTAL_FORMS=5000&line-INITIAL_FORMS=0&name=x"
    form = curator | {"Content-Type": "application/x-www-form-urlencoded"}

    status, page, took = demo.ask("POST", address, body, form)
    many = "&".join(f"f{n}=1" for n in range(50_000))
    refused, words, fields_took = demo.ask("POST", address, many, form)

    told(page=f"{once:.2f} с", bomb=f"{took:.2f} с", fields=f"{fields_took:.2f} с")
    assert (status, refused, "В форме слишком много полей" in words.decode()) == (200, 413, True)
    assert took < MOST * once + 1
