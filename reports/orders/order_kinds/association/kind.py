"""О создании школьного методического объединения наставников (п. 3.4: «при необходимости»)."""

from django.utils import timezone

from mentoring_site.workflow import Complaint
from people.language.declension import named_with_post
from reports.orders.order_kinds import samples
from reports.orders.order_kinds.appendices import appendix
from reports.orders.order_kinds.association.draft import AssociationDraft
from reports.orders.order_kinds.base import RULES, OrderKind
from reports.orders.order_kinds.people import staff_rows
from reports.orders.order_kinds.proposal import PROPOSAL_SUBJECT, proposal_of
from reports.orders.order_kinds.typed import Particulars
from reports.orders.order_kinds.wording import CONTROL, by_regulation, dative, point, since
from roadmap.bodies import acts as body_acts


def compose(order, context):
    """The members stand in the appendix."""
    proposal = proposal_of(order)
    head = proposal.one_as("head")
    return (
        "О создании школьного методического объединения наставников",
        f"{by_regulation(context.school, '3.4')}, на основании предложения куратора{_dated(proposal.draft)}",
        [
            point(f"Создать школьное методическое объединение наставников {since(context.day)}."),
            point(
                "Утвердить состав школьного методического объединения наставников согласно приложению к настоящему"
                " приказу."
            ),
            point(
                "Назначить руководителем школьного методического объединения наставников"
                f" {named_with_post(head, 'accusative')}."
            ),
            point(f"{_to(head)} {context.until(14)} представить план работы объединения."),
            point(CONTROL),
        ],
    )


def _dated(draft: AssociationDraft) -> str:
    return f" от {draft.proposed_on:%d.%m.%Y}" if draft.proposed_on else ""


def _to(head):
    return f"Руководителю объединения {dative(head)}"


def appendices(order):
    """The head first, then the members."""
    proposal = proposal_of(order)
    head = proposal.one_as("head")
    people = [head, *[m for m in proposal.people_as("member") if m != head]]
    rows = staff_rows(people, {head.pk: "руководитель"})
    columns = (("№", 6), ("Фамилия, имя, отчество", 36), ("Должность", 38), ("Примечание", 20))
    return [appendix("Состав школьного методического объединения наставников", columns, rows, approved="УТВЕРЖДЁН")]


def _apply(proposal, *, by, order):
    """The members of the association are those whom the order names, from its day (п. 3.4)."""
    since = max(order.effective_on or order.date, order.date)
    ground = f"приказ № {order.number} от {order.date:%d.%m.%Y}"
    body_acts.set_by_order(
        body_acts.association(),
        proposal.one_as("head"),
        proposal.people_as("member"),
        by=by,
        since=since,
        ground=ground,
    )


def _check(proposal):
    found = (
        [] if proposal.one_as("head") else [Complaint("Не назначен руководитель", "Указывает тот, кто составил приказ")]
    )
    if len(proposal.people_as("member")) < 2:
        found.append(Complaint("В объединении меньше двух членов", "Указывает тот, кто составил приказ"))
    if proposal.draft.proposed_on is None:
        found.append(Complaint("Нет даты предложения куратора", "Указывает тот, кто составил приказ"))
    return found


def _specimen(by):
    people = samples.teachers(4)
    return (
        Particulars(AssociationDraft(timezone.localdate()), {"head": people[:1], "member": people[1:]})
        if people
        else None
    )


ASSOCIATION_ORDER = OrderKind(
    code="association",
    group=RULES,
    position=180,
    label="О создании методического объединения наставников",
    subject=PROPOSAL_SUBJECT,
    compose=compose,
    visa_roles=("curator",),
    appendices=appendices,
    subject_filter={"kind": "association"},
    single_subject=True,
    form="reports.orders.order_kinds.association.form.AssociationForm",
    draft=AssociationDraft,
    check=_check,
    apply=_apply,
    item_text=lambda p: ("Методическое объединение наставников", f"руководитель — {p.one_as('head').short_name}"),
    specimen=_specimen,
)
