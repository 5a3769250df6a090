"""О внесении изменений в приказ и о признании приказа утратившим силу: nothing issued is ever edited
(docs/decisions/0002).
"""

from django.urls import reverse

from mentoring_site.russian import rushort
from mentoring_site.workflow import Complaint, perform, record
from reports.orders.order_kinds.base import Kind
from reports.orders.order_kinds.proposal import PROPOSAL, proposal_of
from reports.orders.order_kinds.wording import CONTROL, executor, point, title

INSTEAD = {
    "regulation": {"regulation": "Положение заменяет приказ об утверждении новой редакции"},
    "curator": {"curator": "Куратора освобождает приказ о назначении другого"},
    "roadmap": {"roadmap": "Дорожную карту заменяет приказ об утверждении новой редакции"},
    "appointment": {"relief": "Наставника освобождает приказ о снятии обязанностей по уведомлению"},
    "assignment": {
        "completion": "Закрепление пары с программой заканчивает приказ о завершении программы",
        "dissolution": "Закрепление пары без программы заканчивает приказ о прекращении закрепления",
    },
    "programs": {
        "amendment": "Программу меняет приказ о продлении или корректировке",
        "completion": "Программу заканчивает приказ о завершении",
    },
    "amendment": {"amendment": "Прежний срок и план возвращает приказ о новой корректировке"},
    "replacement": {"replacement": "Прежнего наставника возвращает приказ о новой замене"},
    "pause": {"resumption": "Приостановленную программу возобновляет приказ о возобновлении"},
    "resumption": {"pause": "Возобновлённую программу приостанавливает приказ о приостановлении"},
    "completion": {"assignment": "Завершённую программу не возобновляют: начинают новую, с приказа о закреплении"},
    "dissolution": {"assignment": "Пару закрепляет заново новый приказ о закреплении"},
    "pay": {"pay": "Выплату прекращает приказ о прекращении выплаты"},
    "relief": {"assignment": "Обязанности сняты уведомлением: наставника закрепляет новый приказ о закреплении"},
}
"""Kinds of orders whose effects a revocation would not undo, with the kind of order that ends them."""


def _cited(base) -> str:
    return f"от {rushort(base.date)} № {base.full_number} {title(base.heading)}"


def compose(order, setting):
    """One point per change, or one that ends the whole order."""
    proposal = proposal_of(order)
    base, whole = proposal.base, proposal.facts["whole"]
    reason = proposal.facts["reason"].strip().rstrip(".")
    preamble = (
        f"В связи с {reason}"
        if not reason.lower().startswith(("в ", "во ", "на ", "по "))
        else reason[:1].upper() + reason[1:]
    )
    lines = [line.strip().rstrip(";").strip() for line in proposal.facts["text"].splitlines() if line.strip()]
    if whole:
        heading = f"О признании утратившим силу приказа от {rushort(base.date)} № {base.full_number}"
        points = [point(f"Признать утратившим силу приказ {_cited(base)}.")]
    else:
        heading = f"О внесении изменений в приказ от {rushort(base.date)} № {base.full_number}"
        start = f"Внести в приказ {_cited(base)} следующ"
        points = [point(f"{start}ее изменение:", *lines) if len(lines) == 1 else point(f"{start}ие изменения:", *lines)]
        points.append(point("В остальной части указанный приказ действует без изменений."))
    points += executor(
        setting.clerk, setting.until(7), "ознакомить с настоящим приказом тех, кого касается указанный приказ"
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
    if base.state != "registered":
        found.append(
            Complaint(
                f"{base}: сейчас «{base.get_state_display()}», менять можно только действующий приказ",
                "Решает тот, кто составил приказ",
            )
        )
    if proposal.facts["whole"] and base.kind in INSTEAD:
        found += [_instead(kind, sentence) for kind, sentence in INSTEAD[base.kind].items()]
    if not proposal.facts["whole"] and not proposal.facts["text"].strip():
        found.append(Complaint("Не написано, что меняется", "Указывает тот, кто составил приказ"))
    return found


def _effect(proposal, *, by, order):
    if proposal.facts["whole"]:
        perform(proposal.base, "revoke", by=by, order=order.pk)
    else:
        record(
            proposal.base,
            "changed",
            by=by,
            words=f"изменён приказом от {rushort(order.date)} № {order.full_number}",
            order=order.pk,
        )


def _line(p):
    verb = "признаётся утратившим силу" if p.facts["whole"] else "изменяется"
    return f"Приказ от {rushort(p.base.date)} № {p.base.full_number} — {verb}", p.base.heading


CHANGE = Kind(
    code="change",
    label="О внесении изменений в приказ",
    about=PROPOSAL,
    compose=compose,
    visas=("curator", "clerk"),
    only={"kind": "change"},
    series_of=lambda items: items[0].base.series,
    single=True,
    form="ChangeForm",
    check=_check,
    effect=_effect,
    line=_line,
    hint="Подписанный приказ не правят: его меняет или отменяет другой приказ.",
)
