"""What pages about withdrawals show: rows of «Сроки по отзывам», facts of the printed demand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from mentoring_site.russian import NBSP, joined, near, rudate
from mentoring_site.ui.elements import Badge
from people.accounts.models import User
from people.consents import texts as consent_texts
from people.consents.models import DUTIES, PUBLIC_FIELDS, Consent
from people.consents.withdrawals.acts import AT_ONCE, HOW
from people.consents.withdrawals.models import Withdrawal, WithdrawalDuty
from people.rights import Right

Kind = WithdrawalDuty.Kind
TITLES = {
    "processing": "на обработку персональных данных",
    "dissemination": "на распространение персональных данных",
    "mentor": "на выполнение обязанностей наставника",
    "mentee": "на выполнение обязанностей наставляемого",
}


def form_facts(
    consent: Consent | None, purpose: str, part: str, *, fields: Iterable[str] = (), demand: bool = False
) -> dict:
    """Return the facts of ``documents/withdrawal.html``; without a consent it is an empty form for anybody."""
    facts = consent_texts.paper_facts(consent.person if consent else None, purpose)
    choice = consent is None and purpose == "dissemination"
    return {
        "school": facts["school"],
        "person": facts["person"],
        "director": consent_texts.director_facts(),
        "purpose": purpose,
        "consent": {
            "title": TITLES[part if purpose == DUTIES else purpose],
            "date": consent.given_on.isoformat() if consent else None,
        },
        "fields": [PUBLIC_FIELDS[code] for code in fields],
        "choice": list(PUBLIC_FIELDS.values()) if choice else [],
        "demand": demand,
        "reason": None,
        "date": None,
        "mark": None,
    }


@dataclass(frozen=True)
class DutyRow:
    """One thing that is due after a withdrawal: what, how, until when, who has done it, where it is done."""

    what: str
    how: str
    until: str
    near: str
    badge: Badge
    who: str
    url: str
    verb: str
    paper_url: str = ""


@dataclass(frozen=True)
class WithdrawalRow:
    """A withdrawal in the list of terms; ``at_once`` says what was done the moment it was recorded."""

    person: str
    url: str
    what: str
    demand: bool
    received: date
    at_once: str
    duties: list[DutyRow]


def row(withdrawal: Withdrawal, user: User) -> WithdrawalRow:
    """Return a row of the list; the consent, its person and the duties are fetched already."""
    consent = withdrawal.consent
    stopped = joined([PUBLIC_FIELDS[code] for code in withdrawal.fields if code in PUBLIC_FIELDS])
    return WithdrawalRow(
        person=consent.person.short_name,
        url=consent.get_absolute_url(),
        what=f"{consent.title.capitalize()}{', часть: ' + stopped if stopped else ''}",
        demand=withdrawal.demand,
        received=withdrawal.received_on,
        at_once=AT_ONCE[consent.purpose],
        duties=[_duty(duty, withdrawal, user) for duty in withdrawal.duties.all()],
    )


def _duty(duty: WithdrawalDuty, withdrawal: Withdrawal, user: User) -> DutyRow:
    records, is_done = user.can(Right.CONSENTS_RECORD), duty.done_at is not None
    is_destruction = duty.kind == Kind.DESTROY
    if is_destruction:
        url = f"{reverse('people:destruction_new', args=[withdrawal.consent.person_id])}?withdrawal={withdrawal.pk}"
    else:
        url = reverse("people:withdrawal_done", args=[duty.pk])
    by, at = duty.done_by, duty.done_at
    who = f"{by.person.short_name}, {timezone.localtime(at):%d.%m.%Y в %H:%M}" if by and at else ""
    return DutyRow(
        what=duty.get_kind_display().capitalize(),
        how=duty.note if is_done else HOW[duty.kind],
        until=f"до{NBSP}{rudate(duty.due_on)}",
        near="" if is_done else near(duty.due_on),
        badge=_badge(duty, may_do=records),
        who=who,
        url=url if records and not is_done else "",
        verb="Подготовить акт" if is_destruction else "Отметить «сделано»",
        paper_url=reverse("people:withdrawal_answer", args=[withdrawal.pk]) if duty.kind == Kind.ANSWER else "",
    )


def _badge(duty: WithdrawalDuty, *, may_do: bool) -> Badge:
    if duty.done_at is not None:
        return Badge("сделано", "done")
    if duty.due_on < timezone.localdate():
        return Badge("просрочено", "late")
    return Badge("нужно сделать", "you" if may_do else "others")
