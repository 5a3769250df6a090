"""Facts of the papers of agreements and notices for ``documents/mentor_*.html`` (ТК 72, 351.8; п. 3.2, 4.1, 7.1).

A paper that is signed keeps its facts with the agreement or the notice; before that they are put together each time.
"""

import re
from datetime import date
from decimal import Decimal

from mentoring_site.pdf.typography import in_words
from mentoring_site.russian import lower_first, number_text, plural_word
from people.consents import texts as consent_texts
from people.language.declension import name_in, post_in, post_of
from people.language.posts import decline_department
from people.register.models import Employment, Person
from people.rights import ACTING, CHAIR, CURATOR, DIRECTOR
from people.roles.holders import holder, signer
from people.roles.models import RoleGrant
from people.school.models import School
from programs.mentor_agreements.models import MentorAgreement, Notice
from programs.pairings.models import Participation

CONTENT = (
    "разработать вместе с наставляемым персонализированную программу наставничества и представить её куратору",
    "выполнять мероприятия программы в установленные сроки, проводить встречи и отмечать их в журнале",
    "помогать наставляемому в профессиональной и должностной адаптации и в преодолении профессиональных затруднений",
    "проверять выполнение заданий и подвести итоги программы",
)
"""What a mentor does (п. 1.2, 4.2): proposed as the content of the work, one line each."""
WORK_FORM = "очно, в рабочее время, индивидуально с наставляемым; встречи могут проходить дистанционно"
OUTSIDE_FORM = "очно, индивидуально с наставляемым, в согласованные дни и часы; встречи могут проходить дистанционно"
REPORT = "представляет отчёт наставника по окончании срока, сведения о ходе работы — по запросу куратора"
GENITIVES = {
    "положение": "положения",
    "приказ": "приказа",
    "постановление": "постановления",
    "распоряжение": "распоряжения",
    "договор": "договора",
    "решение": "решения",
    "порядок": "порядка",
    "коллективный": "коллективного",
    "закон": "закона",
}
"""First words of acts on pay, to decline «на основании Положения об оплате труда»."""
APPROVED = re.compile(r"\bутвержд[её]нн(?:ое|ый)\b")
EMPLOYMENTS: dict[str, str] = {
    Employment.Kind.MAIN: "по основному месту работы",
    Employment.Kind.INTERNAL: "по внутреннему совместительству",
    Employment.Kind.EXTERNAL: "по внешнему совместительству",
}
TEMPLATES: dict[str, str] = {
    "assignment": "documents/mentor_assignment.html",
    MentorAgreement.Kind.AGREEMENT: "documents/mentor_agreement.html",
    MentorAgreement.Kind.COOPERATION: "documents/mentor_cooperation.html",
    MentorAgreement.Kind.FOUNDER: "documents/mentor_founder_letter.html",
    Notice.Giver.WORKER: "documents/mentor_refusal.html",
    Notice.Giver.EMPLOYER: "documents/mentor_cancellation.html",
}
TITLES: dict[str, str] = {
    "assignment": "Поручение",
    MentorAgreement.Kind.AGREEMENT: "Дополнительное соглашение",
    MentorAgreement.Kind.COOPERATION: "Соглашение о сотрудничестве",
    MentorAgreement.Kind.FOUNDER: "Ходатайство учредителю",
    Notice.Giver.WORKER: "Уведомление об отказе",
    Notice.Giver.EMPLOYER: "Уведомление об отмене поручения",
}


def file_name(paper: str, person: Person) -> str:
    """Return «Дополнительное соглашение Очирова С. Д.»."""
    return f"{TITLES[paper]} {person.short_name}"


def assignment(agreement: MentorAgreement) -> dict:
    """Return the facts of the employer's assignment (поручение, предложение)."""
    return common(agreement, agreement.assigned_on) | {"date": iso(agreement.assigned_on)}


def paper(agreement: MentorAgreement) -> dict:
    """Return the facts of the paper that the mentor's kind of employment asks for: agreement, cooperation or the
    letter to the founder.
    """
    facts = common(agreement, agreement.signed_on) | {"number": agreement.number, "date": iso(agreement.signed_on)}
    if agreement.kind == MentorAgreement.Kind.FOUNDER:
        facts["petitioner"] = petitioner(agreement.person_id, agreement.signed_on)
        facts["founder_to"] = decline_department(facts["school"]["founder"], "accusative")
    return facts


def common(agreement: MentorAgreement, on: date | None) -> dict:
    """Return the facts that all papers of an agreement share."""
    live = agreement.consent_on if hasattr(agreement, "consent_on") else None
    return {
        "school": employer_facts(),
        "employer": employer(on, but=agreement.person_id),
        "person": person_facts(agreement.person, agreement.employment),
        "outside": agreement.kind == MentorAgreement.Kind.COOPERATION,
        "pairing": agreement.matter_words or "в наставнической паре (группе) по приказу о закреплении",
        "consent": iso(live),
        "content": lines(agreement.content) or default_content(agreement),
        "work_form": agreement.work_form or default_form(agreement),
        "report": lower_first(agreement.report or REPORT),
        "basis": agreement.consent_basis,
        "starts": iso(agreement.starts_on),
        "ends": iso(agreement.ends_on),
        "pay": pay_facts(agreement),
        "free": agreement.free_reason,
        "exempt": agreement.exempt_reason,
    }


