"""Об утверждении Положения (п. 3.1, 3.3, этап 1 дорожной карты): the regulation, the roadmap and the
curator in one order.
"""

import re
from datetime import date
from math import sqrt
from typing import Any

from django.apps import apps
from django.utils import timezone

from mentoring_site.paper_ref import PaperRef
from mentoring_site.russian import school_year
from mentoring_site.workflow import Complaint
from people.roles import acts as role_acts
from reports.orders.order_kinds import samples
from reports.orders.order_kinds.appendices import appendix
from reports.orders.order_kinds.base import RULES, OrderKind
from reports.orders.order_kinds.curator.kind import against, appoint, appointing, unusual
from reports.orders.order_kinds.items import subjects
from reports.orders.order_kinds.proposal import PROPOSAL_SUBJECT, proposal_of
from reports.orders.order_kinds.regulation.draft import RegulationDraft
from reports.orders.order_kinds.roadmap import appendices as plan_sheets
from reports.orders.order_kinds.roadmap import in_force
from reports.orders.order_kinds.typed import Particulars
from reports.orders.order_kinds.wording import CONTROL, CURATOR, REGULATION, dative, executor, labour_code, point, since
from roadmap.legal_base.citing import cite
from roadmap.legal_base.models import LegalAct
from roadmap.regulation import acts as regulation_acts
from roadmap.regulation import approvals
from roadmap.regulation.models import Regulation

NAME = "Положение о системе наставничества педагогических работников"
TO_REGULATION = "Положению о системе наставничества педагогических работников"
_APPENDIX = re.compile(
    r"^(?:#+\s*|\*\*)?(?:Приложение|ПРИЛОЖЕНИЕ)(?:\s*№?\s*\d{1,2})?(?:\s+к\s+Положению)?(?=\s*(?:$|\*\*|[.:—–-]))"
)
_ITEM = re.compile(r"(?<=[.;:])\s+(?=– |\d\) )")  # a list inside a cell


def compose(order, context):
    """The Положение is appendix 1, the roadmap appendix 2."""
    proposal = proposal_of(order)
    said = approvals.decisions(_marks(proposal))
    council = f", с учётом {said}" if said else ""
    return (
        "Об утверждении Положения о системе наставничества педагогических работников",
        (
            f"В соответствии с {cite('education_act', 'instrumental')}, {labour_code()}, в целях развития"
            f" наставничества педагогических работников{_because(proposal.draft)}{council}"
        ),
        _points(proposal, subjects(order, "roadmap"), context),
    )


def _because(draft: RegulationDraft) -> str:
    """Return the act that has called for a new version (п. 9.2): «, в связи с вступлением в силу приказа …»."""
    act = LegalAct.objects.filter(pk=draft.ground).first() if draft.ground else None
    return f", в связи с вступлением в силу {act.cited('genitive')}" if act else ""


def _points(proposal, plans: list, context) -> list[dict]:
    number, begins, curator = " № 1" if plans else "", since(proposal.draft.since), proposal.one_as("main")
    points = [
        point(f"Утвердить {NAME} согласно приложению{number} к настоящему приказу и ввести его в действие {begins}.")
    ]
    if plans:
        year = school_year(plans[0].school_year, full=True)
        points.append(
            point(
                f"Утвердить дорожную карту (план мероприятий) по реализации {REGULATION} на {year} учебный год согласно"
                f" приложению № 2 к настоящему приказу{in_force(plans[0])}."
            )
        )
    published = "Положение и дорожную карту" if plans else "Положение"
    tasks = (
        "ознакомить педагогических работников с Положением",
        f"разместить {published} на официальном сайте учреждения",
    )
    if curator:
        points.append(point(f"{appointing(curator, proposal.draft.since)}."))
        points.append(point(f"Куратору {dative(curator)} {context.until(7)}:", *tasks))
    else:
        points += executor(context.curator, context.until(7), *tasks, role=CURATOR)
    if context.school.has_regulation:
        old = str(PaperRef(context.school.regulation_number, context.school.regulation_date))
        title = proposal.draft.former or NAME
        word = "утверждённое" if title.startswith("Положение") else "утверждённый акт"
        points.append(point(f"Признать утратившим силу {begins} {title}, {word} приказом {old}."))
    return [*points, point(CONTROL)]


def appendices(order):
    """The text of the Положение on its own sheets, then the roadmap."""
    proposal = proposal_of(order)
    lines = [line.strip() for line in proposal.draft.text.splitlines() if line.strip()]
    first, *sheets = _sheets([line for line in lines if not set(line) <= set("|-: ")])
    marks = approvals.grifs(_marks(proposal))
    own = [_sheet(NAME, first, approved="УТВЕРЖДЕНО", grifs=marks)]
    for number, (head, *rest) in enumerate(sheets, 1):
        label = f"Приложение № {number}" if len(sheets) > 1 else "Приложение"
        heading, rest = _titled(head, rest)
        own.append(_sheet(heading, rest, label=label, to=f"к {TO_REGULATION}"))
    return [*own, *plan_sheets(order)]


def _marks(proposal) -> list[dict]:
    """Return the marks of collegial bodies; an older draft knows the minutes of one council."""
    if proposal.draft.approvals or not proposal.minutes_date:
        return proposal.draft.marks
    day = proposal.minutes_date.isoformat()
    return [{"word": "ПРИНЯТО", "body": "педагогический совет", "number": proposal.minutes_number, "date": day}]


