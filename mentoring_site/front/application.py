"""The ASGI application of the front: receive whole, wait in line, ask Django in a thread, send without one."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from io import BytesIO
from typing import IO

from mentoring_site.front import bridge
from mentoring_site.front.bodies import (
    MEGABYTE,
    Bodies,
    BodyTooLarge,
    BodyTooSlow,
    Receive,
    TooManyBodies,
    VisitorGone,
)
from mentoring_site.front.lanes import Crowded, Lane, TookTooLong
from mentoring_site.middleware import REFUSAL

logger = logging.getLogger(__name__)

SMALL_BODY, LARGE_BODY = 1 * MEGABYTE, 64 * MEGABYTE  # what anybody may send; what one who is logged in may send
PAGE_SECONDS, HEAVY_SECONDS = 60, 180
CHUNK = 64 * 1024
STALLED_SECONDS, SLOWEST_READER = 30, 8 * 1024  # of a long answer: seconds without progress, bytes a second

Send = Callable[[dict], Awaitable[None]]


NOBODY = {
    "method": "GET",
    "path": "/",
    "query_string": b"",
    "http_version": "1.1",
    "scheme": "https",
    "headers": [(b"x-forwarded-proto", b"https")],
}


class ReaderTooSlow(Exception):
    """The visitor does not take the answer."""


class Front:
    """Serves a WSGI application.

    ``heavy(method, path, query)`` says whether a request draws a paper or fills a workbook: those have a thread of
    their own. ``logged_in(cookies)`` is asked in a thread before a large body is taken. ``route(path)`` names the route
    of an address for the log. ``session_cookie`` tells visitors apart, by the address when they have none. ``proxied``
    says that a server in front names the address.
    """

    def __init__(
        self,
        application: Callable,
        *,
        heavy: Callable[[str, str, bytes], bool] = lambda method, path, query: False,
        logged_in: Callable[[str], bool] = lambda cookies: False,
        route: Callable[[str], str] = lambda path: "(no route)",
        session_cookie: str = "session",
        proxied: bool = False,
    ):
        self.wsgi, self.heavy, self.logged_in, self.route = application, heavy, logged_in, route
        self.proxied = proxied
        self.cookie = f"{session_cookie}=".encode()
        self.bodies = Bodies()
        self.pages = Lane(threads=3, each=2, waiting_each=100, waiting=1000, patience=30, seconds=PAGE_SECONDS)
        self.papers = Lane(threads=1, each=1, waiting_each=8, waiting=100, patience=60, seconds=HEAVY_SECONDS)
        self.refusals: dict[str, bridge.Answer] = {}

    async def __call__(self, scope: dict, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            raise ValueError(f"{scope['type']} is not served")
        with suppress(VisitorGone, ReaderTooSlow):  # the connection is closed, for the answer is not complete
            await deliver(await self._answer(scope, receive), send, head=scope["method"] == "HEAD")

    async def _answer(self, scope: dict, receive: Receive) -> bridge.Answer:
        headers = dict(scope["headers"])
        address = self._address(scope, headers)
        visitor = self._session(headers) or address
        lane = self.pages
        try:
            body, length = await self._body(scope, receive, headers, address, visitor)
            with body:
                method = "GET" if scope["method"] == "HEAD" else scope["method"]
                if self.heavy(method, scope["path"], scope["query_string"]):
                    lane = self.papers
                request = bridge.environ(scope, body, length, address)
                return await lane.run(visitor, lambda: bridge.ask(self.wsgi, request), lambda: left(receive))
        except BodyTooLarge:
            return await self._refusal("too_large")
        except BodyTooSlow:
            return await self._refusal("too_slow")
        except TooManyBodies:
            return await self._refusal("crowded")
        except Crowded:
            return await self._refusal("wait" if lane is self.papers else "crowded")
        except TookTooLong:
            logger.error("a request was ended after %s seconds: %s", lane.stopwatch.seconds, self.route(scope["path"]))
            return await self._refusal("too_long")

    async def _body(
        self, scope: dict, receive: Receive, headers: dict[bytes, bytes], address: str, visitor: str
    ) -> tuple[IO[bytes], int]:
        """Return the body as a file and its length."""
        announced = int(headers.get(b"content-length", 0) or 0)
        if not announced and b"transfer-encoding" not in headers:
            return BytesIO(), 0

        async def may_send_large() -> int:
            cookies = headers.get(b"cookie", b"").decode("latin-1")
            known = await self.pages.run(visitor, lambda: self.logged_in(cookies), never)
            return LARGE_BODY if known else SMALL_BODY

        file = await self.bodies.receive(receive, address, announced, SMALL_BODY, may_send_large)
        length = file.seek(0, 2)
        file.seek(0)
        return file, length

    def _address(self, scope: dict, headers: dict[bytes, bytes]) -> str:
        """Return the address of the visitor: the last that the server in front has added, if there is one."""
        forwarded = headers.get(b"x-forwarded-for", b"") if self.proxied else b""
        last = forwarded.rpartition(b",")[2].strip().decode("latin-1")
        return last or (scope.get("client") or ("",))[0]

    def _session(self, headers: dict[bytes, bytes]) -> str:
        """Return the value of the session's cookie, or nothing."""
        for pair in headers.get(b"cookie", b"").split(b";"):
            if pair.strip().startswith(self.cookie):
                return pair.strip().decode("latin-1")
        return ""

    async def _refusal(self, what: str) -> bridge.Answer:
        """Return the page of a refusal: Django draws it once, with all its headers."""
        if what not in self.refusals:
            request = bridge.environ(NOBODY, BytesIO(), 0, "127.0.0.1") | {REFUSAL: what}
            self.refusals[what] = await asyncio.to_thread(bridge.ask, self.wsgi, request)
        return self.refusals[what]


async def left(receive: Receive) -> None:
    """Return when the visitor has closed the connection."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def never() -> None:
    """Wait for ever."""
    await asyncio.Event().wait()


async def deliver(answer: bridge.Answer, send: Send, *, head: bool) -> None:
    """Send an answer; a long one in parts, and only while the visitor takes them."""
    try:
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        if head or (answer.file is None and len(answer.body) <= CHUNK):
            await send({"type": "http.response.body", "body": b"" if head else answer.body})
            return
        sent, started = 0, time.monotonic()
        for chunk in chunks(answer):
            wait = min(STALLED_SECONDS, started + STALLED_SECONDS + sent / SLOWEST_READER - time.monotonic())
            try:
                await asyncio.wait_for(send({"type": "http.response.body", "body": chunk, "more_body": True}), wait)
            except TimeoutError:
                raise ReaderTooSlow from None
            sent += len(chunk)
        await send({"type": "http.response.body", "body": b""})
    finally:
        if answer.file is not None:
            answer.file.close()


def chunks(answer: bridge.Answer) -> Iterator[bytes]:
    """Yield the body in parts."""
    for begin in range(0, len(answer.body), CHUNK):
        yield answer.body[begin : begin + CHUNK]
    while answer.file is not None and (chunk := answer.file.read(CHUNK)):
        yield chunk
