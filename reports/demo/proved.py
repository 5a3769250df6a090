"""The demo school knows its numbers and its gaps: goals of indicators, the map of clauses with its decisions."""

from decimal import Decimal

from mentoring_site.ui.list_filters import year_now
from reports.compliance import acts as compliance
from reports.compliance import counting
from reports.compliance.contradictions import CONTRADICTIONS
from reports.indicators import acts as indicators
from reports.indicators.passports import PASSPORTS

GOALS = (
    ("involved", 20, 40, "Программа развития школы до 2028 года"),
    ("young", 50, 100, "Цель Положения (п. 2.1): наставник — каждому молодому специалисту"),
    ("by_plan", None, 80, "Решение методического совета по итогам прошлого года"),
    ("load", None, 3, "Больше трёх наставляемых один наставник вести не успевает"),
)
SETTLED = {
    "who_is_curator": "Куратором назначаем заместителя директора: так в п. 3.4.",
    "three_names_of_council": "Методический совет и объединение наставников — два органа с разными составами.",
}


def numbers_and_gaps(demo):
    """Return the steps of goals and of the map of clauses."""
    return (goals(demo, 45), counted_before(demo, 25))


def goals(demo, days_ago: int):
    """The director says where the school wants to come, and why."""
    yield days_ago
    for code, baseline, target, why in GOALS:
        indicators.set_goal(
            PASSPORTS[code],
            by=demo.user("director"),
            version=1,
            baseline=None if baseline is None else Decimal(baseline),
            target=Decimal(target),
            why_target=why,
            answers=PASSPORTS[code].answers,
        )


def counted_before(demo, days_ago: int):
    """The map is counted a month ago: one clause is not applied, two contradictions are settled."""
    yield days_ago
    curator = demo.user("curator")
    reason = "Практику студентов школа в этом году не ведёт"
    compliance.exempt("2.3-a3", year_now(), by=curator, reason=reason)
    for one in CONTRADICTIONS:
        if one.code in SETTLED:
            compliance.settle(one, by=curator, words=SETTLED[one.code], version=1)


def counted(demo):
    """Count again today, when everything else has been lived through."""
    counting.write(year_now(), by=demo.user("curator").pk)
