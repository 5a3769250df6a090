"""What the page of an order shows to whom: stages, readiness, acts, text, visas, acquaintance, document, history."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Act
from mentoring_site.russian import NBSP, joined, lower_first, plural_word, rudate, ruday, rutime, upper_first
from mentoring_site.scans import replaced
from mentoring_site.ui.elements import Badge, Check, Crumb, Fact, Tone
from mentoring_site.workflow import Complaint, readiness
from mentoring_site.workflow import complaints as requirements
from people.accounts.models import User
from people.retention.rules import kept
from people.rights import Right
from people.school import workdays
from reports.orders.access import reads_paper
from reports.orders.acquaintance.presenters import ORDER_SHEET, lines_of, sheet_view
from reports.orders.actions import order_actions
from reports.orders.contents import compose
from reports.orders.drafting.name_forms import name_forms_in_text
from reports.orders.drafting.text_changes import compared, is_outdated, omitted_points
from reports.orders.effects import item_line, unusual_of
from reports.orders.links import openable, opened
from reports.orders.loading import load_names, load_requirements
from reports.orders.models import Order, Visa
from reports.orders.order_kinds.context import OrderContext
from reports.orders.order_kinds.registry import KINDS
from reports.orders.order_kinds.wording import past_dates, terms_named
from reports.orders.printing.presenters import document, is_failed, order_url, preview_url, scan_files
from reports.orders.proposal_models import Proposal
from reports.orders.registration import terms
from reports.orders.registration.enactment import complaints as registration_complaints
from reports.orders.text_check.lint import check

DRAFT, AGREED, AT_SIGNATURE, REGISTERED, REVOKED = Order.State
TONES: dict[str, Tone] = {
    DRAFT: "draft",
    AGREED: "others",
    AT_SIGNATURE: "others",
    REGISTERED: "done",
    REVOKED: "stopped",
}
STAGES = {DRAFT: "Проект", AGREED: "Визы", AT_SIGNATURE: "Подпись", REGISTERED: "Регистрация"}
NEXT = {
    DRAFT: ("agree", "Что нужно, чтобы завершить согласование"),
    AGREED: ("send_to_signature", "Что нужно, чтобы передать на подпись"),
    AT_SIGNATURE: ("register", "Что нужно, чтобы зарегистрировать"),
}
OUTDATED = "Имя, должность или состав изменились после составления текста. Составьте текст заново"


@dataclass(frozen=True)
class Stage:
    """One step of ``components/stage_line.html``."""

    label: str
    note: str
    tone: Literal["done", "now", "ahead"]


@dataclass(frozen=True)
class ItemRow:
    """What one item enacts, with the addresses of its page and of taking it out of a draft."""

    text: str
    note: str
    url: str
    drop_url: str


@dataclass(frozen=True)
class VisaRow:
    """One visa with what the user may do about it."""

    person: str
    post: str
    mine: bool
    state: str
    give_url: str
    give_link: str
    pass_url: str


@dataclass(frozen=True)
class PointRow:
    """One point; ``edited`` shows next to an edited one what the program had composed: ``{"was", "now"}``."""

    number: int
    text: str
    subpoints: list[str]
    edited: dict | None


@dataclass(frozen=True)
class NameRow:
    """Declined forms of one person's name and post in the text; ``departments`` are rows of the same kind."""

    name: str
    forms: str
    url: str
    departments: tuple["NameRow", ...] = ()


@dataclass(frozen=True)
class HistoryEntry:
    """One line of ``components/history.html``."""

    at: datetime
    who: str
    text: str
    changes: list[str]


def badge(order: Order, user: User) -> Badge:
    """Return the state as a badge; it turns to the user when the user's own act is awaited."""
    if order.state == DRAFT and getattr(order, "awaits_visa", False):
        return Badge("ждёт Вашей визы", "you")
    awaited = order.state == AT_SIGNATURE and user.can(Right.ORDERS_REGISTER)
    return Badge(order.get_state_display(), "you" if awaited else TONES[order.state])


