"""О снятии обязанностей наставника и о досрочной отмене поручения (п. 4.1; ТК 351.8); goes by личный состав.

Nobody decides upon a notice: it takes effect on its day, the order only records it and stops the pay.
"""

from django.db.models import Exists, OuterRef

from mentoring_site.russian import joined, rudate, rushort
from mentoring_site.workflow import Complaint
from people.banks import acts as bank_acts
from people.banks.models import Candidate
from people.consents.matters import matters_of
from people.consents.models import Consent
from people.language.declension import name_in, named_with_post
from people.register.models import Person
from programs.mentor_agreements import acts as agreement_acts
from programs.mentor_agreements.models import MentorAgreement, Notice
from programs.mentor_agreements.notices import acts as notice_acts
from reports.orders.order_kinds import samples
from reports.orders.order_kinds.base import PEOPLE, STAFF, OrderKind
from reports.orders.order_kinds.people import named
from reports.orders.order_kinds.proposal import PROPOSAL_SUBJECT, proposal_of
from reports.orders.order_kinds.relief.draft import ReliefDraft
from reports.orders.order_kinds.typed import Particulars
from reports.orders.order_kinds.wording import (
    CONTROL,
    CURATOR,
    PAY,
    accounting,
    by_regulation,
    executor,
    labour_code,
    listed,
    point,
)


def notices_of(proposal) -> list[Notice]:
    """Return the notices that the order records, the oldest first."""
    found = Notice.objects.filter(pk__in=proposal.draft.notices).select_related(
        "agreement__employment", "candidate", "person"
    )
    return list(found.prefetch_related("person__name_forms").order_by("received_on", "pk"))


def compose(order, context):
    """Each notice with its last day; pay stops where it was set."""
    proposal = proposal_of(order)
    found, stops = notices_of(proposal), proposal.draft.stops
    cancelled = all(n.giver == Notice.Giver.EMPLOYER for n in found)
    heading = "О досрочной отмене поручения о наставничестве" if cancelled else "О снятии обязанностей наставника"
    grounds = joined(
        [
            "уведомления"
            f" {'работодателя' if n.giver == Notice.Giver.EMPLOYER else name_in(n.person, 'genitive', short=True)} от"
            f" {rushort(n.received_on)}"
            for n in found
        ]
    )
    lines = [
        f"{named_with_post(n.person, 'genitive', n.agreement.employment if n.agreement else None)}"
        f"{f' ({n.matter_words})' if n.matter_words else ''},"
        f" последний день выполнения обязанностей — {rudate(n.effective_on)}"
        for n in found
    ]
    points = [listed(lines, "Снять обязанности наставника с", "Снять обязанности наставника с")]
    if paid := [n for n in found if n.pk in stops]:
        rows = [
            f"{name_in(n.person, 'dative', short=True)}, последний день выплаты — {rudate(n.effective_on)}"
            for n in paid
        ]
        points.append(listed(rows, f"Прекратить {PAY}", f"Прекратить {PAY}"))
    people = list(dict.fromkeys(n.person for n in found))
    tasks = [f"ознакомить {named(people, 'accusative')} с настоящим приказом"]
    points += executor(context.clerk, context.until(3), *tasks)
    if paid:
        points += accounting(context, "прекратить выплату согласно настоящему приказу")
    points += executor(
        context.curator,
        context.until(7),
        "представить предложения о замене наставника или о завершении программы",
        role=CURATOR,
    )
    law = f"В соответствии со {labour_code()}" if cancelled else by_regulation(context.school, "4.1", labour=True)
    return heading, f"{law}, на основании {grounds}", [*points, point(CONTROL)]


def stops_pay(notice) -> bool:
    """Whether the order that records the notice stops a pay set by an order of the school."""
    agreement = notice.agreement
    if agreement is None or agreement.kind != MentorAgreement.Kind.AGREEMENT:
        return False
    return bool(agreement.order_number and not agreement.stop_number and notice.effective_on <= agreement.pay_to)


