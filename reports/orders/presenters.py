"""What the page of an order shows to whom: stages, readiness, acts, text, visas, acquaintance, document, history."""

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import Act
from mentoring_site.russian import NBSP, joined, lower_first, plural_word, rudate, ruday, rutime
from mentoring_site.workflow import action, readiness
from people.language.names import agree
from people.rights import Right
from reports.documents.acquaintance.acts import signed_lines, signs_here
from reports.documents.acquaintance.presenters import reader_line
from reports.orders.access import reads_paper
from reports.orders.contents import compose
from reports.orders.drafting import acts as drafting_acts
from reports.orders.drafting.name_forms import declined_in
from reports.orders.drafting.text_changes import compared, dropped
from reports.orders.effects import item_line
from reports.orders.links import openable, opened
from reports.orders.models import Order, Visa, requirement_prefetches, with_items
from reports.orders.order_kinds.context import OrderContext
from reports.orders.order_kinds.registry import KINDS
from reports.orders.order_kinds.wording import past_dates
from reports.orders.printing.pdf import ATTEMPTS, file_name
from reports.orders.proposal_models import Proposal

STATES = {
    "draft": ("проект", "draft"),
    "agreed": ("завизирован", "others"),
    "at_signature": ("на подписи у директора", "others"),
    "registered": ("зарегистрирован", "done"),
    "revoked": ("отменён", "stopped"),
}
OPEN = ("draft", "agreed", "at_signature")
STAGES = (("draft", "Проект"), ("agreed", "Визы"), ("at_signature", "Подпись"), ("registered", "Регистрация"))
NEXT = {
    "draft": ("agree", "Что нужно, чтобы завершить согласование"),
    "agreed": ("send_to_signature", "Что нужно, чтобы передать на подпись"),
    "at_signature": ("register", "Что нужно, чтобы зарегистрировать"),
}


def badge(order, user) -> dict:
    """Return the state as a badge; it turns to the user when the user's own act is awaited."""
    if order.state == "draft" and getattr(order, "awaits_visa", False):
        return {"word": "ждёт Вашей визы", "tone": "you"}
    word, tone = STATES[order.state]
    if order.state == "at_signature" and user.can(Right.ORDERS_REGISTER):
        tone = "you"
    return {"word": word, "tone": tone}


def crumbs(order, last=None) -> list:
    """Return the way to an order's page or to a page below it."""
    name = f"№{NBSP}{order.full_number}" if order.number else "Проект"
    way = [("Приказы", reverse("reports:orders")), (name, order.get_absolute_url() if last else None)]
    return [*way, (last, None)] if last else way


def whole(order) -> Order:
    """Prefetch all that the page of an order shows: requirements only while something is still to be done."""
    visas = Prefetch("visas", Visa.objects.select_related("person"))
    prefetch_related_objects([order], *(requirement_prefetches() if order.state in OPEN else [*with_items(), visas]))
    return order


def page(order, user) -> dict:
    """Return the whole context of an order's page."""
    order = whole(order)
    drafts, sees_all = user.can(Right.ORDERS_DRAFT), user.can(Right.ORDERS_SEE_ALL)
    unsigned = order.state in ("draft", "agreed")
    visas = [_visa(v, order, user) for v in order.visas.all()]
    order.awaits_visa = any(v["mine"] and v["give_url"] for v in visas)
    paper = reads_paper(order, user)
    name, title = NEXT.get(order.state, ("", ""))
    context = OrderContext.of(order) if unsigned else None
    names = declined_in(order, context) if unsigned else []  # also prefetches what composing reads
    log = list(Act.objects.about(order).select_related("actor__person"))
    return {
        "order": order,
        "title": order.heading,
        "badge": badge(order, user),
        "crumbs": crumbs(order),
        "lead": _lead(order),
        "stages": _stages(order, log),
        "actions": _actions(order, user, order.awaits_visa),
        "checks_title": title,
        "checks": _checks(order, name, user) if name and sees_all else [],
        "items": _items(order, user),
        "visas": visas,
        "facts": _facts(order),
        **_text(order, context, tells=sees_all or order.state in OPEN),
        "names": _names(names, user) if drafts else [],
        "warnings": _warnings(order, context) if unsigned and drafts else [],
        "recompose_url": _url(order, "recompose") if order.state == "draft" and drafts else "",
        "preview_url": (
            ""
            if not paper
            else (
                _url(order, "preview")
                if order.state in OPEN
                else _url(order, "pdf") + "?inline=1"
                if order.pdf_id
                else ""
            )
        ),
        "signatures_url": _url(order, "signatures") if sees_all and order.frozen_at and not order.from_paper else "",
        "on_signature": order.state == "at_signature" and sees_all,
        "signer": order.signer.short_name if order.signer else "",
        "document": document(order) if order.number and paper else None,
        "print_url": _url(order, "print") if _failed(order) and user.can(Right.ORDERS_REGISTER) else "",
        "scan": _scan(order, user) if paper else [],
        **_acquaintance(order, user),
        "entries": _history(log, order) if sees_all else [],
    }


