"""Lanes: a few threads each, and a fair line of those who wait for one.

Visitors get threads in turn, and one visitor never has all threads of a lane: whoever asks for much at once waits for
himself. A call that holds its thread too long is ended by an exception in that thread.
"""

import asyncio
import contextlib
import ctypes
import logging
import threading
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections

from mentoring_site.front.bodies import VisitorGone

logger = logging.getLogger(__name__)
SWEEP_SECONDS = 1


class Crowded(Exception):
    """Too many wait already, or the wait was too long."""


class TookTooLong(Exception):
    """The call held its thread longer than a call may, and was ended."""


class TimeLimit(BaseException):
    """Raised inside a thread whose time is up; no ``except Exception`` on the way catches it."""


class Lane:
    """``threads`` threads, of which one visitor has at most ``each``.

    ``waiting_each`` and ``waiting`` limit those who wait, of one visitor and of all; ``patience`` is how many seconds
    one waits, ``seconds`` how long a call may take.
    """

    def __init__(self, *, threads: int, each: int, waiting_each: int, waiting: int, patience: float, seconds: float):
        self.free, self.each = threads, each
        self.waiting_each, self.waiting, self.patience = waiting_each, waiting, patience
        self.stopwatch = Stopwatch(seconds)
        self.pool = ThreadPoolExecutor(threads)
        self.busy: Counter[str] = Counter()
        self.lines: OrderedDict[str, deque[asyncio.Future]] = OrderedDict()  # the first visitor is served next

    async def run(self, visitor: str, call: Callable[[], Any], gone: Callable[[], Awaitable[Any]]) -> Any:
        """Return what ``call`` returns, run in a thread of this lane when it is the visitor's turn.

        ``gone`` returns when the visitor has closed the connection: then nothing is run. Raises ``Crowded``,
        ``VisitorGone`` or ``TookTooLong``.
        """
        if self.free and self.busy[visitor] < self.each:
            self._take(visitor)
        else:
            await self._wait(visitor, gone)
        try:
            done = asyncio.get_running_loop().run_in_executor(self.pool, self.stopwatch.time, call)
        except BaseException:
            self._give_back(visitor)
            raise
        done.add_done_callback(lambda _: self._give_back(visitor))  # also when nobody waits for the answer any longer
        self.stopwatch.start()
        return await asyncio.shield(done)

    def _take(self, visitor: str) -> None:
        self.free -= 1
        self.busy[visitor] += 1

    def _give_back(self, visitor: str) -> None:
        self.free += 1
        self.busy[visitor] -= 1
        if not self.busy[visitor]:
            del self.busy[visitor]
        self._let_in()

    def _let_in(self) -> None:
        """Give free threads to the first visitors of the line who may have another; they go to its end."""
        for visitor in list(self.lines):
            if not self.free:
                return
            if self.busy[visitor] >= self.each:
                continue
            line = self.lines[visitor]
            line.popleft().set_result(None)
            self._take(visitor)
            if line:
                self.lines.move_to_end(visitor)
            else:
                del self.lines[visitor]

    async def _wait(self, visitor: str, gone: Callable[[], Awaitable[Any]]) -> None:
        """Return when a thread is taken for the visitor."""
        line = self.lines.get(visitor, ())
        if len(line) >= self.waiting_each or sum(map(len, self.lines.values())) >= self.waiting:
            raise Crowded
        turn = asyncio.get_running_loop().create_future()
        self.lines.setdefault(visitor, deque()).append(turn)
        leaving = asyncio.ensure_future(gone())
        try:
            await asyncio.wait({turn, leaving}, timeout=self.patience, return_when=asyncio.FIRST_COMPLETED)
            if not turn.done():
                raise VisitorGone if leaving.done() else Crowded
        except BaseException:
            if turn.done():  # cancelled in the very moment when it was let in
                self._give_back(visitor)
            else:
                self._leave(visitor, turn)
            raise
        finally:
            leaving.cancel()

    def _leave(self, visitor: str, turn: asyncio.Future) -> None:
        self.lines[visitor].remove(turn)
        if not self.lines[visitor]:
            del self.lines[visitor]


class Stopwatch:
    """Ends calls that take longer than ``seconds``, as far as Python code can be ended.

    The exception reaches a thread when it runs Python code again: a statement of SQLite and a call into a library in C
    end first.
    """

    def __init__(self, seconds: float):
        self.seconds = seconds
        self.started: dict[int, float] = {}
        self.lock = threading.Lock()
        self.sweeping = False

    def time(self, call: Callable[[], Any]) -> Any:
        """Run the call in this thread; raise ``TookTooLong`` when it was ended."""
        thread = threading.get_ident()
        try:
            try:
                with self.lock:
                    self.started[thread] = time.monotonic()
                return call()
            finally:
                with self.lock:
                    if self.started.pop(thread, None) is None:
                        raise_in(thread, None)  # what has not arrived yet must not hit the next call
        except TimeLimit:
            drop_connections()
            raise TookTooLong from None

    def start(self) -> None:
        """Look after the calls from the event loop, as long as there are any."""
        if not self.sweeping:
            self.sweeping = True
            asyncio.get_running_loop().call_later(SWEEP_SECONDS, self._sweep)

    def _sweep(self) -> None:
        self.sweeping = False
        with self.lock:
            late = [thread for thread, since in self.started.items() if time.monotonic() - since > self.seconds]
            for thread in late:
                del self.started[thread]
                raise_in(thread, TimeLimit)
        if self.started or late:
            self.start()


def raise_in(thread: int, error: type[BaseException] | None) -> None:
    """Raise the exception in a thread of Python, or take back one that has not arrived."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error) if error else None)


def drop_connections() -> None:
    """Forget the database connections of this thread: a transaction may have been left in the middle."""
    for connection in connections.all(initialized_only=True):
        if connection.connection is not None:
            with contextlib.suppress(Exception):
                connection.connection.close()  # rolls back
        del connections[connection.alias]
