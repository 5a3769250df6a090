"""О поощрении: of mentors on the proposal of the methodical council (п. 3.5), of others on that of a mentor (п. 4.2).

ТК 191 lets the employer honor any worker; goes by личный состав.
"""

from mentoring_site.workflow import Complaint
from people.language.declension import named_with_post
from reports.orders.order_kinds import samples
from reports.orders.order_kinds.base import PEOPLE, STAFF, OrderKind
from reports.orders.order_kinds.incentive.draft import IncentiveDraft
from reports.orders.order_kinds.people import named
from reports.orders.order_kinds.proposal import PROPOSAL_SUBJECT, proposal_of
from reports.orders.order_kinds.typed import Particulars
from reports.orders.order_kinds.wording import CONTROL, accounting, by_regulation, executor, listed, minutes, point


def compose(order, context):
    """For what, by which measures, whom."""
    proposal = proposal_of(order)
    people, draft = proposal.people_as("main"), proposal.draft
    merit = draft.merit.strip().rstrip(".")
    points = [_measure(one, people, merit, draft.amount) for one in draft.said]
    points += executor(
        context.clerk, context.until(7), f"ознакомить {named(people, 'accusative')} с настоящим приказом"
    )
    if any(one.is_material for one in draft.said):
        points += accounting(context, "начислить премию согласно настоящему приказу")
    council = minutes([proposal], "предложения", "предложений")
    basis = council or draft.proposal.strip().rstrip(".")
    of_mentor = bool(draft.proposal.strip()) and not council
    clause = "4.2" if of_mentor else "3.5"
    return (
        _heading(people, of_mentor),
        by_regulation(context.school, clause, labour=True, article="191")
        + (f", на основании {basis}" if basis else ""),
        [*points, point(CONTROL)],
    )


def _measure(measure, people, merit, amount):
    size = f" {amount.strip().rstrip('.')}" if amount and measure.is_material else ""
    said = f"{measure.verb[:1].upper()}{measure.verb[1:]} {merit}{size}"
    lines = [named_with_post(p, measure.case) for p in people]
    return listed(lines, f"{said}:", said)


def _heading(people, of_mentor):
    one, many = ("работника", "работников") if of_mentor else ("наставника", "наставников")
    return f"О поощрении {one if len(people) == 1 else many}"


def _check(proposal):
    found = []
    if not proposal.people_as("main"):
        found.append(Complaint("Не указано, кого поощряют", "Указывает тот, кто составил приказ"))
    if not proposal.minutes_date and not proposal.draft.proposal.strip():
        found.append(
            Complaint("Нет предложения методического совета (п. 3.5)", "Номер и дату протокола даёт секретарь совета")
        )
    return found


def _line(p):
    people = ", ".join(person.short_name for person in p.people_as("main"))
    return f"{people} — {', '.join(one.word for one in p.draft.said)}", p.draft.merit


def _specimen(by):
    draft = IncentiveDraft("thanks", "за результативную работу наставником")
    return Particulars(draft, {"main": samples.teachers(2)}, minutes_number="5", minutes_date=samples.day(-3))


INCENTIVE_ORDER = OrderKind(
    code="incentive",
    group=PEOPLE,
    position=160,
    label="О поощрении",
    subject=PROPOSAL_SUBJECT,
    compose=compose,
    visa_roles=("curator", "clerk"),
    series=STAFF,
    subject_filter={"kind": "incentive"},
    single_subject=True,
    form="reports.orders.order_kinds.incentive.form.IncentiveForm",
    draft=IncentiveDraft,
    check=_check,
    item_text=_line,
    hint=(
        "Наставников поощряют по предложению методического совета (п. 3.5 Положения), наставляемых и коллег — по"
        " предложению наставника (п. 4.2). Приказ издают только о работниках школы (ТК РФ, ст. 191)."
    ),
    specimen=_specimen,
)
