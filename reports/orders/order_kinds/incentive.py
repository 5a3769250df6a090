"""О поощрении наставников (п. 3.5: предложение методического совета); goes by личный состав."""

from mentoring_site.workflow import Complaint
from people.language.declension import named_with_post
from reports.orders.order_kinds.base import STAFF, OrderKind
from reports.orders.order_kinds.people import named
from reports.orders.order_kinds.proposal import PROPOSAL_SUBJECT, proposal_of
from reports.orders.order_kinds.wording import CONTROL, by_regulation, executor, listed, minutes, point

MEASURES = {
    "thanks": ("благодарность", "объявить благодарность", "dative"),
    "diploma": ("почётная грамота", "наградить почётной грамотой", "accusative"),
    "bonus": ("премия", "премировать", "accusative"),
}
"""Word, verb and its case."""


def compose(order, context):
    """For what, by which measure, whom."""
    proposal = proposal_of(order)
    people = proposal.people_as("main")
    _, verb, case = MEASURES[proposal.facts["measure"]]
    merit = proposal.facts["merit"].strip().rstrip(".")
    amount = f" {proposal.facts['amount'].strip().rstrip('.')}" if proposal.facts.get("amount") else ""
    said = f"{verb[:1].upper()}{verb[1:]} {merit}{amount}"
    lines = [named_with_post(p, case) for p in people]
    tasks = [f"ознакомить {named(people, 'accusative')} с настоящим приказом"]
    if proposal.facts["measure"] == "bonus":
        tasks.append("передать копию настоящего приказа для начисления выплаты")
    council = minutes([proposal], "предложения", "предложений")
    return (
        "О поощрении наставника" if len(people) == 1 else "О поощрении наставников",
        f"{by_regulation(context.school, '3.5')}{f', на основании {council}' if council else ''}",
        [listed(lines, f"{said}:", said), *executor(context.clerk, context.until(7), *tasks), point(CONTROL)],
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
    return f"{', '.join(x.short_name for x in p.people_as('main'))} — {MEASURES[p.facts['measure']][0]}", p.facts[
        "merit"
    ]


INCENTIVE_ORDER = OrderKind(
    code="incentive",
    position=160,
    label="О поощрении наставников",
    subject=PROPOSAL_SUBJECT,
    compose=compose,
    visa_roles=("curator", "clerk"),
    series=STAFF,
    subject_filter={"kind": "incentive"},
    single_subject=True,
    form="IncentiveForm",
    check=_check,
    item_text=_line,
    hint="Поощрение предлагает методический совет (п. 3.5 Положения).",
)