def _sheets(lines: list[str]) -> list[list[str]]:
    """Split the text of the Положение where an appendix of its own begins: each stands on its own sheet."""
    starts = [n for n, line in enumerate(lines) if n and _APPENDIX.match(line)]
    return [lines[a:b] for a, b in zip([0, *starts], [*starts, len(lines)], strict=True)]


def _titled(head: str, rest: list[str]) -> tuple[str, list[str]]:
    """Return the title of an appendix and its lines: the words after «Приложение», or its first heading."""
    words = _APPENDIX.sub("", head).strip(" .:—–-*")
    if words:
        return words, rest
    if rest and not rest[0].startswith("|"):
        return _line(rest[0]).removeprefix("# "), rest[1:]
    return "Приложение к Положению", rest


def _sheet(title: str, lines: list[str], **more) -> dict:
    """Return a sheet of text that may end with a table."""
    last = max((n for n, line in enumerate(lines, 1) if not line.startswith("|")), default=0)
    last = len(lines) if len(lines) - last < 2 else last
    columns, rows = _table([_cells(line) for line in lines[last:]])
    text = [
        _line(" — ".join(filter(None, _cells(line)))) if line.startswith("|") else _line(line) for line in lines[:last]
    ]
    return appendix(title, columns, rows, text=text, **more)


def _cells(line: str) -> list[str]:
    return [" ".join(cell.replace("**", "").split()) for cell in line.strip("|").split("|")]


def _table(found: list[list[str]]) -> tuple:
    """Return columns and rows of the table that ends the text; a table inside the text becomes sentences."""
    if not found:
        return (), []
    head, *rows = found
    rows = [[_ITEM.sub("\n", cell) for cell in [*row, *[""] * len(head)][: len(head)]] for row in rows]
    signs = [[len(cell) for cell in column] for column in zip(*rows, strict=True)] or [[1]] * len(head)
    long = [max(sum(column) / len(column), max(column) / 4) for column in signs]
    return [
        (label, 6 if len(label) < 4 else max(8, sqrt(signs) * 4)) for label, signs in zip(head, long, strict=True)
    ], rows


def _line(line: str) -> str:
    """Return a line as it is printed: a title keeps «# » before it, a list has dashes, marks of emphasis go."""
    title, line = line.startswith("#"), line.lstrip("# ").replace("**", "")
    return f"# {line}" if title else f"– {line[2:]}" if line.startswith(("- ", "* ", "• ")) else line


def _check(proposal):
    if len(proposal.draft.text.strip()) < regulation_acts.SHORTEST:
        return [Complaint("Нет текста Положения", "Вносит тот, кто составил приказ")]
    curator, since_day = proposal.one_as("main"), proposal.draft.since
    if curator and not role_acts.holds(curator, "curator", since_day, None):
        return against(curator, since_day)
    return []


def _apply(proposal, *, by, order):
    if _in_force_from(proposal, order) <= timezone.localdate():
        _put_in_force(proposal, order, by=by)
    if proposal.one_as("main"):
        appoint(proposal, since=proposal.draft.since, by=by, order=order)


def _in_force_from(proposal, order) -> date:
    """Return the day that the text names, or the day of effect that registration wrote when that is later."""
    return max(proposal.draft.since, order.effective_on)


def _put_in_force(proposal, order, *, by):
    regulation_acts.approve(
        title=NAME,
        text=proposal.draft.text,
        by=by,
        number=order.number,
        date=order.date,
        since=_in_force_from(proposal, order),
        approvals=_marks(proposal),
        ground=proposal.draft.ground,
        why=proposal.draft.why,
    )


def put_in_force_due(today: date | None = None) -> int:
    """Put in force what orders have approved and whose day has come, for the clock; returns how many."""
    today, put = today or timezone.localdate(), 0
    items: Any = apps.get_model("reports.OrderItem").objects.select_related("proposal", "order")
    items = items.filter(proposal__kind=REGULATION_ORDER.code, order__state="registered")
    for item in items.order_by("order__date", "pk"):
        order = item.order
        known = regulation_acts.of_order(order.number, order.date)
        if not known and _in_force_from(item.proposal, order) <= today:
            _put_in_force(item.proposal, order, by=None)
            put += 1
    return put


def _roadmaps(proposals):
    keys = [p.draft.roadmap for p in proposals if p.draft.roadmap]
    return list(apps.get_model("roadmap.Roadmap").objects.with_requirements().filter(pk__in=keys))


def _specimen(by):
    text = Regulation.objects.filter(state=Regulation.State.APPROVED).values_list("text", flat=True).first()
    draft = RegulationDraft(text or "1. Общие положения", since=samples.day())
    return Particulars(draft, {"main": [by.person]}, minutes_number="1", minutes_date=samples.day(-3))


REGULATION_ORDER = OrderKind(
    code="regulation",
    group=RULES,
    position=10,
    label="Об утверждении Положения о системе наставничества",
    subject=PROPOSAL_SUBJECT,
    compose=compose,
    visa_roles=("curator",),
    appendices=appendices,
    subject_filter={"kind": "regulation"},
    extra_subjects=_roadmaps,
    single_subject=True,
    settles_doubts=True,
    form="reports.orders.order_kinds.regulation.form.RegulationForm",
    draft=RegulationDraft,
    check=_check,
    apply=_apply,
    apply_due=put_in_force_due,
    warnings=unusual,
    begins=lambda p: p.draft.since,
    item_text=lambda p: (NAME, f"вводится в действие с {p.draft.since:%d.%m.%Y}"),
    hint="Тем же приказом можно утвердить дорожную карту и назначить куратора.",
    undone_by={
        "regulation": "Положение заменяет приказ об утверждении новой редакции",
    },
    specimen=_specimen,
)
