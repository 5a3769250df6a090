"""Runs the steps of the demo school in the order of days, each under a clock that shows its own day."""

import heapq
import itertools
from collections.abc import Generator
from datetime import date, datetime, time, timedelta
from functools import cached_property

import time_machine
from django.utils import timezone

from people.school import workdays

LONGEST = 2000  # days that the demo school goes back


class Calendar:
    """Runs several sequences of steps at once: generators that yield how many days ago their next step is."""

    def __init__(self, today=None):
        self.today = today or timezone.localdate()
        self.queue: list[tuple[int, int, Generator[int, None, None]]] = []
        self.counter = itertools.count()
        self.last: datetime | None = None

    @cached_property
    def _special(self) -> dict[date, str]:
        return workdays.special_days(self.today - timedelta(days=LONGEST), self.today)

    def day(self, days_ago: int):
        """Return the date so many days before today (never in the future); of a day off the last working day."""
        return workdays.on_or_before(self.today - timedelta(days=max(days_ago, 0)), self._special)

    def add(self, steps: Generator[int, None, None]) -> None:
        """Schedule the next step of a sequence."""
        days_ago = next(steps, None)
        if days_ago is not None:
            heapq.heappush(self.queue, (-max(days_ago, 0), next(self.counter), steps))

    def run(self) -> None:
        """Do all steps in the order of days."""
        while self.queue:
            negative, n, steps = heapq.heappop(self.queue)
            day = self.day(-negative)
            hour = time(9 + n % 8, n % 60) if day < self.today else time(0, 5)
            moment = timezone.make_aware(datetime.combine(day, hour))
            if self.last and moment <= self.last:  # several days may fall on one working day
                moment = self.last + timedelta(seconds=1)
            self.last = moment
            with time_machine.travel(moment, tick=False):
                self.add(steps)