def crumbs(order: Order, last: str = "") -> list[Crumb]:
    """Return the way to an order's page or to a page below it."""
    name = f"№{NBSP}{order.number}" if order.number else "Проект"
    way = [Crumb("Приказы", reverse("reports:orders")), Crumb(name, order.get_absolute_url() if last else None)]
    return [*way, Crumb(last)] if last else way


def load_page(order: Order) -> None:
    """Read all that the page of an order shows: requirements only while something is still to be done."""
    if order.state in Order.OPEN_STATES:
        load_requirements(order)
    else:
        load_names([order])
        prefetch_related_objects([order], Prefetch("visas", Visa.objects.select_related("person")))


def page(order: Order, user: User) -> dict[str, Any]:
    """Return the whole context of an order's page."""
    load_page(order)
    sees_all = user.can(Right.ORDERS_SEE_ALL)
    visas = [_visa(v, order, user) for v in order.visas.all()]
    order.awaits_visa = any(v.mine and v.give_url for v in visas)  # type: ignore[attr-defined]
    against = _against(order, user)
    log = list(Act.objects.about(order).select_related("actor__person"))
    readers = lines_of(order) if order.number else []
    return {
        "order": order,
        "title": order.heading,
        "badge": badge(order, user),
        "crumbs": crumbs(order),
        "lead": f"Приказ от {rudate(order.date)} №{NBSP}{order.number}"
        if order.number
        else "Проект приказа: номер и дату он получит после подписи",
        "stages": _stages(order, log),
        "actions": order_actions(order, user, against),
        **_checks(order, user, against),
        **_findings(order),
        "items": _items(order, user),
        "visas": visas,
        "facts": _facts(order),
        **_text(order, user),
        "on_signature": order.state == AT_SIGNATURE and sees_all,
        "signer": order.signer.short_name if order.signer else "",
        "signatures_url": order_url(order, "signatures") if sees_all and _has_signatures(order) else "",
        **_paper(order, user),
        "sheet": sheet_view(order, readers, user, ORDER_SHEET, "С приказом") if order.number else None,
        "entries": _history(log, order, readers) if sees_all else [],
    }


def _has_signatures(order: Order) -> bool:
    """Whether a qualified signature may belong to the order: it was frozen here, not entered from paper."""
    return order.frozen_at is not None and not order.from_paper


def _paper(order: Order, user: User) -> dict[str, Any]:
    """Return the preview, the printed document and the scan for whoever may open the whole paper."""
    shown = reads_paper(order, user)
    return {
        "preview_url": preview_url(order, is_open=order.state in Order.OPEN_STATES) if shown else "",
        "document": document(order) if order.number and shown else None,
        "print_url": order_url(order, "print") if is_failed(order) and user.can(Right.ORDERS_REGISTER) else "",
        "scan": scan_files(order) if shown else [],
        "former_scans": replaced(order, "scan", order_url(order, "scan_file")) if shown and order.scan_id else [],
    }


def _stages(order: Order, log: list[Act]) -> list[Stage]:
    if order.from_paper:  # its visas and its pen were elsewhere: nothing is made up
        return [
            Stage("Издан на бумаге", ruday(order.date), "done"),
            Stage("Внесён", ruday(order.registered_at), "done"),
        ]
    at = {act.target: act.at for act in log if act.target}
    states = list(STAGES)
    now = states.index(Order.State(order.state)) if order.state in Order.OPEN_STATES else len(states)
    days = {
        DRAFT: order.created_at,
        AGREED: at.get(AGREED) if now else None,  # a returned order has lost its visas
        AT_SIGNATURE: order.frozen_at,
        REGISTERED: order.registered_at,
    }
    return [
        Stage(
            STAGES[state],
            ruday(days[state]) if days[state] and n <= now else "",
            "done" if n < now else "now" if n == now else "ahead",
        )
        for n, state in enumerate(states)
    ]


