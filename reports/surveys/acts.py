"""Acts about surveys: prepared, begun, people invited and reminded, ended by hand or by the day (п. 3.4, этап 6)."""

import secrets
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.mail import letters_of
from mentoring_site.rights import require
from mentoring_site.russian import plural
from mentoring_site.workflow import Already, Refused, claim_version, complaints, perform, record
from people.accounts.models import User
from people.register.models import Person
from people.rights import Right
from people.roles.letters import mail_person
from reports.surveys import anonymity
from reports.surveys.audience import PARTS, Asked, at_moment, people_of
from reports.surveys.models import Edition, Survey, SurveyInvitation

State = Survey.State
PEOPLE = "человек,человека,человек"


def _checked(values: dict[str, Any], picked: Iterable[Person]) -> None:
    """Refuse what cannot be asked. Raises ``Refused``."""
    edition, audience = values["edition"], values["audience"]
    if edition.published_on is None:
        raise Refused("Спрашивают по опубликованной редакции анкеты")
    if edition.questionnaire.moment and audience not in PARTS:
        raise Refused("Анкету, связанную с программой, заполняют наставники или наставляемые")
    if edition.questionnaire.needs_names and values["is_anonymous"]:
        raise Refused("Ответы в начале и после программы сравнивают по людям: такой опрос не бывает без имён")
    if audience == Survey.Audience.PICKED and not list(picked):
        raise Refused("Выберите, кого спросить")
    if values["closes_on"] < values["opens_on"]:
        raise Refused("Последний день не может быть раньше первого")


@transaction.atomic
def prepare(*, by: User, picked: Iterable[Person] = (), request_key: UUID | None = None, **values: Any) -> Survey:
    """Prepare a survey with an edition of a questionnaire. Returns it, or the one made by the same ``request_key``.

    Raises ``NotAllowed``, ``Refused``.
    """
    require(by, Right.SURVEYS_WRITE)
    if request_key and (made := Survey.objects.filter(request_key=request_key).first()):
        return made
    people = list(picked)
    _checked(values, people)
    made = Survey.objects.create(created_by=by, request_key=request_key, **values)
    made.picked.set(people)
    record(made, "prepare", by=by, words="опрос подготовлен")
    return made


@transaction.atomic
def edit(survey: Survey, *, by: User, version: int, picked: Iterable[Person] = (), **values: Any) -> Survey:
    """Change a survey that has not begun; of one that runs only its last day and the reminder.

    Raises ``NotAllowed``, ``Stale``, ``Refused``.
    """
    require(by, Right.SURVEYS_WRITE)
    claim_version(survey, version)
    fresh = locked(survey)
    if fresh.state == State.CLOSED:
        raise Refused("Опрос закончен: его не меняют")
    if fresh.state == State.OPEN:
        values = {name: values[name] for name in ("closes_on", "remind_before")}
        if values["closes_on"] < timezone.localdate():
            raise Refused("Этот день уже прошёл. Чтобы закончить опрос сегодня, нажмите «Закончить опрос»")
    else:
        people = list(picked)
        _checked(values, people)
        fresh.picked.set(people)
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.save()
    record(fresh, "edit", by=by, words="сведения об опросе изменены")
    return fresh


@transaction.atomic
def discard(survey: Survey, *, by: User) -> None:
    """Throw away a survey that has not begun. Raises ``NotAllowed``, ``Refused``."""
    require(by, Right.SURVEYS_WRITE)
    fresh = locked(survey)
    if fresh.state != State.DRAFT:
        raise Refused("Опрос уже начат: его заканчивают, а не удаляют")
    record(fresh, "discard", by=by, words=f"подготовка опроса прекращена: {fresh.title}"[:300])
    fresh.picked.clear()
    fresh.delete()


@transaction.atomic
def start(survey: Survey, *, by: User | None) -> Survey:
    """Begin a survey today: people are invited and get a letter.

    Raises what ``perform`` raises; ``Refused`` after its last day.
    """
    if survey.closes_on < timezone.localdate():
        raise Refused("Последний день опроса уже прошёл. Измените срок")
    columns: dict[str, Any] = {"salt": secrets.token_hex(32) if survey.is_anonymous else ""}
    if survey.opens_on > timezone.localdate() and by is not None:
        columns["opens_on"] = timezone.localdate()
    survey = perform(survey, "open", by=by, columns=columns)
    invite_new(survey, by=by)
    survey.refresh_from_db()
    return survey