def _url(order, name):
    return reverse(f"reports:order_{name}", args=[order.pk])


def _lead(order) -> str:
    if order.number:
        return f"Приказ от {rudate(order.date)} №{NBSP}{order.full_number}"
    return "Проект приказа: номер и дату он получит после подписи"


def _stages(order, log) -> list[dict]:
    at = {act.target: act.at for act in log if act.target}
    now = [state for state, _ in STAGES].index(order.state) if order.state != "revoked" else len(STAGES)
    if order.state == "registered":
        now = len(STAGES)
    tones = ["done" if i < now else "now" if i == now else "ahead" for i in range(len(STAGES))]
    notes = {
        "draft": order.created_at,
        "agreed": at.get("agreed"),
        "at_signature": order.frozen_at,
        "registered": order.registered_at,
    }
    if now < 2:
        notes["agreed"] = None if now == 0 else notes["agreed"]
    return [
        {"label": label, "note": ruday(notes[state]) if notes[state] and i <= now else "", "tone": tones[i]}
        for i, (state, label) in enumerate(STAGES)
    ]


def _actions(order, user, awaits_visa) -> list[dict]:
    """Return the buttons of the page, the one main act first."""
    drafts = user.can(Right.ORDERS_DRAFT)
    found = [
        _button("visa", "Прочитать и завизировать", "#visas") | {"primary": True} if awaits_visa else None,
        action(order, "agree", user, _url(order, "agree"), primary=not awaits_visa),
        action(order, "send_to_signature", user, _url(order, "send"), primary=True),
        action(order, "register", user, _url(order, "register"), primary=True),
    ]
    if order.state == "draft" and drafts:
        found.append(_button("edit", "Править текст", _url(order, "edit")))
        if KINDS[order.kind].form:
            found.append(_button("restate", "Изменить сведения", _url(order, "restate")))
    if order.state == "at_signature" and user.can(Right.ORDERS_SEE_ALL):
        found.append(_button("print", "Напечатать для подписи", _url(order, "preview")))
    if order.state == "registered" and not order.scan_id and user.can(Right.ORDERS_REGISTER):
        found.append(_button("scan", "Приложить скан", _url(order, "scan")))
    if order.state in OPEN and drafts:
        found.append(_button("docx", "Скачать DOCX", _url(order, "docx")))
    found.append(action(order, "back_to_draft", user, _url(order, "back")))
    if order.state == "draft" and drafts:
        found.append(_button("discard", "Удалить проект", _url(order, "discard")) | {"danger": True})
    return [a for a in found if a]


def _button(verb, label, url):
    return {
        "verb": verb,
        "label": label,
        "url": url,
        "primary": False,
        "enabled": True,
        "reasons": [],
        "confirm": False,
    }


def _checks(order, name, user) -> list[dict]:
    """Return the readiness light of the next step, with a reminder for a visa that is awaited."""
    visas = {v.person_id: v.pk for v in order.visas.all() if v.given_at is None}
    checks = []
    for check in readiness(order, name):
        row = {"waiting": False, "who": "", "url": "", "link": "", "post_url": "", "post_link": "", **check}
        row["url"] = openable(row["url"], user)
        pk = visas.get(row.pop("remind", None)) if name == "agree" and not row["url"] else None
        if pk and not check["met"]:
            row |= {"waiting": True, "post_url": reverse("reports:visa_remind", args=[pk]), "post_link": "Напомнить"}
        checks.append(row)
    return checks


