"""Papers and pay that a replacement of a mentor asks for (ТК 351.8): its order itself sets no pay."""

from datetime import timedelta

from django.urls import reverse

from mentoring_site.russian import period, rudate, upper_first
from mentoring_site.ui.elements import Check
from people.rights import Right
from programs.changes.replacement.models import Replacement
from programs.mentor_agreements import acts as agreement_acts
from programs.mentor_agreements import employers
from programs.mentor_agreements.models import MentorAgreement


def papers_left(change: Replacement) -> list[Check]:
    """Return what is done and what is left to do: the agreement of the new mentor, the pay of the former one."""
    rows = MentorAgreement.objects.filter(pairing=change.pairing_id, dropped_at__isnull=True).with_stage()
    rows = rows.filter(person__in=[change.candidate.person_id, change.former.person_id]).order_by("pk")
    made = {a.person_id: a for a in rows}
    return [
        _successor(change, made.get(change.candidate.person_id)),
        *_former(change, made.get(change.former.person_id)),
    ]


def _successor(change: Replacement, agreement: MentorAgreement | None) -> Check:
    person, first = change.candidate.person, change.effective_on or change.since
    if agreement is None or agreement.stage == "ended":
        term = period(first, change.until) if change.until else f"с {rudate(first)}"
        kind = employers.paper_kind(change.employment) if change.employment_id else agreement_acts.AGREEMENT
        paper = MentorAgreement.Kind(kind).label
        text = (
            f"{person.full_name}, {term}: поручение, письменное согласие, {paper}, в нём выплата с какого и по какой"
            " день"
        )
        url = reverse("programs:agreement_new", args=[person.pk])
        return _step(False, text, url, "Начать оформление")
    if agreement.stage != MentorAgreement.Stage.WORKING:
        text = f"{person.full_name}: {MentorAgreement.Stage(agreement.stage).label}"
        return _step(False, text, agreement.get_absolute_url(), "Открыть оформление")
    paid = f", выплата {period(agreement.pay_from, agreement.paid_through)}" if agreement.pay_from else ""
    return _step(True, f"{person.full_name}: {agreement.get_kind_display()} действует{paid}")


def _former(change: Replacement, agreement: MentorAgreement | None) -> list[Check]:
    """What becomes of pay that an order of the school has set and that lasts into the replacement."""
    first = change.effective_on or change.since
    if (
        agreement is None
        or agreement.kind != agreement_acts.AGREEMENT
        or not agreement.order_number
        or agreement.pay_to < first
    ):
        return []
    person = agreement.person
    if agreement.stop_number:
        last = rudate(agreement.paid_through)
        return [
            _step(
                True, f"{person.full_name}: выплата прекращена, последний день {last}, приказ № {agreement.stop_number}"
            )
        ]
    last = first - timedelta(days=1)
    back = "; после возвращения её устанавливают заново" if change.until else ""
    text = (
        f"{person.full_name}: выплата установлена приказом № {agreement.order_number} по {rudate(agreement.pay_to)} "
        f"Её прекращает приказ по личному составу, последний день — {rudate(last)}{back}"
    )
    return [_step(False, text, f"{reverse('reports:order_new')}?kind=pay", "Составить приказ о прекращении выплаты")]


def _step(met: bool, text: str, url: str = "", link: str = "") -> Check:
    who = "" if met else upper_first(Right.AGREEMENTS_RECORD.who)
    return Check(met, text, who, url, link)
