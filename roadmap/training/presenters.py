"""What pages of training show."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from mentoring_site.evidence.presenters import Shown, shown
from mentoring_site.russian import ago, period, plural, rudate, ruday, upper_first
from mentoring_site.ui.elements import Action, Badge, Crumb, Fact, Tone
from mentoring_site.ui.list_filters import year_now
from mentoring_site.workflow import action
from people.accounts.models import User
from people.register.models import Employment, Person
from people.school.models import Organisation
from roadmap.training import acts
from roadmap.training.models import Training, TrainingInvitation

LIST = "Обучение"
HOURS = "час,часа,часов"
TONES: dict[str, Tone] = {"entered": "others", "returned": "you", "confirmed": "done"}
COLUMNS = (
    "Фамилия, имя, отчество",
    "Вид",
    "Тема",
    "Кто проводил",
    "Кто учил",
    "Первый день",
    "Последний день",
    "Часов",
    "Как проходило",
    "Документ",
    "Номер документа",
    "Дата документа",
    "О наставничестве",
    "Состояние",
)
"""Columns of the workbook; all but the last are read back by the import."""
ENTITLED = (
    "прошло больше трёх лет. Право на дополнительное профессиональное образование — не реже раза в три года"
    " (273-ФЗ, ст. 47, ч. 5, п. 2)"
)


@dataclass(frozen=True)
class Row:
    """A record in a list."""

    key: int
    topic: str
    url: str
    who: str
    kind: str
    where: str
    when: str
    hours: str
    about_mentoring: bool
    badge: Badge
    name: str


def crumbs(*more: Crumb) -> list[Crumb]:
    """Return the way from the list of records."""
    return [Crumb(LIST, reverse("roadmap:trainings")), *more]


def badge(training: Training) -> Badge:
    """Return how a record stands."""
    return Badge(training.get_state_display(), TONES[training.state])


def row(training: Training, user: User) -> Row:
    """Return a record read with its person and its partner."""
    return Row(
        key=training.pk,
        topic=training.topic,
        url=training.get_absolute_url(),
        who=training.person.short_name,
        kind=training.get_kind_display(),
        where=training.where,
        when=period(training.started_on, training.ended_on),
        hours=str(training.hours or ""),
        about_mentoring=training.about_mentoring,
        badge=badge(training),
        name=f"{training.person.short_name}: {training.topic}",
    )


def cells(training: Training, user: User) -> tuple:
    """Return the cells of a workbook."""
    return (
        training.person.full_name,
        training.get_kind_display(),
        training.topic,
        training.where,
        training.trainer,
        training.started_on,
        training.ended_on,
        training.hours,
        training.get_form_display(),
        training.get_document_display(),
        training.document_number,
        training.document_date,
        training.about_mentoring,
        training.get_state_display(),
    )


def facts(training: Training) -> list[Fact]:
    """Return what the page of a record shows."""
    document = training.get_document_display()
    if training.document_number:
        document += f" № {training.document_number}"
    if training.document_date:
        document += f" от {rudate(training.document_date)}"
    answered = (
        f"{training.answered_by.person.short_name}, {ruday(training.answered_at)}" if training.answered_by else ""
    )
    return Fact.known(
        [
            ("Кто учился", training.person.full_name),
            ("Вид", upper_first(training.get_kind_display())),
            ("Кто проводил", training.where),
            ("Кто учил", training.trainer),
            ("Когда", period(training.started_on, training.ended_on)),
            ("Сколько", plural(training.hours, HOURS) if training.hours else ""),
            ("Как проходило", training.get_form_display()),
            ("Документ", document),
            ("О наставничестве", "да" if training.about_mentoring else ""),
            ("Что взято в работу", training.outcome),
            ("Кто внёс", f"{training.created_by.person.short_name}, {ruday(training.created_at)}"),
            ("Кто проверил", answered),
            ("Что уточнить", training.remark if training.state != Training.State.CONFIRMED else ""),
        ]
    )


def evidence(training: Training, user: User) -> Shown:
    """Return the evidence of a record read ``with_evidence``."""
    return shown(training, changes=acts.may_change(training, user), expected=bool(training.document))


def actions(training: Training, user: User) -> list[Action]:
    """Return the buttons of a record: the next step first."""
    url = training.get_absolute_url()
    check = action(training, "confirm", user, f"{url}check/", primary=True)
    found = [check and replace(check, label="Проверить по документу")]
    if acts.may_change(training, user):
        returned = training.state == Training.State.RETURNED
        label = "Уточнить и отправить снова" if returned else "Изменить"
        found.append(Action("edit", label, f"{url}edit/", primary=returned))
        if not training.source:
            found.append(Action("remove", "Убрать", f"{url}remove/", danger=True))
    return [one for one in found if one]


@dataclass(frozen=True)
class Share:
    """How many of the school's teachers have learnt something in a period (п. 3.4)."""

    learnt: int
    of: int
    first: date
    last: date

    @property
    def percent(self) -> int:
        """Return the share in whole per cent."""
        return round(100 * self.learnt / self.of) if self.of else 0

    @property
    def words(self) -> str:
        """«14 из 23 педагогов, 61 %»."""
        of = plural(self.of, "педагога,педагогов,педагогов")
        return f"{self.learnt} из {of}, {self.percent}\u00a0%"

    @property
    def when(self) -> str:
        """The period in words."""
        return period(self.first, self.last)