def _checks(order: Order, user: User, against: list[Complaint]) -> dict[str, Any]:
    """Return the readiness light of the next step, with a reminder for a visa that is awaited."""
    name, title = NEXT.get(Order.State(order.state), ("", ""))
    if not name or not user.can(Right.ORDERS_SEE_ALL):
        return {"checks": [], "checks_title": title}
    visas = {v.person_id: v.pk for v in order.visas.all() if v.given_at is None}
    checks = [_check(c, user, visas) for c in readiness(order, name)]
    return {"checks": checks + [Check(False, c.text, c.who) for c in against], "checks_title": title}


def _against(order: Order, user: User) -> list[Complaint]:
    """Return what registration would refuse beyond the requirements, for whoever would register the order."""
    if order.state not in Order.OPEN_STATES or not user.can(Right.ORDERS_REGISTER):
        return []
    known = {c.text for c in requirements(order, "register")}
    return [] if known else registration_complaints(order, by=user)


def _check(check: Check, user: User, visas: dict[int, int]) -> Check:
    check = replace(check, url=openable(check.url, user))
    visa = None if check.met or check.url or check.remind is None else visas.get(check.remind)
    if visa is None:
        return check
    return replace(check, waiting=True, post_url=reverse("reports:visa_remind", args=[visa]), post_link="Напомнить")


def _findings(order: Order) -> dict[str, Any]:
    """Return what the check of the text warns of and what was let stand, for everybody who reads the draft."""
    if order.state not in (DRAFT, AGREED):
        return {"let_stand": [], "doubts": [], "text_url": ""}
    report = check(order)
    return {
        "let_stand": [f"{finding} — {row.reason}" for finding, row in report.let_stand],
        "doubts": [str(finding) for finding in report.warnings],
        "text_url": order_url(order, "text"),
    }


def _items(order: Order, user: User) -> list[ItemRow]:
    """Return what the order enacts; a thing is linked for whoever may open its page."""
    items = list(order.items.all())
    lines = [item_line(item) for item in items]
    shown = None if user.can(Right.ORDERS_SEE_ALL) else opened([line["page"] for line in lines], user)
    removable = order.state == DRAFT and user.can(Right.ORDERS_DRAFT) and len(items) > 1
    key = f"{KINDS[order.kind].subject.name}_id"
    return [
        ItemRow(
            line["text"],
            line["note"],
            _item_url(line["page"], user, shown),
            reverse("reports:order_item_drop", args=[item.pk]) if removable and getattr(item, key) else "",
        )
        for item, line in zip(items, lines, strict=True)
    ]


def _item_url(thing: Any, user: User, shown: set | None) -> str:
    """Return the address of the page of what an item enacts; ``shown`` are the things that a reader may open."""
    if isinstance(thing, Proposal):  # its page is this one
        return ""
    url = thing.get_absolute_url()
    if shown is None:
        return openable(url, user)
    return url if (type(thing), thing.pk) in shown else ""


def _text(order: Order, user: User) -> dict[str, Any]:
    """Return the points, and for who drafts the declined names and warnings.

    Whoever visas and signs sees next to an edited point what the program had composed.
    """
    drafts = user.can(Right.ORDERS_DRAFT)
    context = OrderContext.of(order) if order.state in (DRAFT, AGREED) else None
    names = name_forms_in_text(order, context) if context else []  # also prefetches what composing reads
    composed = compose(order, context)[2] if context else None
    shows_edits = order.state in Order.OPEN_STATES or user.can(Right.ORDERS_SEE_ALL)
    points = [
        PointRow(n, row["text"], row["subpoints"], compared(row) if shows_edits and row["edited"] else None)
        for n, row in enumerate(order.points, 1)
    ]
    return {
        "points": points,
        "edited": any(p.edited for p in points),
        "left_out": [row["text"] for row in omitted_points(order.points, composed)] if composed is not None else [],
        "names": _names(names, user) if drafts else [],
        "warnings": _warnings(order, composed) if order.state in Order.OPEN_STATES and drafts else [],
        "recompose_url": order_url(order, "recompose") if order.state == DRAFT and drafts else "",
    }


