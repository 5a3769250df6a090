"""The server under load: no «locked» at 20 % and 100 % of writes, and lists stay quick while papers are printed."""

import threading
import time
from contextlib import contextmanager
from uuid import uuid4

from benching.numbers import median, percentile
from benching.run import Run
from benching.school import School, Worker
from benching.servers import Server, Visitor


def prepared(school: School) -> tuple[str, dict]:
    """Return the session of the curator and the keys of the objects of the school."""
    with Worker(school) as worker:
        return worker.ask("session", user="curator")["key"], worker.ask("objects")


def messages(school: School, program: int) -> int:
    """Return how many messages of a program the database holds."""
    with Worker(school) as worker:
        return worker.ask("count", model="programs.Message", program=program)["number"]


def repeat(count: int, seconds: float, act) -> list:
    """Run ``act(n, turn)`` in ``count`` threads for some seconds; return everything that the acts returned."""
    results, until = [], time.monotonic() + seconds

    def act_again(n):
        turn = 0
        while time.monotonic() < until:
            results.append(act(n, turn))
            turn += 1

    threads = [threading.Thread(target=act_again, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def measure_locks(run: Run):
    """Two real server processes, eight visitors: no answer fails at 20 % and at 100 % of writes, no write is lost."""
    seconds = 4 if run.quick else 15
    school = run.schools.copy("locks")
    session, found = prepared(school)
    with Server(school) as server:
        visitors = [Visitor(server.port, session) for _ in range(8)]
        for share in (20, 100):

            def act(n, turn, share=share):
                if (turn * 37 + n * 11) % 100 < share:
                    text = f"Проверка {n} {turn} {share}"
                    fields = {"text": text, "about": "all", "request_key": uuid4()}
                    return visitors[n].ask("POST", f"/programs/{found['program']}/messages/", **fields)[0], True
                return visitors[n].ask("GET", "/programs/")[0], False

            before = messages(school, found["program"])
            answers = repeat(8, seconds, act)
            bad = [status for status, writes in answers if status != (302 if writes else 200)]
            written = sum(writes and status == 302 for status, writes in answers)
            note = f"{len(answers)} запросов, записей {written}, {len(answers) / seconds:.0f} в секунду"
            run.table.add(f"ошибок при {share} % записи", len(bad), 0, " ошибок", note)
            lost = abs(written - (messages(school, found["program"]) - before))
            run.table.add(f"    потеряно записей при {share} %", lost, 0, " ошибок")
        locked = server.output().lower().count("locked")
        run.table.add("слово locked в журнале сервера", locked, 0, " ошибок")


def measure_calm(run: Run):
    """The 99th percentile of a list alone, and while orders are drawn as PDF at the same time."""
    seconds = 2 if run.quick else 4
    school = run.schools.copy("calm")
    session, found = prepared(school)
    alone, beside, lists, papers, empty = [], [], [], [], 0
    with Server(school) as server:
        readers = [Visitor(server.port, session) for _ in range(2)]
        printer = Visitor(server.port, session)

        def open_list(n, turn):
            begun = time.monotonic()
            status, _ = readers[n].ask("GET", "/programs/")
            return time.monotonic() - begun, status

        repeat(2, 2, open_list)
        for _ in range(run.rounds):
            quiet = repeat(2, seconds, open_list)
            with drawing(printer, f"/orders/{found['order']}/preview/") as drawn:
                loud = repeat(2, seconds, open_list)
            alone.append(percentile([spent for spent, _ in quiet], 0.99))
            beside.append(percentile([spent for spent, _ in loud], 0.99))
            lists += [status for _, status in loud]
            papers += drawn
            empty += not drawn
    note = f"{median(alone) * 1000:.0f} → {median(beside) * 1000:.0f} мс, напечатано {len(papers)}"
    ratio = median(loud / quiet for quiet, loud in zip(alone, beside, strict=True))
    run.table.add("p99 списка, пока печатаются приказы", ratio, 4, note=note)
    run.table.add("    ответов с ошибкой", sum(status != 200 for status in lists + papers), 0, " ошибок")
    run.table.add("    раундов без единого приказа", empty, 0, " ошибок")


@contextmanager
def drawing(visitor: Visitor, url: str):
    """Draw a paper again and again in a thread meanwhile; yield the list of statuses, complete at the end."""
    stop, statuses = threading.Event(), []

    def draw():
        while not stop.is_set():
            statuses.append(visitor.ask("GET", url)[0])

    thread = threading.Thread(target=draw)
    thread.start()
    try:
        yield statuses
    finally:
        stop.set()
        thread.join()
