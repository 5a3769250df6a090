"""What the lists behind indicators show: people, programs, ends, difficulties, skills, meetings, requests, contests."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse

from mentoring_site.russian import number_text, rushort, upper_first
from people.accounts.models import User
from people.register.models import Person, main_post, named
from programs.completion.models import Completion
from programs.program.models import Program
from programs.requests import registry
from reports.indicators.measuring import amount_of
from reports.indicators.passports import Passport


@dataclass(frozen=True)
class Line:
    """One cell: its words, where they lead, whether they stand at the right."""

    text: str
    url: str = ""
    align: str = ""


@dataclass(frozen=True)
class Sort:
    """How rows of one sort are listed. ``seen(rows, user)`` are those that the user may open."""

    noun: str
    columns: tuple[str, ...]
    lines: Callable[[Any], list[Line]]
    seen: Callable[[QuerySet, User], QuerySet]
    search: Callable[[QuerySet, str], QuerySet]
    order: tuple[str, ...]
    prepare: Callable[[QuerySet], QuerySet] = lambda rows: rows


def _within(model: Any, path: str) -> Callable[[QuerySet, User], QuerySet]:
    """Narrow rows to those of the visible objects at the end of a path."""

    def seen(rows: QuerySet, user: User) -> QuerySet:
        return rows.filter(**{f"{path}__in": model.objects.visible_to(user).order_by().values("pk")})

    return seen


def _own(rows: QuerySet, user: User) -> QuerySet:
    return rows.filter(pk__in=rows.model.objects.visible_to(user).order_by().values("pk"))


def _of_person(path: str) -> Callable[[QuerySet, str], QuerySet]:
    return lambda rows, text: rows.filter(named(text, path))


def _of_program(path: str) -> Callable[[QuerySet, str], QuerySet]:
    return lambda rows, text: rows.filter(**{f"{path}__in": Program.objects.found_by(text).order_by().values("pk")})


def _found(rows: QuerySet, text: str) -> QuerySet:
    return rows.filter(pk__in=rows.model.objects.found_by(text).order_by().values("pk"))


def _person(person: Person) -> Line:
    return Line(person.full_name, person.get_absolute_url())


def _program(program: Program) -> Line:
    return Line(program.title, program.get_absolute_url())


def _day(day: Any) -> Line:
    return Line(rushort(day) if day else "—", align="date")


SORTS: dict[str, Sort] = {
    "people": Sort(
        "человек,человека,человек",
        ("Человек", "Должность"),
        lambda person: [_person(person), Line(upper_first(person.main_post or ""))],
        _own,
        _found,
        ("search", "pk"),
        lambda rows: rows.annotate(main_post=main_post("pk")),
    ),
    "programs": Sort(
        "программа,программы,программ",
        ("Программа", "Состояние", "Начата", "Закончена"),
        lambda one: [_program(one), Line(one.get_state_display()), _day(one.started_on), _day(one.ended_on)],
        _own,
        _found,
        ("-started_on", "-pk"),
    ),
    "completions": Sort(
        "завершение,завершения,завершений",
        ("Наставляемый", "Программа", "Основание", "Завершено"),
        lambda one: [
            _person(one.participation.person),
            _program(one.program),
            Line(one.get_reason_display()),
            _day(one.ended_on),
        ],
        _own,
        _of_person("participation__person__"),
        ("-ended_on", "-pk"),
        lambda rows: rows.select_related("participation__person", "program"),
    ),
    "outcomes": Sort(
        "затруднение,затруднения,затруднений",
        ("Затруднение", "Наставляемый", "Итог", "Завершено"),
        lambda one: [
            Line(
                one.difficulty.text, reverse("programs:difficulty", args=[one.completion.program_id, one.difficulty_id])
            ),
            _person(one.completion.participation.person),
            Line(one.get_level_display()),
            _day(one.completion.ended_on),
        ],
        _within(Completion, "completion"),
        _of_person("completion__participation__person__"),
        ("-completion__ended_on", "-pk"),
        lambda rows: rows.select_related("difficulty", "completion__participation__person"),
    ),
    "skills": Sort(
        "навык,навыка,навыков",
        ("Навык", "Наставляемый", "Программа", "До", "После"),
        lambda one: [
            Line(str(one)),
            _person(one.participation.person),
            _program(one.program),
            Line(str(one.before), align="num"),
            Line(str(one.after), align="num"),
        ],
        _own,
        _of_person("participation__person__"),
        ("program", "pk"),
        lambda rows: rows.select_related("difficulty", "participation__person", "program"),
    ),
    "meetings": Sort(
        "встреча,встречи,встреч",
        ("Когда", "Программа", "Как"),
        lambda one: [Line(rushort(one.held_on)), _program(one.program), Line(one.get_format_display())],
        _own,
        _of_program("program"),
        ("-held_on", "-pk"),
        lambda rows: rows.select_related("program"),
    ),
    "requests": Sort(
        "просьба,просьбы,просьб",
        ("Просьба", "Подана", "Ответить до", "Решена"),
        lambda one: [
            Line(_kind(one.kind), one.get_absolute_url()),
            _day(one.filed_on),
            _day(one.due_on),
            _day(one.decided_on),
        ],
        _own,
        _of_person("author__"),
        ("-decided_at", "-pk"),
    ),
    "contests": Sort(
        "событие,события,событий",
        ("Событие", "Наставляемый", "Уровень", "Результат", "Последний день"),
        lambda one: [
            Line(one.title, one.get_absolute_url()),
            _person(one.mentee.person),
            Line(one.get_level_display()),
            Line(one.result_words),
            _day(one.ends_on),
        ],
        _own,
        _of_person("mentee__person__"),
        ("-ends_on", "-pk"),
        lambda rows: rows.select_related("request", "mentee__person"),
    ),
    "practices": Sort(
        "практика,практики,практик",
        ("Практика", "Состояние", "Рассмотрена"),
        lambda one: [
            Line(one.title, one.get_absolute_url()),
            Line(one.get_state_display()),
            _day(one.reviewed_at),
        ],
        _own,
        _found,
        ("-reviewed_at", "-pk"),
    ),
}
"""By the word that passports use."""


def _kind(code: str) -> str:
    kinds = registry.kinds()
    return kinds[code].name if code in kinds else code


def amount_line(passport: Passport, row: Any) -> list[Line]:
    """Return the cell of the amount that is summed, when there is one."""
    if not passport.amount:
        return []
    return [Line(number_text(round(amount_of(getattr(row, passport.amount)), 1)), align="num")]


def ordering(sort: Sort, passport: Passport) -> dict[str, tuple]:
    """Return the orders of a list: by itself, by the amount."""
    orders: dict[str, tuple] = {"usual": sort.order}
    if passport.amount:
        orders |= {
            "most": (F(passport.amount).desc(nulls_last=True), "pk"),
            "least": (F(passport.amount).asc(nulls_last=True), "pk"),
        }
    return orders
