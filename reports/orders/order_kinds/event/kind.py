"""О проведении мониторинга или итогового мероприятия (п. 3.4, этап 6 дорожной карты)."""

from mentoring_site.russian import rudate
from mentoring_site.workflow import Complaint
from people.language.declension import named_with_post
from reports.orders.order_kinds import samples
from reports.orders.order_kinds.appendices import appendix
from reports.orders.order_kinds.base import RULES, OrderKind
from reports.orders.order_kinds.event.draft import EVENT_TYPES, MONITORING, EventDraft
from reports.orders.order_kinds.people import staff_rows
from reports.orders.order_kinds.proposal import PROPOSAL_SUBJECT, proposal_of
from reports.orders.order_kinds.typed import Particulars
from reports.orders.order_kinds.wording import (
    CONTROL,
    CURATOR,
    by_regulation,
    executor,
    in_place,
    point,
    sentence,
    since,
    title,
)


def _named(proposal, n):
    words = EVENT_TYPES[proposal.draft.event_type][n]
    return words if proposal.draft.event_type == MONITORING else f"{words} {title(proposal.draft.title)}"


def _days(proposal):
    start, end = proposal.draft.begins, proposal.draft.ends
    return rudate(start) if start == end else f"{since(start)} по {rudate(end)}"


def compose(order, context):
    """Members and the program of the event stand in the appendices."""
    proposal = proposal_of(order)
    head, members = proposal.one_as("head"), proposal.people_as("member")
    where = f" {in_place(proposal.draft.place)}" if proposal.draft.place.strip() else ""
    points = [point(f"Провести {_days(proposal)}{where} {_named(proposal, 0)}.")]
    body = "рабочей группы" if proposal.draft.event_type == MONITORING else "организационного комитета"
    sheets = appendices(order)
    if members:
        points.append(
            point(
                f"Утвердить состав {body} согласно приложению{' № 1' if len(sheets) > 1 else ''} к настоящему приказу."
            )
        )
    if proposal.draft.plan:
        points.append(
            point(
                f"Утвердить программу проведения согласно приложению{' № 2' if len(sheets) > 1 else ''} к настоящему"
                " приказу."
            )
        )
    if head:
        points.append(
            point(f"Назначить ответственным за подготовку и проведение {named_with_post(head, 'accusative')}.")
        )
    last = proposal.draft.ends
    until = context.until(14, last)
    points += executor(context.curator, until, "представить итоги для аналитического отчёта", role=CURATOR)
    return f"О проведении {_named(proposal, 1)}", by_regulation(context.school, "3.4"), [*points, point(CONTROL)]


def appendices(order):
    """The members and, if written, the program."""
    proposal = proposal_of(order)
    head, members = proposal.one_as("head"), proposal.people_as("member")
    monitoring = proposal.draft.event_type == MONITORING
    sheets = []
    if members:
        everybody = [*([head] if head else []), *[m for m in members if m != head]]
        notes = {head.pk: "руководитель рабочей группы" if monitoring else "председатель"} if head else {}
        rows = staff_rows(everybody, notes)
        what = "Состав рабочей группы" if monitoring else "Состав организационного комитета"
        sheets.append(
            appendix(
                what,
                (("№", 6), ("Фамилия, имя, отчество", 36), ("Должность", 36), ("Примечание", 22)),
                rows,
                approved="УТВЕРЖДЁН",
            )
        )
    if proposal.draft.plan:
        lines = [line.strip() for line in proposal.draft.plan.splitlines() if line.strip()]
        rows = [[str(n), *_columns(line)] for n, line in enumerate(lines, 1)]
        sheets.append(
            appendix(
                "Программа проведения", (("№", 6), ("Время, срок", 20), ("Содержание", 74)), rows, approved="УТВЕРЖДЕНА"
            )
        )
    return sheets


def _columns(line):
    """«10:00 — Регистрация» is a time and what happens then."""
    when, dash, what = line.partition(" — ")
    return (when, sentence(what).rstrip(".")) if dash else ("", line)


def _check(proposal):
    if not proposal.one_as("head"):
        return [Complaint("Не назначен ответственный", "Указывает тот, кто составил приказ")]
    return []


def _specimen(by):
    draft = EventDraft(
        event_type="round_table",
        title="Наставник и молодой педагог",
        place="малый зал",
        begins=samples.day(20),
        ends=samples.day(20),
        plan="15:00 — Открытие\n15:15 — Рассказы наставнических пар",
    )
    return Particulars(draft, {"head": [by.person], "member": samples.teachers(3)})


EVENT_ORDER = OrderKind(
    code="event",
    group=RULES,
    position=170,
    label="О проведении мониторинга, конференции, круглого стола",
    subject=PROPOSAL_SUBJECT,
    compose=compose,
    visa_roles=("curator",),
    appendices=appendices,
    subject_filter={"kind": "event"},
    single_subject=True,
    form="reports.orders.order_kinds.event.form.EventForm",
    draft=EventDraft,
    begins=lambda p: p.draft.begins,
    check=_check,
    item_text=lambda p: (f"Провести {_named(p, 0)}", _days(p)),
    specimen=_specimen,
)
