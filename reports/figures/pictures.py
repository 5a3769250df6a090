"""The pictures of the overview: the way of mentees, hours, programs at work, load of mentors, departments."""

from datetime import date, timedelta
from itertools import pairwise

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse

from mentoring_site.charts.bars import Bar, Bars, Funnel, Lines, Series, Step
from mentoring_site.charts.chart import Figure, table
from mentoring_site.charts.timeline import SHORT
from mentoring_site.russian import add_months, plural, school_year
from people.banks.models import Candidate
from people.banks.workload import with_workload
from people.register.models import Employment
from programs.completion.models import Completion
from programs.journal import hours_pictures
from programs.journal.activity_list import COUNTED, category_counts
from programs.journal.hours import month_words
from programs.journal.models import Meeting
from programs.pairings.acts import year_of
from programs.pairings.models import Pairing, Participation
from programs.program.list_page import ENDED
from programs.program.models import Activity, Program
from programs.program.states import ENDED as ENDED_STATES
from programs.program.states import IN_FORCE

AT_MOST = 15  # bars of one picture: the rest is a list, and a list has a page of its own
MENTEES = ("наставляемый", "наставляемых", "наставляемых")


def figures(today: date) -> list[Figure]:
    """Return all pictures of the overview in their order; a constant number of queries."""
    return [funnel(today), hours(today), programs(today), load(), departments(), duties(today)]


def funnel(today: date) -> Figure:
    """Return how many mentees have come how far in this school year: bank, pair, program, completed."""
    begins = date(year_of(today), 8, 1)
    part = Participation.objects.filter(part=Participation.Part.MENTEE)
    paired = part.filter(Q(until__isnull=True) | Q(until__gte=begins), pairing__assigned_on__isnull=False)
    alive = Q(pairing__programs__ended_on__isnull=True) | Q(pairing__programs__ended_on__gte=begins)
    with_program = paired.filter(alive, pairing__programs__state__in=(*IN_FORCE, *ENDED_STATES))
    done = Completion.objects.filter(
        state=Completion.State.REGISTERED, reason=Completion.Reason.PLAN_DONE, participation__until__gte=begins
    )
    banked = Candidate.objects.standing().filter(part=Candidate.Part.MENTEE)
    people = [
        _persons(banked) | _persons(paired),
        _persons(paired),
        _persons(with_program),
        set(done.values_list("participation__person", flat=True)),
    ]
    programs_url = reverse("programs:programs")
    steps = (
        ("В банке наставляемых", f"{reverse('people:bank_mentees')}", "Открыть банк"),
        (
            "В паре или группе по приказу",
            f"{reverse('programs:pairings')}?state={Pairing.State.ASSIGNED}",
            "Открыть пары",
        ),
        ("С утверждённой программой", f"{programs_url}?state={Program.State.RUNNING}", "Открыть программы"),
        ("Выполнили программу", f"{programs_url}?state={ENDED}", "Открыть законченные"),
    )
    numbers = [len(found) for found in people]
    shares = ["", *(_share(now, before) for before, now in pairwise(numbers))]
    chart = Funnel(
        title="Путь наставляемых за учебный год",
        desc="; ".join(f"{label.lower()} — {n}" for (label, _, _), n in zip(steps, numbers, strict=True)),
        steps=tuple(
            Step(label, n, f"{n}, {share}" if share else str(n))
            for (label, _, _), n, share in zip(steps, numbers, shares, strict=True)
        ),
    )
    rows = [[(label, url), n, share] for (label, url, _), n, share in zip(steps, numbers, shares, strict=True)]
    cells = table("Ступень", "Человек", "Из предыдущих", rows=rows, numbers=(1, 2))
    return Figure("funnel", chart, **cells, note="Считаются люди; ссылки ведут к спискам, где они стоят сейчас.")


def _persons(rows: QuerySet) -> set[int]:
    return set(rows.order_by().values_list("person", flat=True))


def _share(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)}\u00a0%" if whole else ""


def hours(today: date) -> Figure:
    """Return the hours of all meetings of the school year by month."""
    year = year_of(today)
    last = date(year + 1, 8, 1) - timedelta(days=1)
    return hours_pictures.of_meetings(
        "hours", "Часы встреч по месяцам", Meeting.objects.all(), first=date(year, 8, 1), last=last
    )


