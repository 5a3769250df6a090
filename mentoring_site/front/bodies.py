"""Receives the body of a request into a temporary file: with limits of size, of time and of bodies at once."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from tempfile import SpooledTemporaryFile

KILOBYTE, MEGABYTE = 1024, 1024 * 1024
IN_MEMORY = 256 * KILOBYTE
GAP_SECONDS = 10  # nothing came for so long
SLOWEST = 16 * KILOBYTE  # bytes a second of a body that takes long
DISCARDED, DISCARD_SECONDS = 100 * MEGABYTE, 20  # read and thrown away, so that the browser hears the refusal
AT_ONCE, AT_ONCE_EACH = 512, 64  # a whole school may come from one address

Receive = Callable[[], Awaitable[dict]]


class BodyTooLarge(Exception):
    """More than this visitor may send."""


class BodyTooSlow(Exception):
    """The rest did not come in time."""


class VisitorGone(Exception):
    """The connection was closed: nobody waits for an answer."""


class TooManyBodies(Exception):
    """Too many bodies are on their way at once, from this address or from all."""


class Bodies:
    """The bodies that are being received by this process."""

    def __init__(self) -> None:
        self.coming: Counter[str] = Counter()

    async def receive(
        self, receive: Receive, address: str, announced: int, small: int, may_send_large: Callable[[], Awaitable[int]]
    ) -> SpooledTemporaryFile:
        """Return the body as a file, at its beginning.

        ``announced`` is what Content-Length says, 0 when it says nothing; up to ``small`` bytes are taken from anybody;
        for more, ``may_send_large`` returns how many this visitor may send. Raises one of the exceptions above.
        """
        if self.coming.total() >= AT_ONCE or self.coming[address] >= AT_ONCE_EACH:
            raise TooManyBodies
        self.coming[address] += 1
        file: SpooledTemporaryFile = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (closed by who gets it)
        try:
            await self._fill(file, receive, announced, small, may_send_large)
        except BaseException:
            file.close()
            raise
        finally:
            self.coming[address] -= 1
            if not self.coming[address]:
                del self.coming[address]
        file.seek(0)
        return file

    async def _fill(
        self,
        file: SpooledTemporaryFile,
        receive: Receive,
        announced: int,
        small: int,
        may_send_large: Callable[[], Awaitable[int]],
    ) -> None:
        limit, size, started = small, 0, time.monotonic()

        def until() -> float:
            return started + 2 * GAP_SECONDS + size / SLOWEST

        if announced > limit:
            limit = await may_send_large()
            if announced > limit:
                await self._discard(receive, announced)
                raise BodyTooLarge
        async for part in parts(receive, until):
            size += len(part)
            if size > limit:
                limit = await may_send_large() if limit == small else limit
                if size > limit:
                    await self._discard(receive, announced)
                    raise BodyTooLarge
            file.write(part)

    async def _discard(self, receive: Receive, announced: int) -> None:
        """Read the rest away for a while: who is cut off while sending never reads the answer."""
        if announced > DISCARDED:
            return
        size, until = 0, time.monotonic() + DISCARD_SECONDS
        try:
            async for part in parts(receive, lambda: until):
                size += len(part)
                if size > DISCARDED:
                    return
        except BodyTooSlow:
            return


async def parts(receive: Receive, until: Callable[[], float]) -> AsyncIterator[bytes]:
    """Yield the parts of a body. ``until`` returns the moment (monotonic) by which the next part must have come."""
    more = True
    while more:
        wait = min(GAP_SECONDS, until() - time.monotonic())
        try:
            message = await asyncio.wait_for(receive(), max(wait, 0.001))
        except TimeoutError:
            raise BodyTooSlow from None
        if message["type"] == "http.disconnect":
            raise VisitorGone
        more = message.get("more_body", False)
        yield message.get("body", b"")
