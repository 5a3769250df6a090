"""Lists: records of training, people with what they have learnt, mentors without training about mentoring (п. 3.4)."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, F, Max, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.utils import timezone

from mentoring_site.russian import add_months
from mentoring_site.ui.list_filters import ListFilter, YearFilter, within, years_since
from mentoring_site.ui.list_page import Column, EmptyState, ListPage, Workbook
from people.accounts.models import User
from people.banks.models import Candidate
from people.language.name_text import search_terms
from people.register.models import Person, named
from people.school.models import Department
from programs.pairings.models import Participation
from roadmap.training import bulk, presenters
from roadmap.training.models import Training, TrainingInvitation, TrainingQuerySet, TrainingSettings, lacks_training

YEARS = 3
NOW, BANK = "now", "bank"


class TrainingFilter(ListFilter):
    """By name, topic or host, by kind, state, department and school year."""

    q = django_filters.CharFilter(
        method="found_by", label="Имя, тема или кто проводил", max_length=120, widget=forms.SearchInput
    )
    kind = django_filters.ChoiceFilter(label="Вид", choices=Training.Kind.choices, empty_label="любой")
    about = django_filters.ChoiceFilter(
        label="О чём", method="of_matter", choices=[("mentoring", "о наставничестве")], empty_label="обо всём"
    )
    state = django_filters.ChoiceFilter(label="Состояние", choices=Training.State.choices, empty_label="любое")
    department = django_filters.ModelChoiceFilter(
        label="Отделение", queryset=Department.objects.all(), empty_label="любое", method="of_department"
    )
    year = YearFilter(
        going_on="и что не подтверждено",
        now=lambda found, year: found.filter(within("ended_on", year) | ~Q(state=Training.State.CONFIRMED)),
        of=lambda found, year: found.filter(within("ended_on", year)),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        first = self.queryset.order_by("ended_on").values_list("ended_on", flat=True).first()
        self.filters["year"].offer(years_since(first))

    def found_by(self, queryset: TrainingQuerySet, name: str, value: str) -> QuerySet:
        """Narrow to records in which every word begins a word of the topic, the host or the name."""
        words = Q()
        for term in search_terms(value):
            words &= Q(search__contains=term) | Q(person__search__contains=term)
        return queryset.filter(words | named(value, "person__"))

    def of_matter(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to training about mentoring."""
        return queryset.filter(about_mentoring=True)

    def of_department(self, queryset: QuerySet, name: str, value: Department) -> QuerySet:
        """Narrow to people of a department of today."""
        return queryset.filter(person__in=_of_department(value))


def _of_department(department: Department) -> QuerySet[Person]:
    today = timezone.localdate()
    until = Q(employments__until__isnull=True) | Q(employments__until__gte=today)
    return Person.objects.filter(until, employments__department=department)


TRAININGS = ListPage(
    title=presenters.LIST,
    url="roadmap:trainings",
    template="roadmap/training/trainings.html",
    filters=TrainingFilter,
    noun="запись,записи,записей",
    columns=(
        Column("Тема"),
        Column("Кто", ("name",)),
        Column("Когда", ("newest", "oldest")),
        Column("Часов", ("hours",), align="num"),
        Column("Состояние"),
    ),
    orderings={
        "newest": ("-ended_on", "-pk"),
        "oldest": ("ended_on", "pk"),
        "name": ("person__search", "-ended_on", "pk"),
        "hours": (F("hours").desc(nulls_last=True), "pk"),
    },
    row=presenters.row,
    nothing=EmptyState("Записей об обучении пока нет. Запишите курс, семинар или самообразование."),
    none_found="Таких записей нет.",
    prepare=lambda found, user: found.select_related("person", "organisation"),
    workbook=Workbook("Обучение", "Обучение", presenters.COLUMNS, presenters.cells, dated=True, whole=True),
    bulk=(bulk.CONFIRM,),
)


def with_training(people: QuerySet, user: User) -> QuerySet:
    """Annotate persons with what the lists of people show; no further row costs a query."""
    own = Training.objects.visible_to(user).confirmed().filter(person=OuterRef("pk")).order_by().values("person")
    courses = own.filter(kind__in=Training.QUALIFYING)
    since = add_months(timezone.localdate(), -12 * YEARS)
    mentors = Participation.objects.engaged().filter(part=Participation.Part.MENTOR, person=OuterRef("pk"))
    states = (Candidate.State.APPROVED, Candidate.State.APPOINTED)
    bank = Candidate.objects.filter(part=Candidate.Part.MENTOR, state__in=states, person=OuterRef("pk"))
    invitations = TrainingInvitation.objects.open().order_by("-pk")
    return people.annotate(
        last_course=Subquery(courses.annotate(last=Max("ended_on")).values("last")),
        last_about=Subquery(own.filter(about_mentoring=True).annotate(last=Max("ended_on")).values("last")),
        hours_learnt=Subquery(own.filter(ended_on__gte=since).annotate(all=Sum("hours")).values("all")),
        is_mentor=Exists(mentors),
        in_bank=Exists(bank),
    ).prefetch_related(Prefetch("training_invitations", invitations, to_attr="open_invitations"))


