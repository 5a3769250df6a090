"""Tasks in the agenda of the next meeting: what waits for the mentor's look, what is late or was returned."""

from collections.abc import Iterator

from programs.journal.agenda import Source
from programs.program.models import Program
from programs.tasks.models import MentorTask

WORDS = {MentorTask.State.DONE: "Посмотреть задание", MentorTask.State.RETURNED: "Доработать задание"}
AT_MOST = 3


def _offers(program: Program, user) -> Iterator[str]:
    found = MentorTask.objects.visible_to(user).filter(program=program, participation__until__isnull=True)
    shown = 0
    for task in found.exclude(state__in=(MentorTask.State.ACCEPTED, MentorTask.State.DROPPED)):
        word = WORDS.get(MentorTask.State(task.state), "Задание просрочено" if task.is_overdue() else "")
        if word and shown < AT_MOST:
            shown += 1
            yield f"{word}: {task.text}"


TASKS = Source(20, _offers)
