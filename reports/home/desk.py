"""The desk: what waits grouped by kind, what is put off, what others hold, what was done today."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from mentoring_site.history import capital
from mentoring_site.inbox import Group, HeldItem, InboxItem, day_of, held_for, items_for
from mentoring_site.models import Act
from mentoring_site.russian import near, plural, ruday, rutime
from people.accounts.models import User
from reports.home.acts import can_postpone
from reports.home.models import Postponed

SOON = 7  # days: what is due within them stands above the rest
FLAT = 3  # of one kind, so many urgent things stand open, and so many of the rest when there are few
FEW = 5  # so many things that are not urgent need no kinds
TASKS_AT_ONCE = 20  # of a kind on the first look: a home is read, not searched
DONE_AT_MOST = 12
LATE, THIS_WEEK, REST, NOW = "Просрочено", "На этой неделе", "Остальное", "Сейчас"


@dataclass(frozen=True)
class TaskCard:
    """What waits for the user, for ``components/task.html``; ``next`` is where the act of a button comes back to."""

    title: str
    why: str
    url: str
    verb: str
    post: bool
    next: str
    late: bool
    when: str
    since: str
    key: str
    primary: bool = False
    other_verb: str = ""
    other_url: str = ""
    later_url: str = ""  # the form that puts it off


@dataclass(frozen=True)
class TaskGroup:
    """Things of one kind: open one below the other, or ``folded`` under «Согласия: 3»; ``hint`` tells of the first."""

    title: str
    count: int
    tasks: Sequence[TaskCard]
    folded: bool
    late: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the home: ``count`` says how many things there are, ``groups`` hold those that are shown."""

    title: str
    count: int
    groups: Sequence[TaskGroup]

    @property
    def tasks(self) -> list[TaskCard]:
        """All that are shown, whatever their kinds."""
        return [task for group in self.groups for task in group.tasks]


@dataclass(frozen=True)
class HeldCard:
    """What others hold: what, who, since when, and a reminder where the product can write one."""

    title: str
    who: str
    url: str
    since: str
    remind_url: str


@dataclass(frozen=True)
class PostponedCard:
    """What was put off: ``back_url`` takes it back."""

    title: str
    reason: str
    until: str
    url: str
    back_url: str


@dataclass(frozen=True)
class DoneRow:
    """One act of today."""

    at: str
    words: str


@dataclass(frozen=True)
class Desk:
    """Everything about the user's own work on the home."""

    heading: str
    late: int
    count: int
    shown: int
    sections: Sequence[Section]
    held: Sequence[HeldCard]
    postponed: Sequence[PostponedCard]
    done: Sequence[DoneRow]


@dataclass(frozen=True)
class Work:
    """What waits for a user now, what the user has put off, and what others hold."""

    now: Sequence[InboxItem]
    later: Sequence[tuple[InboxItem, Postponed]]
    held: Sequence[HeldItem]


def work_of(user: User) -> Work:
    """Return the user's work; a thing that is put off but done meanwhile is gone."""
    items = items_for(user)
    rows = {row.key: row for row in Postponed.objects.visible_to(user).today()}
    now = [item for item in items if item.key not in rows or not can_postpone(item)]
    kept = {item.key for item in now}
    later = [(item, rows[item.key]) for item in items if item.key not in kept]
    return Work(now, sorted(later, key=lambda pair: pair[1].until), held_for(user, items))


def desk(user: User, *, whole: bool = False) -> Desk:
    """Return the desk of the user; ``whole`` shows all of every kind."""
    work = work_of(user)
    parts = sections(work.now, whole=whole)
    return Desk(
        heading=headline(len(work.now), held=len(work.held), later=len(work.later)),
        late=sum(section.count for section in parts if section.title == LATE),
        count=len(work.now),
        shown=sum(len(section.tasks) for section in parts),
        sections=parts,
        held=[_held(item) for item in work.held],
        postponed=[_postponed(item, row) for item, row in work.later],
        done=done_today(user),
    )


def sections(items: Sequence[InboxItem], *, whole: bool = False) -> list[Section]:
    """Return the parts of the home that are not empty: late, this week, the rest, each by kinds."""
    parts: dict[str, list[InboxItem]] = {LATE: [], THIS_WEEK: [], REST: []}
    for item in items:
        parts[urgency(item)].append(item)
    found = [Section(title, len(rows), _groups(title, rows, whole)) for title, rows in parts.items() if rows]
    if not found:
        return []
    first = found[0]
    if len(found) == 1 and first.title == REST:
        first = replace(first, title=NOW)
    return [replace(first, groups=_with_main(first.groups)), *found[1:]]


