"""The list of people: filters, orderings, the same rows as XLSX; shows who has consented (п. 1.2, 2.3, 3.4)."""

from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse

from mentoring_site.russian import DASH
from mentoring_site.ui.elements import Badge
from mentoring_site.ui.list_page import Column, EmptyState, ListFilter, ListPage, Workbook
from mentoring_site.views_log import Kind, note
from people.accounts.models import User
from people.banks.models import Candidate
from people.consents.models import PROCESSING, Consent
from people.profile.bulk import BULK
from people.register import acts as register_acts
from people.register import filters
from people.register.models import Employment, Person, PersonQuerySet
from people.rights import Right, label
from people.school.models import Department, Organisation

YES_NO = [("yes", "да"), ("no", "нет")]
ORDERINGS: dict[str, tuple] = {
    "name": ("search", "pk"),
    "-name": ("-search", "-pk"),
    "service": (F("teaching_since").desc(nulls_last=True), "search", "pk"),
    "-service": (F("teaching_since").asc(nulls_last=True), "search", "pk"),
    "-created": ("-created_at", "-pk"),
}
ORDERING_WORDS = {
    "name": "по фамилии",
    "-name": "по фамилии, с конца",
    "service": "сначала с меньшим стажем",
    "-service": "сначала с большим стажем",
    "-created": "сначала записанные недавно",
}
POST_FILTERS = {"department": "department", "organisation": "organisation", "kind": "kind", "post": "is_teaching"}


