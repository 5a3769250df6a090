"""The two banks as lists: filters, rows with load and capacity, the same rows as XLSX (п. 3.4, 3.5)."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

import django_filters
from django import forms
from django.db.models import Case, Exists, OuterRef, Prefetch, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from mentoring_site.russian import as_date
from mentoring_site.ui.elements import Badge
from mentoring_site.ui.list_page import Column, EmptyState, KeysFirst, ListFilter, ListPage, Workbook
from mentoring_site.views_log import Kind, note
from people.accounts.models import User
from people.banks import acts
from people.banks.bulk import REMIND
from people.banks.models import Candidate, MenteeCategory, Statement, Topic
from people.banks.workload import with_workload
from people.consents.models import PROCESSING, Consent
from people.promises import Promise
from people.register import filters
from people.register.models import Employment, Person, named
from people.rights import Right
from people.school.models import Department

State, Part, Type = Candidate.State, Candidate.Part, Statement.Kind
ALL_STATES = ("all", "все, и бывшие")
NOTHING = EmptyState(
    "В банке пока никого. Первый шаг — предложить кандидата: нужно его согласие на обработку персональных данных, потом"
    " короткая анкета и решение директора."
)


class MentorFilter(ListFilter):
    """Filters of the bank of mentors; without a state the list shows who stands in the bank or is proposed."""

    q = django_filters.CharFilter(label="Имя", max_length=100, method="named", widget=forms.SearchInput)
    state = django_filters.ChoiceFilter(
        label="Состояние", choices=[ALL_STATES, *State.choices], empty_label="стоят и предложены", method="in_state"
    )
    topic = django_filters.ModelChoiceFilter(
        label="Тема", queryset=Topic.objects.all(), field_name="topics", empty_label="любая"
    )
    department = django_filters.ModelChoiceFilter(
        label="Отделение", queryset=Department.objects.all(), empty_label="любое", method="works_in"
    )
    pair = django_filters.ChoiceFilter(
        label="Пара",
        choices=[("no", "без пары"), ("yes", "в паре или группе")],
        empty_label="не важно",
        method="paired",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not Promise.QUESTIONNAIRE.opens_to(self.request.user):
            del self.filters["topic"]
            self.filters.pop("category", None)

    @property
    def qs(self) -> QuerySet:
        """Rows that are no longer in the bank are shown only when they are asked for."""
        found = super().qs
        return found if "state" in self.chosen else found.filter(state__in=Candidate.LIVE_STATES)

    def named(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Candidates found by the beginnings of the words of their names."""
        return queryset.filter(named(value, "person__"))

    def in_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Candidates in one state, or in any."""
        return queryset if value == ALL_STATES[0] else queryset.filter(state=value)

    def works_in(self, queryset: QuerySet, name: str, value: Department) -> QuerySet:
        """Candidates with a place of work in the department today."""
        return queryset.filter(person__in=Employment.objects.current().filter(department=value).values("person"))

    def paired(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Candidates with or without a pair, also one that is being prepared."""
        return queryset.filter(in_work=value == "yes")


