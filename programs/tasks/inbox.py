"""Tasks that wait: for the mentee to do, for the mentor to look at (п. 4.1, 5.2)."""

from collections.abc import Iterator

from django.utils import timezone

from mentoring_site.inbox import Group, HeldItem, InboxItem
from mentoring_site.russian import ruday
from people.accounts.models import User
from people.rights import MENTEE, MENTOR
from programs.changes.pause.models import Pause
from programs.pairings.models import Participation
from programs.program.models import Program
from programs.tasks.models import MentorTask

AT_MOST = 30
DONE, RETURNED = MentorTask.State.DONE, MentorTask.State.RETURNED


def items(user: User) -> Iterator[InboxItem]:
    """Return the user's own open tasks, and those of the mentees whom the user leads that are done."""
    if not user.roles & {MENTOR, MENTEE}:
        return
    paused = Pause.objects.going_on(timezone.localdate()).values("program")
    mine = MentorTask.objects.open().filter(participation__person=user.person_id, participation__until__isnull=True)
    for task in mine.exclude(program__in=paused)[:AT_MOST]:
        returned = task.state == RETURNED
        yield InboxItem(
            f"{'Доработать задание' if returned else 'Задание'}: {task}",
            "Наставник вернул его и написал, что поправить" if returned else "Задание наставника до следующей встречи",
            f"{task.get_absolute_url()}do/",
            "Прочитать и исправить" if returned else "Отметить выполнение",
            until=task.due_on,
            weight=60,
            group=Group.MEETINGS,
            key=f"mentor-task:{task.pk}",
        )
    led = Participation.objects.live().filter(person=user.person_id, part=Participation.Part.MENTOR)
    done = MentorTask.objects.filter(
        state=DONE, program__pairing__in=led.values("pairing"), program__state=Program.State.RUNNING
    )
    for task in done.select_related("participation__person")[:AT_MOST]:
        yield InboxItem(
            f"Проверить задание: {task}",
            f"{task.participation.person.short_name}, отмечено {ruday(task.done_at)}",
            f"{task.get_absolute_url()}check/",
            "Проверить",
            since=task.done_at,
            weight=45,
            group=Group.MEETINGS,
            key=f"mentor-task:{task.pk}:check",
        )


def held(user: User) -> Iterator[HeldItem]:
    """Return the user's own tasks that wait for the mentor's look."""
    if MENTEE not in user.roles:
        return
    mine = MentorTask.objects.filter(
        participation__person=user.person_id, state=DONE, program__state=Program.State.RUNNING
    )
    for task in mine[:AT_MOST]:
        key = f"mentor-task:{task.pk}"
        yield HeldItem(f"Проверка задания: {task}", "наставник", task.get_absolute_url(), key, since=task.done_at)