def notice_facts(
    person: Person,
    giver: str,
    *,
    agreement: MentorAgreement | None = None,
    notice: Notice | None = None,
    matter_words: str = "",
) -> dict:
    """Return the facts of a notice; without ``notice`` a blank form to be filled in by a pen."""
    on = notice.received_on if notice else None
    employment = agreement.employment if agreement else None
    kind = agreement.kind if agreement else ""
    known = notice.matter_words if notice else matter_words or (agreement.matter_words if agreement else "")
    head = None if kind == MentorAgreement.Kind.FOUNDER else employer(on, but=person.pk)
    return {
        "school": employer_facts(),
        "employer": head,
        "director": consent_texts.director_facts(on) if head else None,
        "person": person_facts(person, employment),
        "outside": kind == MentorAgreement.Kind.COOPERATION,
        "to_founder": kind == MentorAgreement.Kind.FOUNDER,
        "pairing": known or "в наставнической паре (группе) по приказу о закреплении",
        "agreement": (
            {"number": agreement.number, "date": iso(agreement.signed_on)} if agreement and agreement.number else None
        ),
        "received": iso(on),
        "effective": iso(notice.effective_on) if notice else None,
        "reason": notice.reason if notice else "",
        "mark": _mark(notice),
        "giver": giver,
    }


def _mark(notice: Notice | None) -> str | None:
    """Words that stand for a signature given in the application; none where the paper is still to be signed."""
    if notice is None or notice.form != notice.Form.APPLICATION or notice.needs_paper:
        return None
    return consent_texts.confirmation_mark(notice.given_at, notice.address)


def employer_facts() -> dict[str, str]:
    """Return the particulars of the school as a side of an agreement; empty ones become lines for a pen."""
    school = School.get()
    own = {field: getattr(school, field) if school else "" for field in ("phone", "email")}
    return consent_texts.operator_facts() | own


def employer(on: date | None, *, but: int | None = None) -> dict | None:
    """Return who signs for the employer on a day, in the cases of papers; None (lines for a pen) when there is nobody.

    ``but`` is the mentor, who never signs for both sides.
    """
    head, post = signer(on)
    if head is None or head.pk == but:
        return None
    low = post[:1].lower() + post[1:]
    acting = "исполняющий обязанности" in low
    grant = (
        RoleGrant.objects.live(on).filter(person=head, role=ACTING if acting else DIRECTOR).order_by("-since").first()
    )
    order = grant and acting and grant.order_number and grant.order_date
    basis = (
        f"приказа от {grant.order_date:%d.%m.%Y} № {grant.order_number}" if order else "приказа" if acting else "Устава"
    )
    return {
        "post": post,
        "post_genitive": post_in(head, low, "genitive"),
        "name_genitive": name_in(head, "genitive"),
        "before": head.signature_name,
        "gender": head.gender,
        "basis": basis,
        "order_unknown": bool(acting and not order),
    }


def petitioner(but: int, on: date | None) -> dict | None:
    """Return who signs the letter to the founder: curator or chair of the council, never the director oneself."""
    for role, words in (
        (CURATOR, "куратор реализации программ наставничества"),
        (CHAIR, "председатель методического совета"),
    ):
        head = holder(role, on)
        if head is not None and head.pk != but:
            post = post_of(head)
            words = f"{post}, {words}" if post and role == CURATOR else words
            return {"post": words[:1].upper() + words[1:], "name_before": head.signature_name}
    return None


def person_facts(person: Person, employment: Employment | None = None) -> dict:
    """Return the mentor as papers name them, by the post of the one employment."""
    post = post_of(person, employment, teaching=True)
    low = post[:1].lower() + post[1:] if post[1:2].islower() else post
    place = employment.organisation if employment else None
    return {
        "nominative": person.full_name,
        "genitive": name_in(person, "genitive"),
        "dative": name_in(person, "dative"),
        "accusative": name_in(person, "accusative"),
        "before": person.signature_name,
        "address_name": person.address_name,
        "post": low,
        "post_genitive": post_in(person, low, "genitive"),
        "post_dative": post_in(person, low, "dative"),
        "post_accusative": post_in(person, low, "accusative"),
        "gender": person.gender,
        "address": person.address,
        "phone": person.phone,
        "employment": EMPLOYMENTS[employment.kind] if employment else "",
        "organisation": place.name if place else "",
        "organisation_short": place.short_name if place else "",
        "organisation_city": place.city if place else "",
    }


