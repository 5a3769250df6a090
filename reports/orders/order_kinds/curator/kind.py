"""О назначении куратора реализации программ наставничества (п. 3.3, 3.4)."""

from datetime import date

from mentoring_site.russian import full_stop, joined, rudate
from mentoring_site.workflow import Complaint
from people.access import acts as access_acts
from people.language.declension import name_in, named_with_post
from people.roles import acts as role_acts
from reports.orders.order_kinds import samples
from reports.orders.order_kinds.base import PEOPLE, OrderKind
from reports.orders.order_kinds.curator.draft import CuratorDraft
from reports.orders.order_kinds.proposal import PROPOSAL_SUBJECT, proposal_of
from reports.orders.order_kinds.typed import Particulars
from reports.orders.order_kinds.wording import CONTROL, by_regulation, dative, executor, point, since

DUTIES = (
    "формировать и обновлять банки наставляемых и наставников",
    "разработать дорожную карту и организовать её выполнение",
    "организовать подбор пар и групп, разработку и согласование персонализированных программ",
    "вести мониторинг реализации программ и готовить аналитические отчёты",
    "размещать сведения о наставничестве на официальном сайте учреждения",
)
"""What the regulation asks of the curator (п. 3.4), in the infinitive."""


def appointing(person, from_day: date) -> str:
    """Return «Назначить куратором … Уланову Наталью Сергеевну, заместителя директора, с 1 сентября 2026 г.»"""
    return (
        f"Назначить куратором реализации программ наставничества {named_with_post(person, 'accusative')},"
        f" {since(from_day)}"
    )


def compose(order, context):
    """The duties of the curator stand in the order itself."""
    proposal = proposal_of(order)
    person, former = proposal.one_as("main"), proposal.one_as("former")
    first, until = proposal.draft.since, proposal.draft.until
    points = [point(full_stop(f"{appointing(person, first)}{f' по {rudate(until)}' if until else ''}"))]
    if former:
        points.append(
            point(f"Освободить {name_in(former, 'accusative', short=True)} от обязанностей куратора {since(first)}.")
        )
    points.append(point(f"Куратору {dative(person)}:", *DUTIES))
    points += executor(
        context.clerk,
        context.until(7),
        f"ознакомить {joined([name_in(p, 'accusative', short=True) for p in (person, former) if p])} с настоящим"
        " приказом",
    )
    return (
        "О назначении куратора реализации программ наставничества",
        by_regulation(context.school, "3.3", "3.4"),
        [*points, point(CONTROL)],
    )


def _check(proposal):
    person, draft = proposal.one_as("main"), proposal.draft
    if person is None:
        return [Complaint("Не указано, кого назначают куратором", "Указывает тот, кто составил приказ")]
    return against(person, draft.since, draft.until)


def against(person, first: date, until: date | None = None) -> list[Complaint]:
    """Return what stands against the appointment."""
    return [
        Complaint(text, "Исправляет тот, кто составил приказ")
        for text in role_acts.against(person, "curator", first, until)
    ]


def appoint(proposal, *, since: date, until: date | None = None, by, order) -> None:
    """Give the role of curator to whom the proposal names; the former one ends the day before (п. 3.3).

    Whoever holds it on all these days already keeps it as it is. The rights of the role wait until another person
    releases them (docs/decisions/0013).
    """
    person = proposal.one_as("main")
    if role_acts.holds(person, "curator", since, until):
        return
    grant = role_acts.by_order(
        person,
        "curator",
        by=by,
        since=since,
        until=until,
        order_number=order.number,
        order_date=order.date,
        instead_of=proposal.one_as("former"),
    )
    access_acts.ask_for_order(grant, by=by)


def _apply(proposal, *, by, order):
    appoint(proposal, since=proposal.draft.since, until=proposal.draft.until, by=by, order=order)


def unusual(proposal) -> list[str]:
    """Return what the order says of the curator that п. 3.4 does not expect, as the screen «Роли» does."""
    person = proposal.one_as("main")
    return role_acts.warnings(person, "curator", proposal.draft.since) if person else []


CURATOR_ORDER = OrderKind(
    code="curator",
    group=PEOPLE,
    position=20,
    label="О назначении куратора",
    subject=PROPOSAL_SUBJECT,
    compose=compose,
    visa_roles=("clerk",),
    subject_filter={"kind": "curator"},
    single_subject=True,
    form="reports.orders.order_kinds.curator.form.CuratorForm",
    draft=CuratorDraft,
    check=_check,
    apply=_apply,
    warnings=unusual,
    begins=lambda p: p.draft.since,
    item_text=lambda p: (f"{p.one_as('main').full_name} — назначается куратором", f"с {rudate(p.draft.since)}"),
    hint="Куратор назначается из числа заместителей руководителя (п. 3.4 Положения).",
    undone_by={
        "curator": "Куратора освобождает приказ о назначении другого",
    },
    specimen=lambda by: Particulars(CuratorDraft(samples.day()), {"main": [by.person]}),
)
