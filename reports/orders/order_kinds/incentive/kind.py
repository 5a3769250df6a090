"""О поощрении наставников (п. 3.5: предложение методического совета); goes by личный состав."""

from mentoring_site.workflow import Complaint
from people.language.declension import named_with_post
from reports.orders.order_kinds import samples
from reports.orders.order_kinds.base import PEOPLE, STAFF, OrderKind
from reports.orders.order_kinds.incentive.draft import MEASURES, IncentiveDraft
from reports.orders.order_kinds.people import named
from reports.orders.order_kinds.proposal import PROPOSAL_SUBJECT, proposal_of
from reports.orders.order_kinds.typed import Particulars
from reports.orders.order_kinds.wording import CONTROL, accounting, by_regulation, executor, listed, minutes, point


def compose(order, context):
    """For what, by which measure, whom."""
    proposal = proposal_of(order)
    people = proposal.people_as("main")
    _, verb, case = MEASURES[proposal.draft.measure]
    merit = proposal.draft.merit.strip().rstrip(".")
    amount = f" {proposal.draft.amount.strip().rstrip('.')}" if proposal.draft.amount else ""
    said = f"{verb[:1].upper()}{verb[1:]} {merit}{amount}"
    lines = [named_with_post(p, case) for p in people]
    points = executor(context.clerk, context.until(7), f"ознакомить {named(people, 'accusative')} с настоящим приказом")
    if proposal.draft.measure == "bonus":
        points += accounting(context, "начислить премию согласно настоящему приказу")
    council = minutes([proposal], "предложения", "предложений")
    return (
        "О поощрении наставника" if len(people) == 1 else "О поощрении наставников",
        by_regulation(context.school, "3.5", labour=True, article="191")
        + (f", на основании {council}" if council else ""),
        [listed(lines, f"{said}:", said), *points, point(CONTROL)],
    )


def _check(proposal):
    found = []
    if not proposal.people_as("main"):
        found.append(Complaint("Не указано, кого поощряют", "Указывает тот, кто составил приказ"))
    if not proposal.minutes_date:
        found.append(
            Complaint("Нет предложения методического совета (п. 3.5)", "Номер и дату протокола даёт секретарь совета")
        )
    return found


def _line(p):
    people = ", ".join(person.short_name for person in p.people_as("main"))
    return f"{people} — {MEASURES[p.draft.measure][0]}", p.draft.merit


def _specimen(by):
    draft = IncentiveDraft("thanks", "за результативную работу наставником")
    return Particulars(draft, {"main": samples.teachers(2)}, minutes_number="5", minutes_date=samples.day(-3))


INCENTIVE_ORDER = OrderKind(
    code="incentive",
    group=PEOPLE,
    position=160,
    label="О поощрении наставников",
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
    hint="Поощрение предлагает методический совет (п. 3.5 Положения).",
    specimen=_specimen,
)
