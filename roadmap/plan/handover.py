"""Tasks of approved roadmaps that a person answers for go to somebody else; the signed text stays as it is."""

from collections.abc import Iterator

from mentoring_site.locks import locked
from mentoring_site.russian import ruday
from mentoring_site.workflow import Already, record
from people.accounts.models import User
from people.handover.parts import Part, Thing, require_part
from people.register.models import Person
from people.rights import Right
from roadmap.plan.models import Roadmap, Task


def _things(person: Person, user: User) -> Iterator[Thing]:
    tasks = Task.objects.filter(stage__roadmap__state=Roadmap.State.APPROVED, done_on=None, responsible=person)
    for task in tasks.select_related("stage__roadmap").order_by("due_on", "pk"):
        until = f", до {ruday(task.due_on)}" if task.due_on else ""
        yield Thing(task.pk, f"{task.text}{until}", task.stage.roadmap.get_absolute_url())


def _hand(key: int, person: Person, to: Person, by: User) -> None:
    require_part(PART, by)
    task = locked(Task.objects.get(pk=key))
    if task.done_on or not task.responsible.filter(pk=person.pk).exists():
        raise Already("мероприятие уже сделано или передано")
    task.responsible.remove(person)
    task.responsible.add(to)
    words = f"за мероприятие {task.stage.number}.{task.number} отвечает теперь {to.short_name}"
    record(task.stage.roadmap, "hand_over", by=by, words=words, task=task.pk, former=person.pk, to=to.pk)


PART = Part(
    "task",
    "Мероприятия дорожной карты",
    (Right.ROADMAP_WRITE, Right.ROADMAP_APPROVE),
    "В подписанной карте слова остаются прежними, меняется тот, кому о деле напоминают",
    _things,
    _hand,
)
