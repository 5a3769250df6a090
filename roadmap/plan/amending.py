"""What a new edition of an approved roadmap changes, line by line: only an order changes an approved one (п. 3.3)."""

from dataclasses import dataclass

from roadmap.plan.models import Roadmap, Stage, Task
from roadmap.plan.presenters import responsible_words, term_words

ADDED, DROPPED, CHANGED = "добавлено", "исключено", "изменено"


@dataclass(frozen=True)
class LineChange:
    """One line of the roadmap: its number there, or in the edition in force when it is dropped.

    ``told`` are pairs of what it said and says now with the name of the column.
    """

    what: str
    number: str
    text: str
    told: tuple[tuple[str, str, str], ...] = ()


def amended(roadmap: Roadmap) -> Roadmap | None:
    """Return the edition in force that an open roadmap is to replace, with its lines; None for the first of a year."""
    if roadmap.state not in Roadmap.OPEN_STATES:
        return None
    in_force = Roadmap.objects.filter(school_year=roadmap.school_year, state=Roadmap.State.APPROVED)
    return in_force.prefetch_related("stages__tasks__responsible").first()


def changes(old: Roadmap, new: Roadmap) -> list[LineChange]:
    """Return what the new edition adds, changes and drops; both are read with their stages, tasks and people."""
    before = {task.pk: (stage, task) for stage, task in _lines(old)}
    by_words = {(stage.number, task.text): task.pk for stage, task in _lines(old)}
    found, met = [], set()
    for stage, task in _lines(new):
        key = task.origin_id if task.origin_id in before else by_words.get((stage.number, task.text))
        if key is None or key in met:
            found.append(LineChange(ADDED, _number(stage, task), task.text))
            continue
        met.add(key)
        if told := _told(before[key][1], task):
            found.append(LineChange(CHANGED, _number(stage, task), task.text, told))
    gone = [LineChange(DROPPED, _number(*before[key]), before[key][1].text) for key in before if key not in met]
    return found + gone


def _lines(roadmap: Roadmap) -> list[tuple[Stage, Task]]:
    return [(stage, task) for stage in roadmap.stages.all() for task in stage.tasks.all()]


def _number(stage: Stage, task: Task) -> str:
    return f"{stage.number}.{task.number}"


def _told(old: Task, new: Task) -> tuple[tuple[str, str, str], ...]:
    columns = (
        ("мероприятие", old.text, new.text),
        ("срок", term_words(old), term_words(new)),
        ("исполнитель", responsible_words(old), responsible_words(new)),
        ("результат", old.expected_result, new.expected_result),
    )
    return tuple(column for column in columns if column[1] != column[2])