def _with_main(groups: Sequence[TaskGroup]) -> list[TaskGroup]:
    """Make the first thing that stands open the main one of the page."""
    at = next((place for place, group in enumerate(groups) if not group.folded), None)
    if at is None:
        return list(groups)
    main = replace(groups[at], tasks=[replace(groups[at].tasks[0], primary=True), *groups[at].tasks[1:]])
    return [*groups[:at], main, *groups[at + 1 :]]


def urgency(item: InboxItem) -> str:
    """Return the part of the home in which a thing stands."""
    if item.until is None:
        return REST
    days = (item.until - timezone.localdate()).days
    return REST if days > SOON else LATE if days < 0 else THIS_WEEK


def _groups(title: str, items: Sequence[InboxItem], whole: bool) -> list[TaskGroup]:
    """Group things by kind. What is urgent stands open unless there are many of a kind; the rest is folded."""
    kinds: dict[str, list[InboxItem]] = {}
    for item in items:
        kinds.setdefault(item.group.value, []).append(item)
    many = len(items) > FEW
    found = []
    for kind, rows in kinds.items():
        plan = rows[0].group == Group.ROADMAP and len(rows) > 1  # tasks of a plan: one line, however late they are
        folded = many if title == REST else plan or len(rows) > FLAT
        shown = rows if whole else rows[:TASKS_AT_ONCE]
        cards = [_task(item, late=title == LATE) for item in shown]
        late = f"просрочено: {len(rows)}" if title == LATE else ""
        found.append(TaskGroup(kind, len(rows), cards, folded, late, "" if late else _hint(rows)))
    return sorted(found, key=lambda group: group.folded)  # what stands open comes first


def _hint(items: Sequence[InboxItem]) -> str:
    """Return what a single thing is, and when the first of several is due: «ближайшее — через 3 дня»."""
    first = items[0].until
    due = (near(first) or f"до {ruday(first)}") if first else ""
    if len(items) == 1:
        return f"{items[0].title}, {due}" if due else items[0].title
    return f"ближайшее — {due}" if due else f"{items[0].title}…"


def _task(item: InboxItem, *, late: bool) -> TaskCard:
    since = day_of(item.since)
    later = f"{reverse('reports:home_later')}?{urlencode({'task': item.key})}" if can_postpone(item) else ""
    return TaskCard(
        title=item.title,
        why=item.why,
        url=item.url,
        verb=item.verb,
        post=item.post,
        next=reverse("reports:home"),
        other_verb=item.other_verb,
        other_url=item.other_url,
        late=late,
        when=near(item.until) or f"до {ruday(item.until)}" if item.until else "",
        since=f"ждёт с {ruday(since)}" if since else "",
        key=item.key,
        later_url=later,
    )


def _held(item: HeldItem) -> HeldCard:
    since = day_of(item.since)
    return HeldCard(item.title, item.who, item.url, f"с {ruday(since)}" if since else "", item.remind_url)


def _postponed(item: InboxItem, row: Postponed) -> PostponedCard:
    back = reverse("reports:home_back", args=[row.pk])
    return PostponedCard(item.title, row.reason, f"до {ruday(row.until)}", item.url, back)


def done_today(user: User) -> list[DoneRow]:
    """Return what the user has done today, the last first; the same words in one row; one query."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time()))
    acts = Act.objects.filter(actor=user.pk, at__gte=midnight).order_by("-at", "-pk")
    rows: dict[str, list[date]] = {}
    for words, at in acts.values_list("words", "at")[: DONE_AT_MOST * 5]:
        rows.setdefault(capital(words), []).append(at)
    return [
        DoneRow(rutime(times[0]), words if len(times) == 1 else f"{words} ({plural(len(times), 'раз,раза,раз')})")
        for words, times in list(rows.items())[:DONE_AT_MOST]
    ]


def headline(count: int, *, held: int = 0, later: int = 0) -> str:
    """Return the heading: «Шесть дел ждут Вас». That nothing waits is said only when nothing is on its way either."""
    if not count and held:
        return "Сейчас ход за другими"
    if not count and later:
        return "На сегодня всё отложено"
    if not count:
        return "Сейчас Вас ничего не ждёт"
    words = ("", "Одно", "Два", "Три", "Четыре", "Пять", "Шесть", "Семь", "Восемь", "Девять", "Десять")
    number, rest = plural(count, "дело ждёт,дела ждут,дел ждут").split("\xa0", 1)
    return f"{words[count] if count < len(words) else number} {rest} Вас"
