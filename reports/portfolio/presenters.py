"""The matrix of a portfolio: indicator by indicator, what the data prove and what is missing.

Indicators are those of the category «педагог-наставник»: Порядок аттестации, приказ Минпросвещения от 24.03.2023 № 196,
п. 51. No mentee is named: orders, pairs and programs stand by their numbers, since their titles may name one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse

from mentoring_site.russian import rudate
from people.accounts.models import User
from people.register.models import Person
from programs.pairings.models import Pairing, Participation
from programs.program.models import Program
from programs.requests.kinds.contest.models import Contest
from reports.orders.models import Order
from roadmap.events.models import Event, Participant
from roadmap.library.models import Material
from roadmap.practices.models import Practice
from roadmap.training.models import Training

TITLE = "Портфолио наставника"
COLUMNS = ["Показатель", "Чем подтверждается", "Что это", "Когда"]
MISSING = "не подтверждено"
PROVEN = (Program.State.RUNNING, Program.State.COMPLETED, Program.State.TERMINATED)


@dataclass(frozen=True)
class Evidence:
    """One proof: its words, what it is, its day, the page of its object."""

    text: str
    sort: str
    on: date | None
    url: str

    @property
    def day(self) -> str:
        """«22.11.2026», or nothing."""
        return rudate(self.on) if self.on else ""


@dataclass
class Indicator:
    """One indicator of п. 51 with its evidence, and the way to get what is missing."""

    number: int
    name: str
    way: str
    evidence: list[Evidence] = field(default_factory=list)


def matrix(person: Person, reader: User) -> list[Indicator]:
    """Return the four indicators, and training beside them, with the evidence that the reader may open."""
    programs = list(_programs(person, reader))
    students = {pk for pk, is_student in programs if is_student}
    known = Program.objects.in_bulk([pk for pk, _is_student in programs])
    with_students = [_program(known[pk]) for pk in known if pk in students]
    with_teachers = [_program(known[pk]) for pk in known if pk not in students]
    return [
        Indicator(
            1,
            "Руководство практической подготовкой студентов",
            "Подтверждает программа, среди форм которой есть наставничество над студентом.",
            _latest(with_students),
        ),
        Indicator(
            2,
            "Наставничество в отношении педагогических работников, сопровождение их профессионального развития",
            "Подтверждают приказы, пары и группы, начатые программы.",
            _latest([*_orders(person, reader), *_pairings(person, reader), *with_teachers]),
        ),
        Indicator(
            3,
            "Содействие в подготовке педагогических работников, в том числе молодых специалистов, к конкурсам "
            "профессионального мастерства",
            "Подтверждают конкурсы и события наставляемых с записанным результатом.",
            _latest(_contests(person, reader)),
        ),
        Indicator(
            4,
            "Распространение авторских подходов и методических разработок в области наставнической деятельности",
            "Подтверждают практики, принятые советом, выступления на событиях и материалы, внесённые в библиотеку.",
            _latest(
                [
                    *_materials(person, reader),
                    *_practices(person, reader),
                    *_talks(person, reader),
                ]
            ),
        ),
        Indicator(
            5,
            "Вне показателей п. 51: обучение наставничеству",
            "Внесите запись об обучении с отметкой «о наставничестве», её подтвердят по документу.",
            _latest(_trainings(person, reader)),
        ),
    ]


def table_rows(indicators: Iterable[Indicator]) -> list[list[Any]]:
    """Return the rows of the workbook; an indicator without evidence has a row that says so."""
    rows: list[list[Any]] = []
    for one in indicators:
        found = [[one.name, proof.text, proof.sort, proof.day] for proof in one.evidence]
        rows += found or [[one.name, MISSING, one.way, ""]]
    return rows


def _latest(evidence: list[Evidence]) -> list[Evidence]:
    return sorted(evidence, key=lambda proof: proof.on or date.min, reverse=True)


def as_mentor(person: Person) -> Any:
    """Return the keys of the pairs and groups, assigned by order, where the person is or was the mentor."""
    parts = Participation.objects.filter(person=person, part=Participation.Part.MENTOR)
    return parts.filter(pairing__state__in=[Pairing.State.ASSIGNED, Pairing.State.DISSOLVED]).values("pairing")


def _programs(person: Person, reader: User) -> Iterable[tuple[int, bool]]:
    found = Program.objects.visible_to(reader).filter(pairing__in=as_mentor(person), state__in=PROVEN)
    students = set(found.filter(forms__with_student=True).values_list("pk", flat=True))
    return [(pk, pk in students) for pk in found.values_list("pk", flat=True)]


def _program(program: Program) -> Evidence:
    sort = f"программа, {program.get_state_display()}"
    return Evidence(
        f"Программа № {program.pk}", sort, program.started_on, reverse("programs:program", args=[program.pk])
    )


def _orders(person: Person, reader: User) -> list[Evidence]:
    read = person.acquaintances.values("order")
    found = Order.objects.visible_to(reader).filter(state=Order.State.REGISTERED, pk__in=read)
    about = found.filter(items__pairing__in=as_mentor(person)) | found.filter(
        items__program__pairing__in=as_mentor(person)
    )
    return [Evidence(f"Приказ {one.ref}", "приказ", one.date, one.get_absolute_url()) for one in about.distinct()]


def _contests(person: Person, reader: User) -> list[Evidence]:
    found = Contest.objects.visible_to(reader).filter(program__pairing__in=as_mentor(person))
    held = found.exclude(result__in=["", Contest.Result.CANCELLED]).select_related("request")
    return [
        Evidence(
            str(one), f"{one.get_level_display()} конкурс, {one.result_words}", one.ends_on, one.get_absolute_url()
        )
        for one in held
    ]


def _pairings(person: Person, reader: User) -> list[Evidence]:
    found = Pairing.objects.visible_to(reader).filter(pk__in=as_mentor(person))
    return [
        Evidence(str(one).capitalize(), one.get_state_display(), one.assigned_on, one.get_absolute_url())
        for one in found
    ]


def _materials(person: Person, reader: User) -> list[Evidence]:
    found = Material.objects.visible_to(reader).filter(created_by__person=person, state=Material.State.ACCEPTED)
    return [
        Evidence(
            one.title,
            f"{one.get_kind_display()}, внесено в библиотеку",
            one.accepted_at.date() if one.accepted_at else None,
            one.get_absolute_url(),
        )
        for one in found
    ]


def _practices(person: Person, reader: User) -> list[Evidence]:
    shown = [Practice.State.ACCEPTED, Practice.State.PUBLISHED]
    mine = person.practices.values("practice")
    found = Practice.objects.visible_to(reader).filter(pk__in=mine, state__in=shown)
    return [Evidence(one.title, "практика", one.created_at.date(), one.get_absolute_url()) for one in found]


def _talks(person: Person, reader: User) -> list[Evidence]:
    spoken = Participant.objects.filter(person=person, part=Participant.Part.SPEAKER, is_present=True).values("event")
    found = Event.objects.visible_to(reader).filter(pk__in=spoken, state=Event.State.HELD)
    return [
        Evidence(one.title, f"выступление, {one.get_kind_display()}", one.starts_on, one.get_absolute_url())
        for one in found
    ]


def _trainings(person: Person, reader: User) -> list[Evidence]:
    found = Training.objects.visible_to(reader).filter(
        person=person, state=Training.State.CONFIRMED, about_mentoring=True
    )
    return [Evidence(one.topic, one.get_kind_display(), one.ended_on, one.get_absolute_url()) for one in found]