def _items(order, user) -> list[dict]:
    """Return what the order enacts; a thing is linked for whoever may open its page."""
    items = list(order.items.all())
    rows = [item_line(item) for item in items]
    pages = [row.pop("page") for row in rows]
    shown = None if user.can(Right.ORDERS_SEE_ALL) else opened(pages, user)  # a keeper's rights tell without asking
    removable = order.state == "draft" and user.can(Right.ORDERS_DRAFT) and len(items) > 1
    about = f"{KINDS[order.kind].subject.name}_id"
    for item, row, page in zip(items, rows, pages, strict=True):
        url = "" if isinstance(page, Proposal) else page.get_absolute_url()  # its page is this one
        row["url"] = openable(url, user) if shown is None else url if (type(page), page.pk) in shown else ""
        row["drop_url"] = (
            reverse("reports:order_item_drop", args=[item.pk]) if removable and getattr(item, about) else ""
        )
    return rows


def _text(order, context, *, tells: bool) -> dict:
    """Return the points; whoever visas and signs sees beside an edited one what the program had composed."""
    points = [
        {
            "number": n,
            "text": row["text"],
            "subpoints": row["subpoints"],
            "edited": tells and compared(row) if row["edited"] else None,
        }
        for n, row in enumerate(order.points, 1)
    ]
    left_out = dropped(order.points, compose(order, context)[2]) if context else []
    return {"points": points, "edited": any(p["edited"] for p in points), "left_out": [row["text"] for row in left_out]}


def _visa(visa, order, user) -> dict:
    mine, given = visa.person_id == user.person_id, visa.given_at is not None
    may = order.state == "draft" and not given and (mine or user.can(Right.ORDERS_DRAFT))
    return {
        "person": visa.person.short_name,
        "post": visa.post,
        "mine": mine,
        "state": f"дана {ruday(visa.given_at)}, {rutime(visa.given_at)}" if given else "ещё не дана",
        "give_url": reverse("reports:visa_give", args=[visa.pk]) if may else "",
        "give_link": "Поставить визу" if mine else "Записать визу с бумаги",
        "pass_url": (
            reverse("reports:visa_pass", args=[visa.pk]) if may and visa.role and user.can(Right.ORDERS_DRAFT) else ""
        ),
    }


def _facts(order) -> list[dict]:
    facts = [
        {"label": "О чём", "value": order.get_kind_display()},
        {"label": "Серия", "value": order.get_series_display()},
        {
            "label": "Подписывает",
            "value": (
                ", ".join(filter(None, [order.signer.short_name, lower_first(order.signer_post)]))
                if order.signer
                else "не записан"
            ),
        },
        {"label": "Исполнитель", "value": order.executor.short_name if order.executor else "—"},
    ]
    if order.number:
        facts += [
            {"label": "Дата приказа", "value": rudate(order.date)},
            {"label": "Действует с", "value": rudate(order.effective_on)},
            {
                "label": "Зарегистрирован",
                "value": f"{rudate(order.registered_at)}, {rutime(order.registered_at)}",
                "note": order.registered_by.person.short_name if order.registered_by else "",
            },
        ]
    if order.gap_reason:
        facts.append({"label": "Почему пропущены номера", "value": order.gap_reason})
    return facts


def _names(names, user) -> list[dict]:
    edits = user.can(Right.PEOPLE_EDIT)
    return [
        {
            "person": row["person"].full_name,
            "forms": "; ".join([*row["forms"], *row["posts"]]),
            "url": reverse("people:person_names", args=[row["person"].pk]) if edits else "",
            "departments": [
                {
                    "forms": "; ".join(forms),
                    "name": d.name,
                    "url": reverse("people:department", args=[d.pk]) if edits else "",
                }
                for d, forms in row["departments"]
            ],
        }
        for row in names
    ]