class PeopleFilter(ListFilter):
    """Search and filters of the list of people; all are exact facts of today."""

    q = django_filters.CharFilter(label="Имя", method="named", max_length=100, widget=forms.SearchInput)
    department = django_filters.ModelChoiceFilter(
        label="Отделение", queryset=Department.objects.all(), empty_label="любое", method="keep"
    )
    organisation = django_filters.ModelChoiceFilter(
        label="Организация", queryset=Organisation.objects.all(), empty_label="любая", method="keep"
    )
    post = django_filters.ChoiceFilter(
        label="Должность",
        choices=[("teaching", "педагогическая"), ("other", "другая")],
        empty_label="любая",
        method="keep",
    )
    kind = django_filters.ChoiceFilter(
        label="Занятость", choices=Employment.Kind.choices, empty_label="любая", method="keep"
    )
    category = django_filters.ChoiceFilter(
        label="Категория", choices=[*Person.Category.choices, ("none", "не указана")], empty_label="любая", method="of"
    )
    young = django_filters.ChoiceFilter(
        label="Молодой специалист", choices=YES_NO, empty_label="любые", method="young_or_not"
    )
    age = django_filters.ChoiceFilter(
        label="Возраст", choices=list(filters.AGE_WORDS.items()), empty_label="любой", method="aged"
    )
    consent = django_filters.ChoiceFilter(
        label="Согласие на обработку", choices=[("yes", "есть"), ("no", "нет")], empty_label="не важно", method="agreed"
    )
    sort = django_filters.ChoiceFilter(
        label="Порядок", choices=list(ORDERING_WORDS.items()), empty_label=None, method="keep"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not register_acts.sees_contacts(self.request.user):
            del self.filters["age"]

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Apply the filters; the conditions on a place of work hold for one and the same place."""
        chosen = {name: self.form.cleaned_data.get(name) for name in POST_FILTERS}
        if chosen["post"]:
            chosen["post"] = chosen["post"] == "teaching"
        posts = Q(**{POST_FILTERS[name]: value for name, value in chosen.items() if value not in (None, "")})
        if posts:
            queryset = queryset.filter(pk__in=Employment.objects.current().filter(posts).values("person"))
        return super().filter_queryset(queryset)

    def named(self, queryset: PersonQuerySet, name: str, value: str) -> QuerySet:
        """Persons found by the beginnings of the words of their names."""
        return queryset.found_by(value)

    def of(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Persons of a qualification category, or of none."""
        return queryset.filter(category="" if value == "none" else value)

    def young_or_not(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Young specialists, or those who are known not to be."""
        return queryset.filter(filters.young(value == "yes"))

    def aged(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Persons of an age band."""
        return queryset.filter(filters.aged(value))

    def agreed(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Persons with or without a consent to processing in force."""
        return queryset.filter(has_consent=value == "yes")


@dataclass(frozen=True)
class PersonRow:
    """One person in the list; ``posts`` are the employments of today."""

    person: Person
    posts: list[Employment]
    young: bool
    consent: Badge
    banks: list[str]


def with_consent(people: PersonQuerySet) -> PersonQuerySet:
    """Annotate persons with ``has_consent``: a consent to processing is in force today."""
    return people.annotate(has_consent=Exists(Consent.objects.live().filter(person=OuterRef("pk"), purpose=PROCESSING)))


def _with_posts(people: Any, user: User) -> QuerySet:
    live = Candidate.objects.visible_to(user).filter(state__in=Candidate.LIVE_STATES).order_by("part")
    return people.with_posts().prefetch_related(Prefetch("candidates", live, to_attr="in_banks"))


def _banks(person: Any) -> list[str]:
    """«наставник: утверждён»: where the person stands in the banks today."""
    return [f"{label(c.part, person.gender)}: {c.get_state_display()}" for c in person.in_banks]


def _row(person: Any, user: User) -> PersonRow:
    consent = Badge("согласие есть", "done") if person.has_consent else Badge("согласия нет", "stopped")
    return PersonRow(person, person.posts, person.young_specialist()[0], consent, _banks(person))


COLUMNS = (
    "Фамилия",
    "Имя",
    "Отчество",
    "Должность",
    "Отделение",
    "Организация",
    "Занятость",
    "Образование",
    "Категория",
    "Педагогический стаж с",
    "Стаж, лет",
    "Молодой специалист",
    "Согласие на обработку",
)
PRIVATE_COLUMNS = ("Дата рождения", "Телефон", "E-mail", "Примечание")


def _columns(user: User) -> tuple[str, ...]:
    """Headings of the workbook; contacts and birth dates only for those who may see them (152-ФЗ)."""
    return (*COLUMNS, *PRIVATE_COLUMNS) if register_acts.sees_contacts(user) else COLUMNS


def _cells(person: Any, user: User) -> list[Any]:
    posts = person.posts
    cells = [
        person.last_name,
        person.first_name,
        person.middle_name,
        "; ".join(e.post for e in posts),
        "; ".join(e.department.name if e.department else DASH for e in posts),
        "; ".join(e.organisation.short_name for e in posts),
        "; ".join(e.get_kind_display() for e in posts),
        person.get_education_display(),
        "; ".join(filter(None, [person.get_category_display(), person.get_extra_category_display()])),
        person.teaching_since,
        person.service(),
        person.young_specialist()[0],
        person.has_consent,
    ]
    private = register_acts.sees_contacts(user)
    if not private:
        return cells
    note(user, person.pk, Kind.CONTACTS, exported=True)
    return [*cells, person.birth_date, person.phone, person.email, person.note]


PEOPLE = ListPage(
    title="Люди",
    url="people:register",
    template="people/profile/people.html",
    filters=PeopleFilter,
    noun="человек,человека,человек",
    columns=(
        Column("Человек", ("name", "-name")),
        Column("Категория", ("service", "-service")),
        Column("Банк"),
        Column("Согласие"),
    ),
    orderings=ORDERINGS,
    row=_row,
    nothing=EmptyState(f"Здесь пока никого. {Right.PEOPLE_EDIT.refusal()}."),
    none_found="Таких людей в списке нет. Уберите часть условий или проверьте имя: ищем по началам слов.",
    show_all="Показать всех",
    prepare=_with_posts,
    workbook=Workbook("Люди", "Люди", _columns, _cells, dated=True, whole=True),
    bulk=BULK,
)


def empty_state(user: User) -> EmptyState | None:
    """Return what to say first to whoever may load a staff list; None for the others."""
    if not user.can(Right.PEOPLE_IMPORT):
        return None
    text = "Здесь пока никого. Первый шаг — загрузить список сотрудников."
    return EmptyState(text, reverse("people:imports"), "Загрузить список")
