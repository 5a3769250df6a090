"""The demo school lives its year in its own time: every step is done on its own day, in the order of days."""

import heapq
import itertools
from collections.abc import Generator
from datetime import datetime, time, timedelta

import time_machine
from django.utils import timezone


class Calendar:
    """Runs the lives of several pairs at once. A life is a generator that yields how many days ago its next step is."""

    def __init__(self, today=None):
        self.today = today or timezone.localdate()
        self.steps = []
        self.counter = itertools.count()

    def day(self, days_ago: int):
        """Return the date so many days before today (never in the future)."""
        return self.today - timedelta(days=max(days_ago, 0))

    def add(self, life: Generator):
        """Let a life take its place in the calendar."""
        days_ago = next(life, None)
        if days_ago is not None:
            heapq.heappush(self.steps, (-max(days_ago, 0), next(self.counter), life))

    def run(self):
        """Do all steps in the order of days."""
        while self.steps:
            negative, n, life = heapq.heappop(self.steps)
            day = self.day(-negative)
            hour = time(9 + n % 8, n % 60) if day < self.today else time(0, 5)
            moment = timezone.make_aware(datetime.combine(day, hour))
            with time_machine.travel(moment, tick=False):
                self.add(life)
