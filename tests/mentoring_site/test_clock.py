"""The clock's look at the web server: two processes listen on one port, and one of them may hang."""

import contextlib
import socket
import threading

import pytest

from mentoring_site.management.commands import clock
from mentoring_site.models import Heartbeat

pytestmark = [pytest.mark.point("8.3"), pytest.mark.django_db]
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"


@contextlib.contextmanager
def worker(port, *, hangs=False):
    """Listen on a port that others may share; answer each connection, or accept it and say nothing."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listening.bind(("127.0.0.1", port))
    listening.listen(50)
    held = []

    def serve():
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listening.accept()
                held.append(connection)
                if not hangs:
                    connection.recv(1000)
                    connection.sendall(OK)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        for connection in held:
            connection.close()


@pytest.fixture(autouse=True)
def quickly(monkeypatch):
    monkeypatch.setattr(clock, "LOOK_SECONDS", 0.5)
    monkeypatch.setattr(clock, "LOOKS", 40)  # the system chooses: by chance never one of them is out of the question


def look(settings, port):
    settings.PORT = port
    clock.Command().look_at_web()
    return Heartbeat.objects.filter(name="web").first()


def test_both_processes_answer(settings):
    with worker(0) as port, worker(port):
        assert look(settings, port).detail == ""


def test_one_of_two_that_hangs_is_told(settings):
    with worker(0) as port, worker(port, hangs=True):
        assert look(settings, port).detail == clock.SILENT


def test_nobody_who_answers_is_no_sign_of_life(settings, monkeypatch):
    monkeypatch.setattr(clock, "LOOKS", 3)
    with worker(0, hangs=True) as port:
        assert look(settings, port) is None