def pay_facts(agreement: MentorAgreement) -> dict | None:
    """Return «в размере 15 процентов должностного оклада в месяц», its term and act; None while it is not set
    or there is none.
    """
    if not agreement.is_paid:
        return None
    percent = agreement.pay_kind == MentorAgreement.Pay.PERCENT
    words = f"{_sized(agreement.pay_amount, 'процент' if percent else 'рубл', percent)} {PER[agreement.pay_kind]}"
    return {
        "amount": words,
        "act": act_words(agreement),
        "act_genitive": act_words(agreement, genitive=True),
        "from": iso(agreement.pay_from),
        "to": iso(agreement.pay_to),
    }


def act_words(agreement: MentorAgreement, *, genitive: bool = False) -> str:
    """Return «Положение об оплате труда от 30.08.2026 № 40-од, пункт 4.2»; empty where no act sets the pay.

    In the genitive an act that begins with an unknown word gives an empty string: it is named after a colon then.
    """
    first, _, rest = agreement.pay_act.strip().partition(" ")
    if genitive:
        declined = GENITIVES.get(first.lower().replace("ё", "е"), "")
        if first.lower() == "коллективный":
            rest = rest.replace("договор", "договора", 1)
        if not declined:
            return ""
        first = declined.capitalize() if first[:1].isupper() else declined
        rest = APPROVED.sub("утверждённого", rest)
    day, number, point = agreement.pay_act_date, agreement.pay_act_number, agreement.pay_act_point
    words = [first, rest, f"от {day:%d.%m.%Y}" if day else "", f"№ {number}" if number else ""]
    said = " ".join(filter(None, words))
    return f"{said}, пункт {point}" if said and point else said


def default_content(agreement: MentorAgreement) -> list[str]:
    """Return the content of the work that is proposed: with one mentee or with a group."""
    return [_of_mentees(line, agreement) for line in CONTENT]


def default_form(agreement: MentorAgreement) -> str:
    """Return the form of the work that is proposed: an outsider has no working time here, a group meets together."""
    words = OUTSIDE_FORM if agreement.kind == MentorAgreement.Kind.COOPERATION else WORK_FORM
    if _is_group(agreement):
        return words.replace("индивидуально с наставляемым", "с группой наставляемых")
    return _of_mentees(words, agreement)


def _is_group(agreement: MentorAgreement) -> bool:
    return agreement.matter_words.startswith("в группе")


def _of_mentees(words: str, agreement: MentorAgreement) -> str:
    """Put «наставляемый» into the plural for a group, into the feminine for a woman."""
    forms = ("наставляемыми", "наставляемым") if _is_group(agreement) else ()
    if not forms and _mentee_is_woman(agreement):
        forms = ("наставляемой", "наставляемой")
    if not forms:
        return words
    return words.replace("с наставляемым", f"с {forms[0]}").replace("помогать наставляемому", f"помогать {forms[1]}")


def _mentee_is_woman(agreement: MentorAgreement) -> bool:
    mentees = Participation.objects.live().filter(pairing=agreement.pairing_id, part=Participation.Part.MENTEE)
    return set(mentees.values_list("person__gender", flat=True)) == {Person.Gender.FEMALE}


PER: dict[str, str] = {
    MentorAgreement.Pay.PERCENT: "должностного оклада в месяц",
    MentorAgreement.Pay.SUM: "в месяц",
    MentorAgreement.Pay.MENTEE: "в месяц за каждого наставляемого",
    MentorAgreement.Pay.HOUR: "за каждый час наставничества, подтверждённый обеими сторонами",
}


def _sized(amount: Decimal, stem: str, percent: bool) -> str:
    """Return «15 процентов», «1,5 процента», «5000 рублей», «350,50 рубля»: after «в размере»."""
    one, many = ("а", "ов") if percent else ("я", "ей")
    whole = amount == int(amount)
    ending = plural_word(int(amount), f"{one},{many},{many}") if whole else one
    said = number_text(amount) if whole or percent else f"{amount:.2f}".replace(".", ",")
    return f"{said} {stem}{ending}"


def pay_words(agreement: MentorAgreement) -> str:
    """Return «в размере 15 процентов должностного оклада в месяц, с … по …» for pages; an empty string without pay."""
    facts = pay_facts(agreement)
    if facts is None:
        why = f": {agreement.free_reason}" if agreement.free_reason else ""
        return agreement.get_pay_kind_display() + why
    through = iso(agreement.paid_through)
    return f"в размере {facts['amount']}, с {in_words(facts['from'])} по {in_words(through)}"


def lines(text: str) -> list[str]:
    """Return the non-empty lines of a text without the signs that end them."""
    return [line.strip().rstrip(";.") for line in text.splitlines() if line.strip()]


def iso(day: date | None) -> str | None:
    """Return an ISO date for facts, or None."""
    return day.isoformat() if day else None