def _warnings(order, context) -> list[str]:
    """Return what a careful reader would notice before the order is signed."""
    found = []
    if passed := past_dates(order.points, timezone.localdate()):
        word = plural_word(len(passed), "Срок,Сроки,Сроки")
        found.append(
            f"{word} в пунктах уже {'прошёл' if len(passed) == 1 else 'прошли'}: {joined(passed)} — составьте текст"
            " заново или исправьте пункты"
        )
    if order.state == "draft" and drafting_acts.outdated(order, context):
        found.append("Имя, должность или состав изменились после составления текста. Составьте текст заново")
    return found


def _failed(order) -> bool:
    return bool(order.number) and not order.pdf_id and not order.from_paper and order.pdf_attempts >= ATTEMPTS


def document(order) -> dict:
    """Return the state of the printed order for ``components/document_state.html``."""
    ready = order.pdf_id is not None
    note = (
        "Внесён с бумаги: документа, напечатанного программой, нет, есть скан" if order.from_paper and not ready else ""
    )
    return {
        "ready": ready or bool(note),
        "url": _url(order, "pdf") if ready else "",
        "name": file_name(order) if ready else note,
        "failed": (
            f"Попыток: {order.pdf_attempts}. Приказ зарегистрирован и действует; сообщите системному администратору"
            if _failed(order)
            else ""
        ),
        "size": order.pdf.size if ready else None,
        "sha256": order.pdf.sha256 if ready else "",
        "note": "",
        "poll_url": "" if ready or note else _url(order, "document"),
    }


def _scan(order, user) -> list[dict]:
    if not order.scan_id:
        return []
    return [
        {
            "name": order.scan.name,
            "url": _url(order, "scan_file"),
            "size": order.scan.size,
            "note": f"приложен {ruday(order.scan.uploaded_at)}",
        }
    ]


def _acquaintance(order, user) -> dict:
    """Return who has read the order: everybody for those who keep the list, one's own line for others."""
    if not order.number:
        return {
            "readers": [],
            "read_url": "",
            "readers_title": "",
            "read_note": "",
            "read_word": "",
            "remind_all_url": "",
            "sheet_pdf_url": "",
        }
    everybody = list(order.acquaintances.select_related("person", "recorded_by"))
    keeps = user.can(Right.ORDERS_REGISTER)
    marks = signed_lines(everybody)
    shown = [a for a in everybody if keeps or user.can(Right.ORDERS_SEE_ALL) or a.person_id == user.person_id]
    rows = [reader_line(a, user, keeps, "acquaintance", marks.get(a.pk)) for a in shown]
    mine = next((a for a in everybody if a.person_id == user.person_id and a.read_at is None), None)
    done = sum(a.read_at is not None for a in everybody)
    return {
        "readers": rows,
        "readers_title": f"Ознакомлены {done} из{NBSP}{len(everybody)}",
        "read_url": reverse("reports:acquaintance_read", args=[mine.pk]) if mine else "",
        "read_note": _read_note() if mine else "",
        "read_word": agree(user.person.gender, "С приказом ознакомлен", "С приказом ознакомлена"),
        "remind_all_url": _url(order, "remind") if keeps and done < len(everybody) else "",
        "sheet_pdf_url": _url(order, "sheet") if everybody and user.can(Right.ORDERS_SEE_ALL) else "",
    }


def _read_note() -> str:
    """Return what a mark in the application is worth in this school (docs/law.md#signatures)."""
    if signs_here():
        return "Прочитайте его и подтвердите ознакомление паролем."
    return (
        "Прочитайте его и отметьте, что ознакомились. Отметка не заменяет подписи: распишитесь и на листе ознакомления."
    )


def _history(log, order) -> list[dict]:
    """Return the history in words, newest first; who gave a visa or read the order is named."""
    names = {v.person_id: v.person.short_name for v in order.visas.all()}
    names |= {row["person"]: row["name"] for row in (order.facts or {}).get("acquaintance", []) if "person" in row}
    entries = []
    for act in reversed(log):
        person = names.get(act.facts.get("person"), "")
        text = act.words[:1].upper() + act.words[1:] + (f": {person}" if person else "")
        changes = [act.facts["reason"]] if act.facts.get("reason") else []
        who = act.actor.person.short_name if act.actor_id else "система"
        entries.append({"at": act.at, "who": who, "text": text, "changes": changes})
    return entries