def _visa(visa: Visa, order: Order, user: User) -> VisaRow:
    mine, drafts = visa.person_id == user.person_id, user.can(Right.ORDERS_DRAFT)
    may = order.state == DRAFT and visa.given_at is None and (mine or drafts)
    return VisaRow(
        person=visa.person.short_name,
        post=visa.post,
        mine=mine,
        state=f"дана {ruday(visa.given_at)}, {rutime(visa.given_at)}" if visa.given_at else "ещё не дана",
        give_url=reverse("reports:visa_give", args=[visa.pk]) if may else "",
        give_link="Поставить визу" if mine else "Записать визу с бумаги",
        pass_url=reverse("reports:visa_pass", args=[visa.pk]) if may and visa.role and drafts else "",
    )


KEPT_AS: dict[str, str] = {Order.Series.MAIN: "order_main", Order.Series.STAFF: "order_staff"}
"""Kind of document in the table of terms of keeping (people/retention)."""


def _facts(order: Order) -> list[Fact]:
    signer = order.signer and ", ".join(filter(None, [order.signer.short_name, lower_first(order.signer_post)]))
    found = [
        Fact("О чём", order.get_kind_display()),
        Fact("Серия", order.get_series_display()),
        Fact("Подписывает", signer or "не записан"),
        Fact("Исполнитель", order.executor.short_name if order.executor else "—"),
    ]
    if order.number:
        found += [
            Fact("Дата приказа", rudate(order.date)),
            Fact("Действует с", rudate(order.effective_on)),
            Fact(
                "Внесён из прежних документов" if order.from_paper else "Зарегистрирован",
                f"{rudate(order.registered_at)}, {rutime(order.registered_at)}",
                note=order.registered_by.person.short_name if order.registered_by else "",
            ),
        ]
    if order.number:
        found.append(Fact("Хранить", str(kept(KEPT_AS[order.series], order.date))))
    if order.gap_reason:
        found.append(Fact("Почему пропущены номера", order.gap_reason))
    return found


def _names(names: list[dict], user: User) -> list[NameRow]:
    edits = user.can(Right.PEOPLE_EDIT)

    def url(name: str, pk: int) -> str:
        return reverse(name, args=[pk]) if edits else ""

    return [
        NameRow(
            row["person"].full_name,
            "; ".join([*row["forms"], *row["posts"]]),
            url("people:person_names", row["person"].pk),
            tuple(NameRow(d.name, "; ".join(forms), url("people:department", d.pk)) for d, forms in row["departments"]),
        )
        for row in names
    ]


def _warnings(order: Order, composed: list[dict] | None) -> list[str]:
    """Return what a careful reader would notice before the order is signed."""
    found = unusual_of(order)
    if order.state == AT_SIGNATURE:
        found += terms.backwards(order.facts, timezone.localdate())
    if passed := past_dates(order.points, timezone.localdate()):
        word = plural_word(len(passed), "Срок,Сроки,Сроки")
        found.append(
            f"{word} в пунктах уже {'прошёл' if len(passed) == 1 else 'прошли'}: {joined(passed)} — составьте текст"
            " заново или исправьте пункты"
        )
    found += [f"Срок в пунктах — {line}" for line in workdays.days_off(*terms_named(order.points))]
    if order.state == DRAFT and composed is not None and is_outdated(order.points, composed):
        found.append(OUTDATED)
    return found


def _history(log: list[Act], order: Order, readers: list) -> list[HistoryEntry]:
    """Return the history in words, newest first; who gave a visa or read the order is named."""
    names = {v.person_id: v.person.short_name for v in order.visas.all()}
    names |= {line.person_id: line.person.full_name for line in readers}
    entries = []
    for act in reversed(log):
        person = names.get(act.facts.get("person"), "")
        entries.append(
            HistoryEntry(
                at=act.at,
                who=act.actor.person.short_name if act.actor else "система",
                text=upper_first(act.words) + (f": {person}" if person else ""),
                changes=[act.facts["reason"]] if act.facts.get("reason") else [],
            )
        )
    return entries