def programs(today: date) -> Figure:
    """Return how many programs were at work at the end of each month, in this school year and in the last one."""
    year = year_of(today)
    begins = date(year - 1, 8, 1)
    found = Program.objects.filter(started_on__isnull=False).filter(Q(ended_on__isnull=True) | Q(ended_on__gte=begins))
    terms = [(p.started_on, p.ended_on) for p in found.only("started_on", "ended_on") if p.started_on]
    now, before = _at_work(terms, year, today), _at_work(terms, year - 1, today)
    labels = tuple(SHORT[add_months(date(year, 8, 1), n).month - 1] for n in range(12))
    series = [Series(f"{school_year(year)} год", now)]
    if any(before):
        series.append(Series(f"{school_year(year - 1)} год", before, "ahead"))
    at_last = next((n for n in reversed(now) if n is not None), 0)
    chart = Lines(
        title="Программ в работе",
        desc=f"Сейчас {plural(int(at_last), 'программа,программы,программ')}; число на конец каждого месяца.",
        labels=labels,
        series=tuple(series),
    )
    rows = [
        [month_words(add_months(date(year, 8, 1), n)), now[n], before[n] if any(before) else ""]
        for n in range(12)
        if now[n] is not None
    ]
    cells = table("На конец месяца", "Этот год", "Год назад", rows=rows, numbers=(1, 2))
    return Figure("programs", chart, **cells)


def _at_work(terms: list[tuple[date, date | None]], year: int, today: date) -> tuple[int | None, ...]:
    """Return how many of the terms held on the last day of each month, today in this month; None in the future."""
    found: list[int | None] = []
    for n in range(12):
        first = add_months(date(year, 8, 1), n)
        day = min(add_months(first, 1) - timedelta(days=1), today)
        held = sum(since <= day and (until is None or until >= day) for since, until in terms)
        found.append(held if first <= today else None)
    return tuple(found)


def load() -> Figure:
    """Return how many mentees the mentors of the bank lead, against how many they can take."""
    bank = Candidate.objects.standing().filter(part=Candidate.Part.MENTOR).select_related("person")
    found = list(with_workload(bank).order_by("-load", "person__last_name", "person__first_name", "pk"))
    over = sum((c.capacity_persons or c.load) < c.load for c in found)
    free = sum(max((c.capacity_persons or 0) - c.load, 0) for c in found)
    chart = Bars(
        title="Нагрузка наставников",
        desc=f"{plural(len(found), 'наставник,наставника,наставников')} в банке, свободных мест {free}"
        + (f", больше своей меры ведут {over}." if over else "."),
        rows=tuple(
            Bar(c.person.short_name, c.load, _of(c.load, c.capacity_persons), c.capacity_persons)
            for c in found[:AT_MOST]
        ),
    )
    rows = [
        [(c.person.short_name, c.get_absolute_url()), c.load, c.capacity_persons or "не указано"]
        for c in found[:AT_MOST]
    ]
    cells = table("Наставник", "Ведёт", "Может вести", rows=rows, numbers=(1, 2))
    note = f"Свободных мест: {free}."
    if len(found) > AT_MOST:
        note += f" Показаны {AT_MOST} самых занятых из {len(found)}; все — в банке наставников."
    return Figure("load", chart, **cells, note=note)


def _of(number: int, limit: int | None) -> str:
    return f"{number} из {limit}" if limit else str(number)


def duties(today: date) -> Figure:
    """Return how many activities of this school year serve each duty of mentors (п. 4.2)."""
    year = Program.objects.of_year(year_of(today)).filter(state__in=COUNTED)
    found = category_counts(Activity.objects.filter(program__in=year))
    chart = Bars(
        title="Мероприятия по обязанностям наставника",
        desc="; ".join(f"{words} — {n}" for words, _, n in found) or "Категории мероприятий пока не выбраны.",
        rows=tuple(Bar(words, n, str(n)) for words, _, n in found),
    )
    rows = [[(words, url), n] for words, url, n in found]
    cells = table("Категория (п. 4.2 Положения)", "Мероприятий", rows=rows, numbers=(1,))
    return Figure("duties", chart, **cells, note="Категорию выбирает наставник на странице мероприятия.")


def departments() -> Figure:
    """Return how many of the teachers of each department take part in pairs and groups."""
    engaged = Participation.objects.engaged().values("person")
    teaching = Employment.objects.current().filter(is_teaching=True, department__organisation__kind="own")
    rows = list(
        teaching.order_by()
        .values(pk_=F("department"), name=F("department__name"))
        .annotate(
            all=Count("person", distinct=True), inside=Count("person", filter=Q(person__in=engaged), distinct=True)
        )
        .order_by("-inside", "name")
    )
    bare = [row["name"] for row in rows if not row["inside"]]
    chart = Bars(
        title="Охват отделений",
        desc=f"Отделений с наставничеством {len(rows) - len(bare)} из {len(rows)}.",
        rows=tuple(Bar(r["name"], r["inside"], _of(r["inside"], r["all"]), r["all"]) for r in rows[:AT_MOST]),
    )
    url = reverse("programs:pairings")
    lines = [[(r["name"], f"{url}?department={r['pk_']}"), r["inside"], r["all"]] for r in rows[:AT_MOST]]
    cells = table("Отделение", "В парах и группах", "Всего педагогов", rows=lines, numbers=(1, 2))
    note = f"Пока никого в парах: {', '.join(bare[:5])}{' и другие' if len(bare) > 5 else ''}." if bare else ""
    return Figure("departments", chart, **cells, note=note)