class MenteeFilter(MentorFilter):
    """Filters of the bank of mentees: also categories and young specialists; mentees are not appointed."""

    state = django_filters.ChoiceFilter(
        label="Состояние",
        choices=[ALL_STATES, *[choice for choice in State.choices if choice[0] != State.APPOINTED]],
        empty_label="стоят и предложены",
        method="in_state",
    )
    category = django_filters.ModelChoiceFilter(
        label="Категория", queryset=MenteeCategory.objects.all(), field_name="categories", empty_label="любая"
    )
    young = django_filters.ChoiceFilter(
        label="Молодой специалист", choices=[("yes", "да"), ("no", "нет")], empty_label="любые", method="young_or_not"
    )

    def young_or_not(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Young specialists, or those who are known not to be."""
        people = Person.objects.filter(filters.young(value == "yes"))
        return queryset.filter(person__in=people.values("pk"))


@dataclass(frozen=True)
class CandidateRow:
    """One candidate in the list of a bank; ``says`` are a few requests of a mentee or competences of a mentor.

    ``alone``: without a pair, and the user may find somebody who supports meanwhile.
    """

    candidate: Candidate
    person: Person
    badge: Badge
    says: list[str]
    topics: str
    load: str
    pair: str
    alone: bool
    since: date | datetime


def row(candidate: Any, user: User) -> CandidateRow:
    """Return a row of the list for a user; the candidate comes from ``with_workload`` and ``with_rows``."""
    reads = acts.reads(user, candidate)
    if reads:
        note(user, candidate.person_id, Kind.QUESTIONNAIRE)
    return CandidateRow(
        candidate=candidate,
        person=candidate.person,
        badge=acts.badge(candidate, user),
        says=_says(candidate) if reads else [],
        topics=", ".join(topic.name for topic in candidate.topics.all()) if reads else "",
        load=f"{candidate.load} из {candidate.capacity_persons}" if candidate.capacity_persons else str(candidate.load),
        pair=_pair_words(candidate),
        alone=_is_alone(candidate, user),
        since=candidate.decided_at or candidate.proposed_at,
    )


def _says(candidate: Candidate) -> list[str]:
    """Return two statements at most, and how many more there are."""
    shown = Type.COMPETENCE if candidate.part == Part.MENTOR else Type.REQUEST
    texts = [statement.text for statement in candidate.statements.all() if statement.kind == shown]
    return texts[:2] + ([f"и ещё {len(texts) - 2}"] if len(texts) > 2 else [])


def _is_alone(candidate: Any, user: User) -> bool:
    """Whether the user may see to it that somebody supports a mentee who stands in the bank without a pair."""
    stands = candidate.part == Part.MENTEE and candidate.state == State.APPROVED and not candidate.in_work
    return stands and user.can(Right.REQUESTS_DECIDE)


def _pair_words(candidate: Any) -> str:
    return "в паре" if candidate.in_pair else "пара готовится" if candidate.in_work else "без пары"


def with_rows(candidates: QuerySet, user: User) -> QuerySet:
    """Add everything that a row reads: the main post, the consent, what is said now, topics."""
    main_first = Case(When(kind=Employment.Kind.MAIN, then=0), default=1)
    post = Employment.objects.current().filter(person=OuterRef("person")).order_by(main_first, "pk")
    consent = Consent.objects.live().filter(person=OuterRef("person"), purpose=PROCESSING)
    return (
        candidates.select_related("person")
        .annotate(
            has_processing=Exists(consent),
            post=Subquery(post.values("post")[:1]),
            department=Subquery(post.values("department__name")[:1]),
        )
        .prefetch_related(Prefetch("statements", Statement.objects.filter(resolved_on__isnull=True)), "topics")
    )


STATEMENT_COLUMNS = {
    Type.DIFFICULTY: "Затруднения",
    Type.REQUEST: "Запросы",
    Type.STRENGTH: "Сильные стороны",
    Type.COMPETENCE: "Компетенции",
    Type.INTEREST: "Интересы",
}


def _columns(part: str, user: User) -> list[str]:
    facts = ["Человек", "Должность", "Отделение", "Состояние", "С даты", "Пара"]
    if not Promise.QUESTIONNAIRE.opens_to(user):
        return facts
    said = [STATEMENT_COLUMNS[Type(code)] for code in acts.STATEMENT_TYPES[part]]
    ends = ["Часов в месяц", "Может взять", "Наставляемых сейчас"] if part == Part.MENTOR else []
    return [*facts, "Темы", *said, *ends, "Пожелания"]


def _cells(candidate: Any, user: User) -> list[Any]:
    facts = [
        candidate.person.full_name,
        candidate.post,
        candidate.department,
        candidate.get_state_display(),
        as_date(candidate.decided_at or candidate.proposed_at),
        _pair_words(candidate),
    ]
    if not Promise.QUESTIONNAIRE.opens_to(user):
        return facts
    note(user, candidate.person_id, Kind.QUESTIONNAIRE, exported=True)
    statements = list(candidate.statements.all())
    said = ["; ".join(s.text for s in statements if s.kind == code) for code in acts.STATEMENT_TYPES[candidate.part]]
    is_mentor = candidate.part == Part.MENTOR
    ends = [candidate.capacity_hours, candidate.capacity_persons, candidate.load] if is_mentor else []
    return [
        *facts,
        "; ".join(topic.name for topic in candidate.topics.all()),
        *said,
        *ends,
        candidate.wishes,
    ]


SINCE = Coalesce("decided_at", "proposed_at")
ORDERINGS: dict[str, tuple] = {
    "name": ("person__search", "pk"),
    "state": ("state", "person__search", "pk"),
    "new": (SINCE.desc(), "-pk"),
    "old": (SINCE.asc(), "pk"),
}


def _list_page(part: str, title: str, url: str, filters: type[ListFilter], columns: tuple[Column, ...]) -> ListPage:
    return ListPage(
        title=title,
        url=url,
        template="people/banks/bank.html",
        filters=filters,
        noun="человек,человека,человек",
        columns=columns,
        orderings=ORDERINGS,
        row=row,
        nothing=NOTHING,
        none_found="Таких в банке нет. Уберите часть условий.",
        show_all="Показать весь банк",
        prepare=with_rows,
        workbook=Workbook(title, title, partial(_columns, part), _cells, dated=True),
        paginator=KeysFirst,
        more={"is_mentor": part == Part.MENTOR},
        bulk=(REMIND[Part(part)],),
    )


FIRST = (Column("Человек", ("name",)), Column("Состояние", ("state",)))
LAST = (Column("Пара"), Column("С даты", ("new", "old"), align="date"))
LISTS = {
    Part.MENTEE: _list_page(
        Part.MENTEE,
        "Банк наставляемых",
        "people:bank_mentees",
        MenteeFilter,
        (*FIRST, Column("Запросы и темы"), *LAST),
    ),
    Part.MENTOR: _list_page(
        Part.MENTOR,
        "Банк наставников",
        "people:bank_mentors",
        MentorFilter,
        (*FIRST, Column("Компетенции и темы"), Column("Наставляемых", align="num"), *LAST),
    ),
}


def candidates_of(part: str, user: User) -> QuerySet:
    """Return everybody who is or was in a bank and whom the user may see, with what they do in pairs."""
    return with_workload(Candidate.objects.visible_to(user).filter(part=part))
