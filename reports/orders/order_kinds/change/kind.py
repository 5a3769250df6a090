"""О внесении изменений в приказ и о признании приказа утратившим силу: nothing issued is ever edited
(docs/decisions/0002).
"""

import re

from django.apps import apps
from django.urls import reverse

from mentoring_site.russian import rudate, upper_first
from mentoring_site.workflow import Complaint, perform, record
from reports.orders.order_kinds import samples
from reports.orders.order_kinds.base import RULES, OrderKind
from reports.orders.order_kinds.change.draft import ChangeDraft
from reports.orders.order_kinds.proposal import PROPOSAL_SUBJECT, proposal_of
from reports.orders.order_kinds.typed import Particulars
from reports.orders.order_kinds.wording import CONTROL, because, executor, point, title


def _cited(base) -> str:
    return f"{base.ref} {title(base.heading)}"


def compose(order, context):
    """One point per change, or one that ends the whole order."""
    proposal = proposal_of(order)
    base, whole = proposal.base, proposal.draft.whole
    reason = proposal.draft.reason.strip().rstrip(".")
    preamble = (
        upper_first(because(reason))
        if not reason.lower().startswith(("в ", "во ", "на ", "по ", "с ", "во исполнение "))
        or reason.lower().startswith("в связи с")
        else upper_first(reason)
    )
    lines = [line.strip().rstrip(";").strip() for line in proposal.draft.text.splitlines() if line.strip()]
    if whole:
        heading = f"О признании утратившим силу приказа {base.ref}"
        points = [point(f"Признать утратившим силу приказ {_cited(base)}.")]
    else:
        heading = f"О внесении изменений в приказ {base.ref}"
        start = f"Внести в приказ {_cited(base)} следующ"
        points = [point(f"{start}ее изменение:", *lines) if len(lines) == 1 else point(f"{start}ие изменения:", *lines)]
        points.append(point("В остальной части указанный приказ действует без изменений."))
    if proposal.people_as("member"):
        points += executor(
            context.clerk,
            context.until(7),
            f"ознакомить с настоящим приказом работников, указанных в приказе {base.ref}",
        )
    return heading, preamble, [*points, point(CONTROL)]


def _instead(kind: str, sentence: str) -> Complaint:
    """Name the order that ends what a registered one has done, and the page where it is begun."""
    text = f"Этот приказ уже введён в действие, отменой его последствия не прекратить. {sentence}"
    return Complaint(
        text,
        "Составляют куратор и специалист по кадрам",
        f"{reverse('reports:order_new')}?kind={kind}",
        "Составить этот приказ",
    )


def _check(proposal):
    base = proposal.base
    found = []
    if base.state != base.State.REGISTERED:
        found.append(
            Complaint(
                f"{base}: сейчас «{base.get_state_display()}», менять можно только действующий приказ",
                "Решает тот, кто составил приказ",
            )
        )
    if proposal.draft.whole:
        found += [_instead(kind, sentence) for kind, sentence in base.order_kind.undone_by.items()]
    if not proposal.draft.whole and not proposal.draft.text.strip():
        found.append(Complaint("Не написано, что меняется", "Указывает тот, кто составил приказ"))
    return found


def _apply(proposal, *, by, order):
    if proposal.draft.whole:
        perform(proposal.base, "revoke", by=by, order=order.pk)
    else:
        record(
            proposal.base,
            "changed",
            by=by,
            words=f"изменён приказом {order.ref}",
            order=order.pk,
        )


def _line(p):
    verb = "признаётся утратившим силу" if p.draft.whole else "изменяется"
    return f"Приказ {p.base.ref} — {verb}", p.base.heading


def _later(base) -> str:
    """A change of the first term that the order names, by a fortnight."""
    for number, row in enumerate(base.points, 1):
        if found := re.search(r"в срок до\s(\d{1,2}\s\w+\s\d{4}\sг\.)", row["text"]):
            later = rudate(samples.day(14))
            return f"в пункте {number} слова «в срок до {found[1]}» заменить словами «в срок до {later}»"
    return "пункт 2 исключить"


def _specimen(by):
    base = apps.get_model("reports.Order").objects.filter(state="registered", series="main").order_by("-pk").first()
    if base is None:
        return None
    draft = ChangeDraft(whole=False, text=_later(base), reason="в связи с уточнением сроков")
    return Particulars(
        draft, {"member": [row.person for row in base.acquaintances.select_related("person")]}, base=base
    )


CHANGE_ORDER = OrderKind(
    code="change",
    group=RULES,
    position=190,
    label="О внесении изменений в приказ",
    subject=PROPOSAL_SUBJECT,
    compose=compose,
    visa_roles=("curator", "clerk"),
    subject_filter={"kind": "change"},
    series_of=lambda items: items[0].base.series,
    single_subject=True,
    form="reports.orders.order_kinds.change.form.ChangeForm",
    draft=ChangeDraft,
    check=_check,
    apply=_apply,
    item_text=_line,
    hint="Подписанный приказ не правят: его меняет или отменяет другой приказ.",
    specimen=_specimen,
)
