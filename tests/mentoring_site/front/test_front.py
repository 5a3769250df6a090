"""The front: whole bodies within limits, a fair line for threads, long calls ended, long answers without a thread."""

import asyncio
import io
import threading
import time
from types import SimpleNamespace

import pytest

from mentoring_site.front import application as front_application
from mentoring_site.front import bodies
from mentoring_site.front.application import LARGE_BODY, SMALL_BODY, Front
from mentoring_site.front.lanes import Crowded, Lane, Stopwatch, TookTooLong
from mentoring_site.middleware import REFUSAL

pytestmark = [pytest.mark.point("8.1")]


class Site:
    """A WSGI application that remembers what it was asked and answers by its ``views``."""

    def __init__(self, **views):
        self.views, self.asked, self.bodies = views, [], []

    def __call__(self, environ, start_response):
        if refusal := environ.get(REFUSAL):
            start_response("503 Refused", [("Content-Type", "text/plain")])
            return [refusal.encode()]
        self.asked.append(environ)
        self.bodies.append(environ["wsgi.input"].read())
        view = self.views.get(environ["PATH_INFO"].strip("/"), lambda environ: [b"ok"])
        start_response("200 OK", [("Content-Type", "text/plain")])
        return view(environ)


def ask(front, method="GET", path="/", *, parts=(), headers=(), read=None, query=b""):
    """Ask the front once, outside of any network; return status and body of its answer."""
    return asyncio.run(asked(front, method, path, parts=parts, headers=headers, read=read, query=query))


async def asked(front, method="GET", path="/", *, parts=(), headers=(), read=None, query=b""):
    messages = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    if messages and parts[-1] is not None:
        messages[-1]["more_body"] = False
    messages = [message for message in messages if message["body"] is not None]
    answer = SimpleNamespace(status=0, headers={}, body=b"")

    async def receive():
        if messages:
            return messages.pop(0)
        await asyncio.Event().wait()

    async def send(message):
        if read is not None and message["type"] == "http.response.body":
            await read()
        if message["type"] == "http.response.start":
            answer.status, answer.headers = message["status"], dict(message["headers"])
        answer.body += message.get("body", b"")

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query,
        "http_version": "1.1",
        "headers": list(headers),
        "client": ("10.0.0.1", 1000),
    }
    await front(scope, receive, send)
    return answer


def sized(parts):
    return [(b"content-length", str(sum(map(len, parts))).encode())]


def test_a_request_reaches_the_application_whole_and_its_answer_the_visitor():
    front = Front(site := Site())
    parts = [b"login=", b"x" * 1000]
    headers = [*sized(parts), (b"content-type", b"text/plain"), (b"cookie", b"a=1"), (b"cookie", b"b=2")]

    answer = ask(front, "POST", "/люди/", parts=parts, headers=headers, query=b"q=1")

    assert (answer.status, answer.body, site.bodies) == (200, b"ok", [b"".join(parts)])
    environ = site.asked[0]
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/люди/"
    assert (environ["CONTENT_LENGTH"], environ["CONTENT_TYPE"]) == ("1006", "text/plain")
    assert environ["QUERY_STRING"] == "q=1"
    assert (environ["HTTP_COOKIE"], environ["REMOTE_ADDR"]) == ("a=1; b=2", "10.0.0.1")


def test_a_body_of_unknown_length_gets_its_length():
    front = Front(site := Site())

    ask(front, "POST", parts=[b"12", b"345"], headers=[(b"transfer-encoding", b"chunked")])

    assert (site.bodies, site.asked[0]["CONTENT_LENGTH"]) == ([b"12345"], "5")


def test_a_header_that_could_pass_for_another_is_dropped():
    front = Front(site := Site())

    ask(front, headers=[(b"x_forwarded_for", b"1.2.3.4"), (b"x-forwarded-proto", b"https")])

    assert "HTTP_X_FORWARDED_FOR" not in site.asked[0]
    assert site.asked[0]["HTTP_X_FORWARDED_PROTO"] == "https"


@pytest.mark.parametrize("announced", [True, False])
def test_a_stranger_sends_little(announced):
    front = Front(site := Site())
    parts = [b"x" * SMALL_BODY, b"y"]

    headers = sized(parts) if announced else [(b"transfer-encoding", b"chunked")]
    answer = ask(front, "POST", parts=parts, headers=headers)

    assert (answer.body, site.asked) == (b"too_large", [])


