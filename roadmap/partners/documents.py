"""Facts of the agreement with a partner, ``documents/partner_agreement.html`` (п. 3.3)."""

from typing import Any

from django.utils import timezone

from mentoring_site.russian import lower_first, plural
from programs.mentor_agreements.documents import employer, employer_facts
from roadmap.partners.models import PartnerAgreement

TITLES: dict[str, str] = {
    PartnerAgreement.Kind.COOPERATION: "о сотрудничестве",
    PartnerAgreement.Kind.SOCIAL: "о социальном партнёрстве",
    PartnerAgreement.Kind.NETWORK: "о сетевой форме реализации образовательной программы",
    PartnerAgreement.Kind.OTHER: "о взаимодействии",
}
OURS = (
    "предоставляет помещения, материалы и сведения, необходимые для совместной работы",
    "направляет своих педагогов на совместные мероприятия и сообщает о своих мероприятиях",
)
THEIRS = (
    "проводит для педагогов Школы консультации, стажировки и открытые мероприятия по согласованному плану",
    "участвует в совместных мероприятиях и сообщает о своих мероприятиях",
)


def agreement_facts(agreement: PartnerAgreement) -> dict[str, Any]:
    """Return what the template reads; what is not known yet is a line for a pen."""
    partner, organisation = agreement.partner, agreement.partner.organisation
    on = agreement.signed_on or timezone.localdate()
    months = plural(agreement.prolong_months, "месяц,месяца,месяцев")
    return {
        "school": employer_facts(),
        "employer": employer(on),
        "word": "Соглашение" if agreement.kind == PartnerAgreement.Kind.OTHER else "Договор",
        "title": TITLES[agreement.kind],
        "network": agreement.kind == PartnerAgreement.Kind.NETWORK,
        "number": agreement.number,
        "date": str(agreement.signed_on) if agreement.signed_on else None,
        "partner": {
            "full_name": organisation.name,
            "short_name": "" if organisation.short_name == organisation.name else organisation.short_name,
            "address": partner.address,
            "inn": partner.inn,
            "ogrn": partner.ogrn,
            "signer": agreement.their_signer,
            "basis": agreement.their_basis,
        },
        "subject": lower_first(agreement.subject.strip().rstrip(".")),
        "ours": _lines(agreement.ours) or list(OURS),
        "theirs": _lines(agreement.theirs) or list(THEIRS),
        "starts": str(agreement.starts_on) if agreement.starts_on else None,
        "ends": str(agreement.ends_on) if agreement.ends_on else None,
        "endless": agreement.starts_on is not None and agreement.ends_on is None,
        "prolongs": months if agreement.prolongs else "",
    }


def _lines(text: str) -> list[str]:
    """Return the duties of a side: one of each line, ready to stand in a list."""
    found = (line.strip(" ;.\t") for line in text.splitlines())
    return [lower_first(line) for line in found if line]
