"""What pages about withdrawals show: rows of «Сроки по отзывам», facts of the printed demand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from mentoring_site.russian import joined
from people.accounts.models import User
from people.consents import texts as consent_texts
from people.consents.duties.presenters import DutyRow, duty_row
from people.consents.models import DUTIES, PUBLIC_FIELDS, Consent
from people.consents.withdrawals.acts import AT_ONCE
from people.consents.withdrawals.models import Withdrawal

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
    paper = reverse("people:withdrawal_answer", args=[withdrawal.pk])
    return WithdrawalRow(
        person=consent.person.short_name,
        url=consent.get_absolute_url(),
        what=f"{consent.title.capitalize()}{', часть: ' + stopped if stopped else ''}",
        demand=withdrawal.demand,
        received=withdrawal.received_on,
        at_once=AT_ONCE[consent.purpose],
        duties=[duty_row(duty, user, paper_url=paper) for duty in withdrawal.duties.all()],
    )
