"""What pages about withdrawals show: rows of «Сроки по отзывам», facts of the printed demand."""

from django.urls import reverse
from django.utils import timezone

from mentoring_site.russian import NBSP, joined, near, rudate
from people.consents import acts as consent_acts
from people.consents import texts as consent_texts
from people.consents.models import DUTIES, PUBLIC_FIELDS, Consent
from people.consents.withdrawals.acts import AT_ONCE, HOW
from people.consents.withdrawals.models import WithdrawalDuty
from people.rights import Right

TITLES = {
    "processing": "на обработку персональных данных",
    "dissemination": "на распространение персональных данных",
    "mentor": "на выполнение обязанностей наставника",
    "mentee": "на выполнение обязанностей наставляемого",
}


def form_facts(consent, purpose: str, part: str, *, fields=(), demand: bool = False) -> dict:
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


def rows(withdrawals, user) -> list[dict]:
    """Return the rows of the list; takes withdrawals with their consents, people and duties prefetched."""
    return [_row(withdrawal, user) for withdrawal in withdrawals]


def _row(withdrawal, user) -> dict:
    consent = withdrawal.consent
    about = Consent(purpose=consent.purpose, part=consent.part)
    stopped = joined([PUBLIC_FIELDS[code] for code in withdrawal.fields if code in PUBLIC_FIELDS])
    return {
        "person": consent.person.short_name,
        "url": consent.get_absolute_url(),
        "what": f"{consent_acts.consent_title(about).capitalize()}{', часть: ' + stopped if stopped else ''}",
        "demand": withdrawal.demand,
        "received": withdrawal.received_on,
        "at_once": AT_ONCE[consent.purpose],
        "duties": [_duty(duty, consent, withdrawal, user) for duty in withdrawal.duties.all()],
    }


def _duty(duty, consent, withdrawal, user) -> dict:
    keeper, is_done = user.can(Right.CONSENTS_RECORD), duty.done_at is not None
    late = not is_done and duty.due_on < timezone.localdate()
    tone = "done" if is_done else "late" if late else "you" if keeper else "others"
    url = ""
    if keeper and not is_done:
        if duty.kind == WithdrawalDuty.Kind.DESTROY:
            url = f"{reverse('people:destruction_new', args=[consent.person_id])}?withdrawal={withdrawal.pk}"
        else:
            url = reverse("people:withdrawal_done", args=[duty.pk])
    who = f"{duty.done_by.person.short_name}, {timezone.localtime(duty.done_at):%d.%m.%Y в %H:%M}" if is_done else ""
    return {
        "what": duty.get_kind_display().capitalize(),
        "how": duty.note if is_done else HOW[duty.kind],
        "until": f"до{NBSP}{rudate(duty.due_on)}",
        "near": "" if is_done else near(duty.due_on),
        "badge": {"word": "сделано" if is_done else "просрочено" if late else "нужно сделать", "tone": tone},
        "who": who,
        "url": url,
        "verb": "Подготовить акт" if duty.kind == WithdrawalDuty.Kind.DESTROY else "Отметить «сделано»",
    }
