"""The list of pairs and groups: filters, columns, orderings, workbook."""

import django_filters
from django import forms
from django.db.models import F, OuterRef, Subquery
from django.http import HttpRequest

from mentoring_site.russian import school_year
from mentoring_site.ui.list_filters import YearFilter
from mentoring_site.ui.list_page import Column, EmptyState, ListFilter, ListPage, Workbook
from people.rights import Right
from people.school.models import Department
from programs.pairings.bulk import BULK
from programs.pairings.models import Pairing, PairingQuerySet, Participation
from programs.pairings.presenters import departments_of, row, state_words
from programs.pairings.rules import mentees_of, mentor_of

NOTHING_TO_PROPOSE = EmptyState(
    "Вас пока не предлагали в наставническую пару. Когда предложат, пара появится здесь и на первой странице."
)
"""For those who see only their own pairs."""
HEADINGS = (
    "Номер в системе",
    "Пара или группа",
    "Наставник",
    "Наставляемые",
    "Отделения",
    "Темы",
    "Учебный год",
    "Состояние",
    "Предложена",
    "Протокол №",
    "Протокол от",
    "Приказ №",
    "Приказ от",
    "Первый день по плану",
    "Последний день по плану",
    "Завершена",
)


def _own_departments(request: HttpRequest):
    return Department.objects.filter(organisation__kind="own")


class PairingFilter(ListFilter):
    """Search and filters above the list of pairs."""

    q = django_filters.CharFilter(method="named", label="Фамилия", max_length=120, widget=forms.SearchInput)
    state = django_filters.ChoiceFilter(label="Состояние", choices=Pairing.State.choices, empty_label="все")
    department = django_filters.ModelChoiceFilter(
        method="in_department", label="Отделение", queryset=_own_departments, empty_label="все"
    )
    year = YearFilter(field_name="school_year", now=lambda pairings, year: pairings.of_year(year))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        years = self.queryset.order_by("-school_year").values_list("school_year", flat=True).distinct()
        self.filters["year"].offer(years)

    def named(self, queryset: PairingQuerySet, name: str, value: str) -> PairingQuerySet:
        return queryset.found_by(value)

    def in_department(self, queryset: PairingQuerySet, name: str, value: Department) -> PairingQuerySet:
        return queryset.of_department(value)


def _prepare(found: PairingQuerySet, user) -> PairingQuerySet:
    mentor = Participation.objects.filter(pairing=OuterRef("pk"), part=Participation.Part.MENTOR)
    name = mentor.order_by("-since", "pk").values("person__search")[:1]
    return found.annotate(mentor_name=Subquery(name)).with_since().with_people()


def _cells(pairing: Pairing, user) -> tuple:
    mentor = mentor_of(pairing)
    return (
        pairing.pk,
        pairing.get_kind_display(),
        mentor.person.full_name if mentor else "",
        ", ".join(mentee.person.full_name for mentee in mentees_of(pairing)),
        departments_of(pairing),
        ", ".join(topic.name for topic in pairing.topics.all()),
        school_year(pairing.school_year, full=True),
        state_words(pairing),
        pairing.proposed_at,
        pairing.minutes_number,
        pairing.minutes_date,
        pairing.order_number,
        pairing.order_date,
        pairing.planned_from,
        pairing.planned_to,
        pairing.ended_on,
    )


PAIRINGS = ListPage(
    title="Пары и группы",
    url="programs:pairings",
    template="programs/pairings/pairings.html",
    filters=PairingFilter,
    noun="пара или группа,пары и группы,пар и групп",
    columns=(
        Column("Наставник и наставляемые", ("mentor",)),
        Column("Состояние", ("state",)),
        Column("Чей ход"),
        Column("С какого дня", ("since", "long"), align="date"),
        Column("До", ("end",), align="date"),
    ),
    orderings={
        "new": ("-proposed_at", "-pk"),
        "old": ("proposed_at", "pk"),
        "mentor": ("mentor_name", "pk"),
        "state": ("state", "-pk"),
        "since": (F("since").desc(nulls_last=True), "-pk"),
        "end": (F("planned_to").asc(nulls_last=True), "pk"),
        "long": (F("since").asc(nulls_last=True), "pk"),
    },
    row=row,
    nothing=NOTHING_TO_PROPOSE,
    none_found=("По этому отбору ничего не нашлось. Попробуйте другое состояние, отделение или начало фамилии."),
    prepare=_prepare,
    workbook=Workbook("пары-и-группы.xlsx", "Пары и группы", HEADINGS, _cells),
    bulk=BULK,
)


def nothing_for(user, propose_url: str) -> EmptyState:
    """Return what an empty list says to the user."""
    if not user.can(Right.PAIRINGS_PROPOSE):
        return NOTHING_TO_PROPOSE
    text = "Пар и групп пока нет. Первый шаг — выбрать наставляемого из банка и предложить ему наставника."
    return EmptyState(text, propose_url, "Подобрать первую пару")