def invite_new(survey: Survey, *, by: User | None) -> int:
    """Invite who is to be asked and is not invited yet; each gets a letter. Returns how many.

    Of a survey at a moment of programs those whose programs have come to it; otherwise those of the group today.
    """
    survey = locked(survey)
    asked = _asked(survey)
    known = set(survey.invitations.values_list("person", "program"))
    new = [one for one in asked if (one.person.pk, one.program) not in known]
    if not new:
        return 0
    SurveyInvitation.objects.bulk_create(
        SurveyInvitation(survey=survey, person=one.person, role=one.role, program_id=one.program) for one in new
    )
    Survey.objects.filter(pk=survey.pk).update(invited=survey.invitations.count())
    act = record(survey, "invite", by=by, words=f"приглашены к опросу: {plural(len(new), PEOPLE)}")
    with letters_of(act):
        for one in new:
            _write(survey, one.person, "survey_invited")
    return len(new)


def _asked(survey: Survey) -> list[Asked]:
    if survey.moment:
        until = min(survey.closes_on, timezone.localdate())
        return at_moment(survey.audience, survey.moment, survey.opens_on, until)
    return people_of(survey.audience, survey.picked.select_related("user"))


def _write(survey: Survey, person: Person, name: str) -> None:
    """Write to somebody who is asked; of a survey without names the letter is the same for all."""
    mail_person(person, name, asks=str(survey.pk), person=person, survey=survey)


@transaction.atomic
def remind(survey: Survey, *, by: User | None) -> int:
    """Remind of a survey that runs: with names those who have not answered, without names everybody who is invited.

    Returns how many were written to. Raises ``NotAllowed``; ``Refused`` when it does not run; ``Already`` on the day of
    a reminder or of the invitations.
    """
    if by is not None:
        require(by, Right.SURVEYS_WRITE)
    fresh = locked(survey)
    today = timezone.localdate()
    if not fresh.takes_answers:
        raise Refused("Опрос сейчас не идёт: напоминать не о чем")
    if fresh.reminded_on == today:
        raise Already("Сегодня уже напоминали")
    asked = fresh.invitations.filter(invited_on__lt=today).select_related("person__user")
    if not fresh.is_anonymous:
        asked = asked.filter(response=None)
    people = {row.person_id: row.person for row in asked}
    if not people:
        raise Already("Напоминать некому: все ответили или приглашены только сегодня")
    Survey.objects.filter(pk=fresh.pk).update(reminded_on=today)
    act = record(fresh, "remind", by=by, words="напомнено об опросе")
    with letters_of(act):
        for person in people.values():
            _write(fresh, person, "survey_reminder")
    return len(people)


@transaction.atomic
def close(survey: Survey, *, by: User | None) -> Survey:
    """End a survey; of one without names all that could tell who has answered is destroyed. Raises what ``perform``
    raises.
    """
    if survey.is_anonymous:
        anonymity.wipe_what_is_deleted()
    closed = perform(survey, "close", by=by, columns={"salt": ""})
    if closed.is_anonymous:
        anonymity.forget(closed)
    return closed


# --- what the clock does ---------------------------------------------------------------------------------------------


def open_due() -> int:
    """Begin surveys that are to begin by themselves, unless something is missing; returns how many."""
    today = timezone.localdate()
    due = Survey.objects.with_requirements().filter(
        state=State.DRAFT, opens_itself=True, opens_on__lte=today, closes_on__gte=today
    )
    return len([start(survey, by=None) for survey in due.order_by("pk") if not complaints(survey, "open")])


def close_due() -> int:
    """End surveys whose last day has passed; returns how many."""
    due = Survey.objects.with_requirements().filter(state=State.OPEN, closes_on__lt=timezone.localdate())
    return len([close(survey, by=None) for survey in due.order_by("pk")])


def invite_due() -> int:
    """Invite those whose programs have come to the moment of a survey that runs; returns how many."""
    rolling = Survey.objects.running().exclude(edition__questionnaire__moment="").order_by("pk")
    return sum(_invited(survey) for survey in rolling)


@transaction.atomic
def _invited(survey: Survey) -> int:
    return invite_new(survey, by=None)


def remind_due() -> int:
    """Remind of surveys that end in the days that each says, once; returns of how many."""
    today, number = timezone.localdate(), 0
    for survey in Survey.objects.running().exclude(remind_before=0).order_by("pk"):
        since: date = survey.closes_on - timedelta(days=survey.remind_before)
        if today < since or (survey.reminded_on and survey.reminded_on >= since):
            continue
        try:
            number += bool(remind(survey, by=None))
        except Already:
            continue
    return number


def published(code: str) -> Edition | None:
    """Return the last published edition of a form that came with the program."""
    found = Edition.objects.filter(questionnaire__code=code, published_on__isnull=False)
    return found.select_related("questionnaire").order_by("-number").first()