def _prepared(people: Any, user: User) -> QuerySet:
    return people.with_posts()


class PeopleFilter(ListFilter):
    """By name, department, and what is not there."""

    q = django_filters.CharFilter(method="found_by", label="Имя", max_length=100, widget=forms.SearchInput)
    department = django_filters.ModelChoiceFilter(
        label="Отделение", queryset=Department.objects.all(), empty_label="любое", method="of_department"
    )
    lacks = django_filters.ChoiceFilter(
        label="Чего нет",
        method="lacking",
        choices=[
            ("course", "повышения квалификации за три года"),
            ("year", "записей за этот учебный год"),
        ],
        empty_label="не важно",
    )

    def found_by(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Persons found by the beginnings of the words of their names."""
        return queryset.found_by(value)

    def of_department(self, queryset: QuerySet, name: str, value: Department) -> QuerySet:
        """Narrow to people of a department of today."""
        return queryset.filter(pk__in=_of_department(value).values("pk"))

    def lacking(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to persons without a course in three years, or without any record in this school year."""
        rows = Training.objects.confirmed().filter(person=OuterRef("pk"))
        if value == "course":
            since = add_months(timezone.localdate(), -12 * YEARS)
            return queryset.filter(~Exists(rows.filter(kind__in=Training.QUALIFYING, ended_on__gte=since)))
        first, last = presenters.year_of("")
        return queryset.filter(~Exists(rows.ended_within(first, last)))


PEOPLE_COLUMNS = (
    "Фамилия, имя, отчество",
    "Должность",
    "Наставник",
    "Последнее повышение квалификации",
    "Прошло больше трёх лет",
    "Последнее обучение о наставничестве",
    "Часов за три года",
    "Приглашение",
)
PEOPLE = ListPage(
    title="Обучение по людям",
    url="roadmap:training_people",
    template="roadmap/training/people.html",
    filters=PeopleFilter,
    noun="человек,человека,человек",
    columns=(
        Column("Человек", ("name",)),
        Column("Повышение квалификации", ("course", "course_last")),
        Column("О наставничестве"),
        Column("Часов за три года", ("hours",), align="num"),
    ),
    orderings={
        "name": ("search", "pk"),
        "course": (F("last_course").asc(nulls_first=True), "search", "pk"),
        "course_last": (F("last_course").desc(nulls_last=True), "search", "pk"),
        "hours": (F("hours_learnt").desc(nulls_last=True), "search", "pk"),
    },
    row=presenters.person_row,
    nothing=EmptyState("В школе пока не записаны педагоги: начните со списка людей."),
    none_found="Таких людей нет.",
    prepare=_prepared,
    workbook=Workbook("Обучение по людям", "Люди", PEOPLE_COLUMNS, presenters.person_cells, dated=True),
    bulk=(bulk.COURSE, bulk.INVITE_PEOPLE),
)


class MentorsFilter(ListFilter):
    """By name, and whether the mentor works with a pair now."""

    q = django_filters.CharFilter(method="found_by", label="Имя", max_length=100, widget=forms.SearchInput)
    who = django_filters.ChoiceFilter(
        label="Кто",
        method="by_work",
        choices=[(NOW, "ведут пару или группу"), (BANK, "пока только в банке")],
        empty_label="все",
    )
    invited = django_filters.ChoiceFilter(
        label="Приглашение", method="by_invitation", choices=[("no", "не приглашены"), ("yes", "приглашены")]
    )

    def found_by(self, queryset: Any, name: str, value: str) -> QuerySet:
        """Persons found by the beginnings of the words of their names."""
        return queryset.found_by(value)

    def by_work(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to those who work with a pair or group now, or to the others."""
        return queryset.filter(is_mentor=value == NOW)

    def by_invitation(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to those with or without an open invitation."""
        asked = Exists(TrainingInvitation.objects.open().filter(person=OuterRef("pk")))
        return queryset.filter(asked if value == "yes" else ~asked)


MENTORS = ListPage(
    title="Наставники без обучения",
    url="roadmap:training_mentors",
    template="roadmap/training/mentors.html",
    filters=MentorsFilter,
    noun="наставник,наставника,наставников",
    columns=(
        Column("Наставник", ("name",)),
        Column("Прежнее обучение о наставничестве", ("about",)),
        Column("Приглашение"),
    ),
    orderings={"name": ("search", "pk"), "about": (F("last_about").asc(nulls_first=True), "search", "pk")},
    row=presenters.person_row,
    nothing=EmptyState("Все наставники учились наставничеству: приглашать некого."),
    none_found="Таких наставников нет.",
    prepare=_prepared,
    workbook=Workbook("Наставники без обучения", "Наставники", PEOPLE_COLUMNS, presenters.person_cells, dated=True),
    bulk=(bulk.INVITE,),
)


def mentors_without(user: User) -> tuple[QuerySet, date]:
    """Return the mentors of today and of the bank who have learnt nothing about mentoring, and since when one looks."""
    since = TrainingSettings.get().counts_since()
    people = with_training(Person.objects.visible_to(user), user).filter(Q(is_mentor=True) | Q(in_bank=True))
    return people.filter(lacks_training(since)), since