def teachers() -> Any:
    """Return the keys of persons who teach in the school today."""
    own = Employment.objects.current().filter(is_teaching=True, organisation__kind=Organisation.Kind.OWN)
    return own.order_by().values("person").distinct()


def share(first: date, last: date) -> Share:
    """Return how many teachers of today have a confirmed record that ended in a period; two queries."""
    learnt = Training.objects.confirmed().ended_within(first, last).filter(person__in=teachers())
    return Share(learnt.order_by().values("person").distinct().count(), teachers().count(), first, last)


def year_of(asked: str) -> tuple[date, date]:
    """Return the first and the last day of the school year that a list shows: this one when it shows all."""
    year = int(asked) if asked.isdigit() and len(asked) == 4 else year_now()
    return date(year, 8, 1), date(year + 1, 7, 31)


def last_course(person: Person) -> Fact:
    """Return when a person last had additional professional education: a fact, no reproach."""
    kinds = Training.QUALIFYING
    found = Training.objects.confirmed().filter(person=person, kind__in=kinds).order_by("-ended_on", "-pk").first()
    label = "Последнее повышение квалификации"
    if found is None:
        return Fact(label, "записей нет", note="")
    late = is_long_ago(found.ended_on)
    note = ENTITLED if late else ago(found.ended_on)
    return Fact(label, rudate(found.ended_on), note=note, url=found.get_absolute_url())


def is_long_ago(day: date | None) -> bool:
    """Whether more than three years have passed since a day."""
    if day is None:
        return False
    today = timezone.localdate()
    return (today.year - day.year, today.month, today.day) > (3, day.month, day.day)


@dataclass(frozen=True)
class PersonRow:
    """A person in the lists of people: what was learnt and when."""

    key: int
    name: str
    url: str
    posts: str
    course: str
    course_note: str
    mentoring: str
    hours: str
    mentor: str
    invited: str
    invitation_url: str


def person_row(person: Any, user: User) -> PersonRow:
    """Return a person annotated by ``list_pages.with_training``."""
    invitation: TrainingInvitation | None = next(iter(person.open_invitations), None)
    return PersonRow(
        key=person.pk,
        name=person.full_name,
        url=reverse("roadmap:person_training", args=[person.pk]),
        posts="; ".join(post.post for post in person.posts),
        course=rudate(person.last_course) if person.last_course else "записей нет",
        course_note="прошло больше трёх лет" if is_long_ago(person.last_course) else ago(person.last_course),
        mentoring=rudate(person.last_about) if person.last_about else "записей нет",
        hours=str(person.hours_learnt or ""),
        mentor="наставник" if person.is_mentor else "в банке наставников" if person.in_bank else "",
        invited=f"приглашение {ruday(invitation.invited_at)}" if invitation else "",
        invitation_url=reverse("roadmap:training_invitation", args=[invitation.pk]) if invitation else "",
    )


def person_cells(person: Any, user: User) -> tuple:
    """Return the cells of a workbook."""
    shown_row = person_row(person, user)
    return (
        person.full_name,
        shown_row.posts,
        shown_row.mentor,
        person.last_course,
        "да" if is_long_ago(person.last_course) else "",
        person.last_about,
        person.hours_learnt,
        shown_row.invited,
    )
