"""О снятии обязанностей наставника и о досрочной отмене поручения (п. 4.1; ТК 351.8); goes by личный состав.

Nobody decides upon a notice: it takes effect on its day, the order only records it and stops the pay.
"""

from mentoring_site.russian import joined, rudate, rushort
from mentoring_site.workflow import Complaint
from people import labour, notices
from people.declined import name_in, named_with_post
from people.models import Notice
from people.workdays import earliest_end
from reports.kinds.base import STAFF, Kind
from reports.kinds.people import named
from reports.kinds.proposal import PROPOSAL, proposal_of
from reports.kinds.wording import CONTROL, CURATOR, LABOUR_CODE, REGULATION, executor, listed, point


def notices_of(proposal) -> list[Notice]:
    """Return the notices that the order records, the oldest first."""
    found = Notice.objects.filter(pk__in=proposal.facts["notices"]).select_related(
        "agreement__employment", "candidate", "person"
    )
    return list(found.prefetch_related("person__name_forms").order_by("received_on", "pk"))


def compose(order, setting):
    """Each notice with its last day; pay stops where it was set."""
    found = notices_of(proposal_of(order))
    cancelled = all(n.giver == Notice.Giver.EMPLOYER for n in found)
    heading = "О досрочной отмене поручения о наставничестве" if cancelled else "О снятии обязанностей наставника"
    grounds = joined(
        [
            f"уведомления {'работодателя' if n.giver == Notice.Giver.EMPLOYER else name_in(n.person, 'genitive', short=True)} от {rushort(n.received_on)}"
            for n in found
        ]
    )
    lines = [
        f"{named_with_post(n.person, 'genitive', n.agreement.employment if n.agreement else None)}{f' ({n.matter_words})' if n.matter_words else ''}, "
        f"последний день выполнения обязанностей — {rudate(n.effective_on)}"
        for n in found
    ]
    points = [listed(lines, "Снять обязанности наставника с", "Снять обязанности наставника с")]
    if paid := [n for n in found if _paid(n)]:
        rows = [
            f"{name_in(n.person, 'dative', short=True)}, последний день выплаты — {rudate(n.effective_on)}"
            for n in paid
        ]
        points.append(listed(rows, "Прекратить выплату за наставничество", "Прекратить выплату за наставничество"))
    people = list(dict.fromkeys(n.person for n in found))
    tasks = [f"ознакомить {named(people, 'accusative')} с настоящим приказом"]
    if paid:
        tasks.append("передать копию настоящего приказа для прекращения выплаты")
    points += executor(setting.clerk, setting.until(3), *tasks)
    points += executor(
        setting.curator,
        setting.until(7),
        "представить предложения о замене наставника или о завершении программы",
        role=CURATOR,
    )
    clause = f"пунктом 4.1 {REGULATION}" if not cancelled else f"пунктом 7.1 {REGULATION}"
    return heading, f"В соответствии со {LABOUR_CODE}, {clause}, на основании {grounds}", [*points, point(CONTROL)]


def _paid(notice) -> bool:
    agreement = notice.agreement
    return bool(
        agreement and agreement.order_number and not agreement.stop_number and notice.effective_on <= agreement.pay_to
    )


def _check(proposal):
    found = notices_of(proposal)
    complaints = [] if found else [Complaint("Не выбрано ни одного уведомления", "Указывает тот, кто составил приказ")]
    for n in found:
        who = n.person.short_name
        if n.withdrawn_on:
            complaints.append(
                Complaint(
                    f"{who}: уведомление отозвано",
                    "Решает тот, кто составил приказ: убрать его",
                    n.get_absolute_url(),
                    "Открыть",
                )
            )
        elif n.order_number:
            complaints.append(
                Complaint(
                    f"{who}: приказ по этому уведомлению уже есть, № {n.order_number}",
                    "Решает тот, кто составил приказ",
                    n.get_absolute_url(),
                    "Открыть",
                )
            )
        elif n.effective_on < earliest_end(n.received_on):
            complaints.append(
                Complaint(
                    f"{who}: между уведомлением и последним днём меньше трёх рабочих дней (ТК 351.8)",
                    "Исправляет специалист по кадрам",
                    n.get_absolute_url(),
                    "Открыть",
                )
            )
    return complaints


def _effect(proposal, *, by, order):
    for n in notices_of(proposal):
        stops = _paid(n)
        notices.record_order(n, by=by, number=order.full_number, date=order.date)
        if stops:
            labour.stop_pay(n.agreement, by=by, on=n.effective_on, number=order.full_number, date=order.date)


def _line(p):
    found = notices_of(p)
    return f"{joined([n.person.short_name for n in found])} — снимаются обязанности наставника", joined(
        [f"по {rudate(n.effective_on)}" for n in found]
    )


RELIEF = Kind(
    code="relief",
    label="О снятии обязанностей наставника",
    about=PROPOSAL,
    compose=compose,
    visas=("curator", "clerk"),
    series=STAFF,
    only={"kind": "relief"},
    single=True,
    form="ReliefForm",
    check=_check,
    effect=_effect,
    line=_line,
    hint="Уведомление вступает в силу само в свой день: приказ только записывает его и останавливает выплату (ТК 351.8).",
)
