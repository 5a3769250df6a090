"""Acts over many agreements with mentors, in the sequence of ТК 351.8: papers printed, assignments, signatures, pay.

Each step is the act of one agreement (``acts.py``), done for every ticked one that stands at it.
"""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone

from mentoring_site.forms import BaseForm, DateInput
from mentoring_site.paper_numbers import NumberFormField
from mentoring_site.pdf.printing import printed
from mentoring_site.ui.bulk_act import BulkAct, Chosen
from mentoring_site.workflow import Refused
from people.accounts.models import User
from people.rights import Right
from people.roles.letters import number_of_letters
from programs.mentor_agreements import acts, documents
from programs.mentor_agreements.models import MentorAgreement
from programs.pairings import reminders
from programs.pairings.models import Pairing, Participation

Kind, Stage = MentorAgreement.Kind, MentorAgreement.Stage
AGREEMENTS = "соглашение,соглашения,соглашений"
OF_FOUNDER = "бумаги директора подписывает учредитель: запишите это на странице соглашения"
WAITS: dict[str, str] = {
    Stage.ASSIGN: "ещё нет поручения",
    Stage.CONSENT: "ещё нет согласия наставника",
    Stage.TERMS: "ещё не записаны условия",
    Stage.SIGN: "ещё не подписано",
    Stage.ORDER: "подписано, ждёт приказа об оплате",
    Stage.WORKING: "уже действует",
    Stage.ENDED: "уже закончено",
    Stage.DROPPED: "оформление снято",
}


class AssignedForm(BaseForm):
    """The day that stands on the signed assignments."""

    on = forms.DateField(
        label="Дата поручений", widget=DateInput, initial=timezone.localdate, help_text="Одна для всех отмеченных"
    )


class SignedForm(BaseForm):
    """The day on which the papers were signed."""

    on = forms.DateField(
        label="Дата подписания", widget=DateInput, initial=timezone.localdate, help_text="Одна для всех отмеченных"
    )


class NumberForm(BaseForm):
    """The number of one paper."""

    number = NumberFormField(label="Номер")


class PaidForm(BaseForm):
    """The registered order that sets the pay of all the ticked."""

    number = NumberFormField(label="Номер приказа", help_text="По личному составу, один для всех отмеченных")
    date = forms.DateField(label="Дата приказа", widget=DateInput)


def _one(agreement: MentorAgreement, note: str, *reasons: str) -> Chosen:
    name = f"{agreement.person.short_name}{f', {agreement.matter_words}' if agreement.matter_words else ''}"
    return Chosen(agreement, name, agreement.get_absolute_url(), note, tuple(filter(None, reasons)))


def _at(agreements: list[MentorAgreement], by: User, *, stage: str, note: str = "") -> list[Chosen]:
    """Say of each agreement whether it waits for this very step; one's own and the director's are passed by."""
    return [_one(agreement, note, _why_not(agreement, by, stage)) for agreement in agreements]


def _why_not(agreement: MentorAgreement, by: User, stage: str) -> str:
    if agreement.person_id == by.person_id:
        return acts.NOT_ONES_OWN
    if agreement.stage != stage:
        return WAITS[agreement.stage]
    return OF_FOUNDER if agreement.kind == Kind.FOUNDER and stage != Stage.CONSENT else ""


def _paper(agreement: MentorAgreement) -> str:
    """Return the paper that an agreement is printed for now, or an empty string."""
    if agreement.stage == Stage.ASSIGN:
        return "" if agreement.kind == Kind.FOUNDER else "assignment"
    return agreement.kind if agreement.stage == Stage.SIGN else ""


def _to_print(agreements: list[MentorAgreement], by: User) -> list[Chosen]:
    """Say of each agreement which paper it waits for: the assignment first, the agreement when its terms are set."""
    found = []
    for agreement in agreements:
        paper = _paper(agreement)
        title = documents.TITLES[paper] if paper else ""
        if paper == "assignment" and agreement.kind == Kind.COOPERATION:
            title = "Предложение"
        why = "" if paper else f"печатать сейчас нечего: {WAITS[agreement.stage]}"
        found.append(_one(agreement, title, why))
    return found


def _facts(agreement: MentorAgreement, *, by: User, key: UUID) -> tuple[str, dict]:
    whole = MentorAgreement.objects.with_stage().with_consent().select_related("person", "employment__organisation")
    agreement = whole.get(pk=agreement.pk)
    paper = _paper(agreement)
    if not paper:
        raise Refused(f"печатать уже нечего: {WAITS[agreement.stage]}")
    made = documents.assignment if paper == "assignment" else documents.paper
    return documents.TEMPLATES[paper], made(agreement)