def _check(proposal):
    found = notices_of(proposal)
    complaints = [] if found else [Complaint("Не выбрано ни одного уведомления", "Указывает тот, кто составил приказ")]
    for n in found:
        if n.withdrawn_on:
            text = "уведомление отозвано, уберите его из сведений приказа"
        elif n.order_number:
            text = f"приказ по этому уведомлению уже есть, № {n.order_number}"
        elif stops_pay(n) != (n.pk in proposal.draft.stops):
            text = "выплата с тех пор изменилась, составьте сведения приказа заново"
        else:
            continue
        who = "Решает тот, кто составил приказ"
        complaints.append(Complaint(f"{n.person.short_name}: {text}", who, n.get_absolute_url(), "Открыть"))
    return complaints


def _apply(proposal, *, by, order):
    """The order does what its text says: pay stops where the text stops it; who leads nobody else leaves the bank."""
    found = notices_of(proposal)
    for n in found:
        notice_acts.record_order(n, by=by, number=order.number, date=order.date)
        if n.pk in proposal.draft.stops:
            agreement_acts.stop_pay(n.agreement, by=by, on=n.effective_on, number=order.number, date=order.date)
    for person in dict.fromkeys(n.person for n in found):
        _relieve(person, by=by, order=order)


def _relieve(person: Person, *, by, order) -> None:
    """Relieve the candidate of a mentor whose every pair or group ends by an order of relief (п. 4.1)."""
    by_order = Notice.objects.live().filter(person=person).exclude(order_number="")
    ended = set(by_order.values_list("pairing__uuid", flat=True))
    others = [m for m in matters_of(person) if m.part == Consent.Part.MENTOR and m.uuid not in ended]
    reason = f"Обязанности наставника сняты приказом № {order.number}"
    for candidate in Candidate.objects.filter(
        person=person, part=Candidate.Part.MENTOR, state__in=Candidate.STANDING_STATES
    ):
        bank_acts.relieve_if_free(candidate, by=by, has_other_parts=bool(others), reason=reason)


def _papers(proposal) -> list[tuple]:
    """Return the notices among the papers that the order rests on."""
    return [(f"уведомление {name_in(n.person, 'genitive', short=True)}", n.received_on) for n in notices_of(proposal)]


def _line(p):
    return _short(p), joined([f"по {rudate(n.effective_on)}" for n in notices_of(p)])


def _short(p) -> str:
    return f"{joined([person.short_name for person in p.people_as('main')])} — снимаются обязанности наставника"


def _specimen(by):
    program = samples.running_program()
    lead = program and program.pairing.participations.live().filter(part="mentor").first()
    if not lead:
        return None
    notice = Notice.objects.create(
        person=lead.person,
        candidate=lead.candidate,
        pairing=program.pairing,
        giver=Notice.Giver.WORKER,
        given_by=by,
        received_on=samples.day(),
        effective_on=samples.day(7),
        took_effect_on=samples.day(7),
    )
    return Particulars(ReliefDraft((notice.pk,)), {"main": [lead.person]})


def _registered_about(pairing) -> Exists:
    notices = Notice.objects.filter(pairing=pairing, order_number=OuterRef("number"), order_date=OuterRef("date"))
    return Exists(notices)


RELIEF_ORDER = OrderKind(
    code="relief",
    group=PEOPLE,
    position=140,
    label="О снятии обязанностей наставника",
    subject=PROPOSAL_SUBJECT,
    compose=compose,
    visa_roles=("curator", "clerk"),
    series=STAFF,
    subject_filter={"kind": "relief"},
    single_subject=True,
    form="reports.orders.order_kinds.relief.form.ReliefForm",
    draft=ReliefDraft,
    check=_check,
    cited=_papers,
    apply=_apply,
    registered_about=_registered_about,
    item_text=_line,
    short_name=_short,
    hint=(
        "Уведомление вступает в силу само в свой день: приказ только записывает его и останавливает выплату (ТК 351.8)."
    ),
    undone_by={
        "assignment": "Обязанности сняты уведомлением: наставника закрепляет новый приказ о закреплении",
    },
    specimen=_specimen,
)