def test_who_is_logged_in_sends_files_but_not_without_end():
    asked_about = []
    front = Front(site := Site(), logged_in=lambda cookies: asked_about.append(cookies) or True)
    parts = [b"x" * SMALL_BODY] * 3
    cookie = (b"cookie", b"session=s")

    assert ask(front, "POST", parts=parts, headers=[*sized(parts), cookie]).body == b"ok"
    assert ask(front, "POST", parts=[b"x"], headers=[(b"content-length", b"1"), cookie]).body == b"ok"
    assert (asked_about, len(site.bodies[0])) == (["session=s"], 3 * SMALL_BODY)

    too_much = [b"x" * SMALL_BODY] * (LARGE_BODY // SMALL_BODY + 1)
    assert ask(front, "POST", parts=too_much, headers=[*sized(too_much), cookie]).body == b"too_large"


def test_what_is_announced_far_too_long_is_not_even_read():
    front = Front(site := Site())

    answer = ask(front, "POST", parts=[b"x", None], headers=[(b"content-length", b"300000000")])

    assert (answer.body, site.asked) == (b"too_large", [])


def test_a_body_that_does_not_come_is_given_up_and_holds_no_thread(monkeypatch):
    monkeypatch.setattr(bodies, "GAP_SECONDS", 0.2)
    front = Front(site := Site())

    async def many():
        slow = [
            asyncio.ensure_future(asked(front, "POST", parts=[b"login=", None], headers=[(b"content-length", b"1000")]))
            for _ in range(bodies.AT_ONCE_EACH + 1)
        ]
        await asyncio.sleep(0)
        quick = await asked(front)
        return quick, await asyncio.gather(*slow)

    quick, slow = asyncio.run(many())

    assert quick.body == b"ok"
    assert sorted(answer.body for answer in slow) == [b"crowded"] + [b"too_slow"] * bodies.AT_ONCE_EACH
    assert (len(site.asked), front.bodies.coming.total()) == (1, 0)


def test_an_answer_to_head_has_no_body():
    assert ask(Front(Site()), "HEAD").body == b""


class Closing(io.BytesIO):
    closings = 0

    def close(self):
        Closing.closings += 1
        super().close()


@pytest.mark.parametrize("size", [0, 10, 300_000, 2_000_000])
@pytest.mark.parametrize("way", ["file", "chunks", "bytes"])
def test_files_and_streams_arrive_whole_and_are_closed(size, way):
    content = bytes(range(256)) * (size // 256 + 1)
    content = content[:size]
    Closing.closings = 0
    views = {
        "file": lambda environ: environ["wsgi.file_wrapper"](Closing(content)),
        "chunks": lambda environ: iter([content[:1000], content[1000:]]),
        "bytes": lambda environ: [content],
    }

    assert ask(Front(Site(**views)), path=f"/{way}").body == content
    assert Closing.closings == (way == "file")


def test_a_slow_reader_is_let_go_and_holds_no_thread(monkeypatch):
    monkeypatch.setattr(front_application, "STALLED_SECONDS", 0.2)
    front = Front(Site(big=lambda environ: environ["wsgi.file_wrapper"](Closing(b"x" * 1_000_000))))
    Closing.closings = 0

    async def many():
        readers = [
            asyncio.ensure_future(asked(front, path="/big", read=asyncio.Event().wait if n else None)) for n in range(8)
        ]
        await asyncio.sleep(0.05)
        return await asked(front), front.pages.free, await asyncio.gather(*readers)

    quick, free, readers = asyncio.run(many())

    assert quick.body == b"ok"
    assert (free, len(readers[0].body)) == (3, 1_000_000)
    assert [len(reader.body) for reader in readers[1:]] == [0] * 7
    assert Closing.closings == 8


# Lanes


def lane(**changed):
    values = {"threads": 3, "each": 2, "waiting_each": 100, "waiting": 200, "patience": 30, "seconds": 60}
    return Lane(**values | changed)


async def forever():
    await asyncio.Event().wait()


def test_one_visitor_never_has_all_threads_and_the_line_is_fair():
    order, gate = [], threading.Event()

    async def crowd():
        found = lane()
        mine = [
            asyncio.ensure_future(found.run("I", lambda n=n: order.append(f"I{n}") or gate.wait(5), forever))
            for n in range(6)
        ]
        await asyncio.sleep(0.05)
        held = found.busy["I"], found.free
        assert await found.run("you", lambda: "served", forever) == "served"
        others = [
            asyncio.ensure_future(found.run(name, lambda name=name: order.append(name) or gate.wait(5), forever))
            for name in ("a", "b", "c")
        ]
        await asyncio.sleep(0.05)
        gate.set()
        await asyncio.gather(*mine, *others)
        return held, found

    held, found = asyncio.run(crowd())

    assert held == (2, 1)
    assert order[:3] == ["I0", "I1", "a"]
    assert order.index("c") < order.index("I4")  # those who came later wait for one of mine each, not for all
    assert (found.free, found.busy, found.lines) == (3, {}, {})


def test_too_long_a_line_and_too_long_a_wait_are_refused():
    gate = threading.Event()

    async def crowd():
        found = lane(threads=1, each=1, waiting_each=1, waiting=2, patience=0.1)
        first = asyncio.ensure_future(found.run("I", lambda: gate.wait(5), forever))
        await asyncio.sleep(0.05)
        results = await asyncio.gather(
            *(found.run(name, lambda: "served", forever) for name in ("I", "I", "a", "b")), return_exceptions=True
        )
        gate.set()
        await first
        return results, found

    results, found = asyncio.run(crowd())

    assert [type(result) for result in results] == [Crowded] * 4
    assert (found.free, found.lines) == (1, {})


def test_who_has_left_is_not_served():
    gate, served = threading.Event(), []

    async def crowd():
        found = lane(threads=1, each=1)
        first = asyncio.ensure_future(found.run("I", lambda: gate.wait(5), forever))
        await asyncio.sleep(0.05)
        gone = asyncio.ensure_future(found.run("a", lambda: served.append("a"), lambda: asyncio.sleep(0)))
        stays = asyncio.ensure_future(found.run("b", lambda: served.append("b"), forever))
        await asyncio.sleep(0.05)
        gate.set()
        return await asyncio.gather(first, gone, stays, return_exceptions=True), found

    results, found = asyncio.run(crowd())

    assert (served, type(results[1])) == (["b"], bodies.VisitorGone)
    assert (found.free, found.lines) == (1, {})


def test_a_call_without_end_is_ended_and_its_thread_serves_on():
    def without_end():
        try:
            while True:
                time.sleep(0.01)
        except Exception:  # what every careless piece of code does
            return "caught"

    async def crowd():
        found = lane(threads=1, each=1, seconds=0.2)
        with pytest.raises(TookTooLong):
            await found.run("I", without_end, forever)
        return await found.run("I", lambda: "served", forever)

    assert asyncio.run(crowd()) == "served"


def test_a_call_that_ends_in_time_is_not_hit_later():
    watch = Stopwatch(0.0)

    async def sweep():
        watch.start()
        watch._sweep()

    def work():
        asyncio.run(sweep())
        return "done"  # the exception is on its way: it arrives here, or is taken back

    thread_results = []
    thread = threading.Thread(target=lambda: thread_results.append(attempt(lambda: watch.time(work))))
    thread.start()
    thread.join()

    assert (thread_results, watch.started) == (["TookTooLong"], {})


def attempt(call):
    try:
        return call()
    except TookTooLong:
        return "TookTooLong"


def test_heavy_requests_have_a_thread_of_their_own():
    gate = threading.Event()
    site = Site(paper=lambda environ: [b"paper" if gate.wait(5) else b"late"])
    front = Front(site, heavy=lambda method, path, query: path == "/paper")

    async def crowd():
        papers = [
            asyncio.ensure_future(asked(front, path="/paper", headers=[(b"cookie", b"session=me")])) for _ in range(12)
        ]
        await asyncio.sleep(0.05)
        mine = await asked(front, headers=[(b"cookie", b"session=me")])
        begun = len(site.asked) - 1
        gate.set()
        return mine, begun, await asyncio.gather(*papers)

    mine, begun, papers = asyncio.run(crowd())

    assert (mine.body, begun) == (b"ok", 1)
    assert sorted(answer.body for answer in papers) == [b"paper"] * 9 + [b"wait"] * 3
