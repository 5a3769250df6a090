"""Acts over many people of the list: into a bank, consents to processing printed, recorded, asked for (п. 3.4, 3.5)."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import prefetch_related_objects
from django.utils import timezone

from mentoring_site.forms import BaseForm
from mentoring_site.pdf.printing import printed
from mentoring_site.told import by_letter
from mentoring_site.ui.bulk_act import BulkAct, Chosen
from mentoring_site.workflow import Refused
from people.accounts.models import User
from people.banks import acts as bank_acts
from people.banks.acts import IN_BANK, TO_BANK
from people.banks.models import Candidate
from people.consents import acts as consent_acts
from people.consents import texts
from people.consents.models import PROCESSING, Consent
from people.register.models import Person
from people.rights import Right
from people.roles.letters import number_of_letters, unreachable

PEOPLE_NOUN = "человек,человека,человек"
NO_CONSENT = "нет согласия на обработку персональных данных"
HAS_CONSENT = "согласие на обработку персональных данных уже есть"
NOT_AT_WORK = "сейчас не работает"
NOT_TEACHING = "наставником может быть только педагогический работник (п. 1.2 Положения)"
ON_PAPER = "напечатайте бланк"


class WhyForm(BaseForm):
    """Why these people are proposed; the same words for each."""

    why = forms.CharField(label="Почему", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class GivenForm(BaseForm):
    """The day that stands on the signed papers."""

    given_on = forms.DateField(label="Дата на бумаге", help_text="Одна для всех отмеченных")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["given_on"].initial = timezone.localdate

    def clean_given_on(self) -> date:
        """Refuse a day to come at the field."""
        day = self.cleaned_data["given_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Согласие не может быть дано будущим числом")
        return day


def _posts(person: Any) -> str:
    return "; ".join(post.post for post in person.posts)


def _to_bank(people: list[Any], by: User, *, part: str) -> list[Chosen]:
    """Say of each person whether the bank takes them; reads what the list has prefetched."""
    found = []
    for person in people:
        reasons = []
        if any(c.part == part for c in person.in_banks):
            reasons.append(f"уже стоит {IN_BANK[part]}")
        elif not person.posts:
            reasons.append(NOT_AT_WORK)
        elif part == Candidate.Part.MENTOR and not any(post.is_teaching for post in person.posts):
            reasons.append(NOT_TEACHING)
        if not reasons and not person.has_consent:
            reasons.append(NO_CONSENT)
        found.append(Chosen(person, person.short_name, person.get_absolute_url(), _posts(person), tuple(reasons)))
    return found


def _propose(person: Person, *, by: User, key: UUID, part: str, why: str) -> Candidate:
    return bank_acts.propose(person, part, by=by, why=why, request_key=key)


def _without_consent(people: list[Any], by: User, *, by_letter: bool = False) -> list[Chosen]:
    """Say of each person whether a consent to processing is still to be given."""
    found = []
    if by_letter:
        prefetch_related_objects(people, "user")
    for person in people:
        why = HAS_CONSENT if person.has_consent else unreachable(person, ON_PAPER) if by_letter else ""
        reasons = (why,) if why else ()
        found.append(Chosen(person, person.short_name, person.get_absolute_url(), _posts(person), reasons))
    return found


def _blank(person: Person, *, by: User, key: UUID) -> tuple[str, dict]:
    template = texts.template_name(PROCESSING, "", consent_acts.latest_text(PROCESSING))
    return template, texts.paper_facts(person, PROCESSING)


def _record(person: Person, *, by: User, key: UUID, given_on: date) -> Consent:
    if Consent.objects.live().filter(person=person, purpose=PROCESSING).exists():
        raise Refused(HAS_CONSENT)
    return consent_acts.record(person, PROCESSING, by=by, given_on=given_on, request_key=key)


def _ask(person: Person, *, by: User, key: UUID) -> None:
    consent_acts.ask(person, by=by)


def _bank(part: str, url: str) -> BulkAct:
    return BulkAct(
        f"Предложить {TO_BANK[part]}",
        url,
        Right.BANKS_PROPOSE,
        PEOPLE_NOUN,
        f"Предложены {TO_BANK[part]}",
        partial(_to_bank, part=part),
        partial(_propose, part=part),
        form=WhyForm,
        consequences=lambda ready, by: [
            by_letter("Каждому уйдёт письмо с просьбой заполнить анкету."),
            "За тех, кому не написать, анкету заполняют с их слов.",
            f"Когда анкета заполнена, решение принимает {Right.BANKS_APPROVE.who}.",
        ],
    )


PROPOSE = {
    Candidate.Part.MENTEE: _bank(Candidate.Part.MENTEE, "people:propose_mentees"),
    Candidate.Part.MENTOR: _bank(Candidate.Part.MENTOR, "people:propose_mentors"),
}
PRINT = BulkAct(
    "Напечатать бланки согласия",
    "people:consents_print",
    Right.CONSENTS_RECORD,
    "бланк,бланка,бланков",
    "Напечатаны бланки согласия",
    _without_consent,
    _blank,
    heading="Бланки согласия на обработку персональных данных",
    consequences=lambda ready, by: [
        "Все бланки откроются одним файлом PDF, заполненные тем, что известно.",
        "Ничего не записывается: когда бумаги подписаны, отметьте этих людей и запишите согласия.",
    ],
    finish=lambda papers, by: printed(papers, "Бланки согласий"),
    repeatable=True,
)
RECORD = BulkAct(
    "Записать подписанные согласия",
    "people:consents_record",
    Right.CONSENTS_RECORD,
    "согласие,согласия,согласий",
    "Записаны согласия на обработку",
    _without_consent,
    _record,
    heading="Записать согласия на обработку персональных данных",
    form=GivenForm,
    consequences=lambda ready, by: [
        "Согласия будут записаны как данные на бумаге; подписанные листы должны лежать у Вас.",
        "Сканы можно приложить позже: в реестре согласий есть отбор «на бумаге без скана».",
    ],
)
ASK = BulkAct(
    "Попросить о согласии письмом",
    "people:consents_ask",
    Right.CONSENTS_RECORD,
    "письмо,письма,писем",
    "Просьбы о согласии написаны",
    partial(_without_consent, by_letter=True),
    _ask,
    consequences=lambda ready, by: [
        number_of_letters(len(ready)),
        by_letter("Каждый получит письмо с просьбой подписать согласие на обработку данных."),
    ],
)
BULK = (*PROPOSE.values(), PRINT, RECORD, ASK)