def _assign(agreement: MentorAgreement, *, by: User, key: UUID, on: date) -> MentorAgreement:
    return acts.assign(agreement, by=by, on=on)


def _sign(agreement: MentorAgreement, *, by: User, key: UUID, on: date, number: str) -> MentorAgreement:
    return acts.sign(agreement, by=by, number=number, on=on)


def _paid(agreement: MentorAgreement, *, by: User, key: UUID, number: str, date: date) -> MentorAgreement:
    return acts.paid_by_order(agreement, by=by, number=number, date=date)


def _consent_awaited(agreements: list[MentorAgreement], by: User) -> list[Chosen]:
    """Say of each agreement whether its mentor can be reminded of the consent by letter; one query."""
    parts = {(part.pairing_id, part.person_id): part for part in _mentors(agreements)}
    found = []
    for agreement in agreements:
        part = parts.get((agreement.pairing_id, agreement.person_id))
        why = _why_not(agreement, by, Stage.CONSENT) or _no_letter(part)
        found.append(_one(agreement, "", why))
    return found


def _mentors(agreements: list[MentorAgreement]) -> Any:
    mine = Participation.objects.live().filter(
        part=Participation.Part.MENTOR, pairing__in={agreement.pairing_id for agreement in agreements}
    )
    return mine.select_related("person__user", "pairing")


def _no_letter(part: Participation | None) -> str:
    if part is None or part.pairing.state not in Pairing.OPEN_STATES:
        return "пара уже закреплена или сменила наставника: напомните лично"
    return reminders.why_not(part)


def _remind(agreement: MentorAgreement, *, by: User, key: UUID) -> Participation:
    part = _mentors([agreement]).filter(person=agreement.person_id).first()
    if part is None:
        raise Refused("наставник в этой паре уже другой")
    return reminders.remind(part, by=by, about="duties")


PRINT, ASSIGN, REMIND, SIGN, PAID = BULK = (
    BulkAct(
        "Напечатать бумаги",
        "programs:agreements_print",
        Right.AGREEMENTS_RECORD,
        "бумага,бумаги,бумаг",
        "Напечатаны",
        _to_print,
        _facts,
        heading="Напечатать поручения и соглашения",
        consequences=lambda ready, by: [
            "Бумаги откроются одним файлом PDF: поручение, где его ещё нет, соглашение, где записаны условия.",
            "Ничего не записывается: когда бумаги подписаны, отметьте эти строки и запишите поручения или подписи.",
        ],
        finish=lambda papers, by: printed(papers, "Бумаги наставников"),
        repeatable=True,
    ),
    BulkAct(
        "Записать поручения",
        "programs:agreements_assign",
        Right.AGREEMENTS_RECORD,
        "поручение,поручения,поручений",
        "Записаны поручения",
        partial(_at, stage=Stage.ASSIGN),
        _assign,
        heading="Записать подписанные поручения",
        form=AssignedForm,
        consequences=lambda ready, by: [
            "Поручения подписал директор, и наставники их получили: листы должны лежать у Вас.",
            "Дальше от каждого наставника нужно письменное согласие (ст. 351.8 ТК РФ).",
        ],
    ),
    BulkAct(
        "Напомнить о согласии",
        "programs:agreements_remind",
        Right.PAIRINGS_PROPOSE,
        "письмо,письма,писем",
        "Напоминания о согласии написаны",
        _consent_awaited,
        _remind,
        heading="Напомнить наставникам о согласии",
        may=reminders.may_remind,
        consequences=lambda ready, by: [
            number_of_letters(len(ready)),
            "Одному человеку — не чаще раза в день.",
        ],
    ),
    BulkAct(
        "Записать подписи",
        "programs:agreements_sign",
        Right.AGREEMENTS_RECORD,
        AGREEMENTS,
        "Подписи записаны",
        partial(_at, stage=Stage.SIGN),
        _sign,
        heading="Записать подписи обеих сторон",
        form=SignedForm,
        each=NumberForm,
        consequences=lambda ready, by: [
            "Условия и бумаги станут неизменными: новые условия оформляют новым соглашением.",
            "Сканы можно приложить позже, на странице каждого соглашения.",
        ],
    ),
    BulkAct(
        "Записать приказ об оплате",
        "programs:agreements_paid",
        Right.AGREEMENTS_RECORD,
        AGREEMENTS,
        "Приказ об оплате записан",
        partial(_at, stage=Stage.ORDER),
        _paid,
        form=PaidForm,
        consequences=lambda ready, by: [
            "Приказ по личному составу уже подписан и зарегистрирован; здесь он записывается ко всем отмеченным."
        ],
    ),
)
