"""What pages of drafts of local acts show."""

from dataclasses import dataclass, replace

from django.urls import reverse

from mentoring_site.russian import plural, rudate, ruday
from mentoring_site.ui.elements import Action, Badge, Crumb, Fact
from mentoring_site.workflow import action
from people.accounts.models import User
from people.rights import Right
from reports.documents.act_drafts.models import ActDraft, ActRemark

TITLE = "Проекты локальных актов"
TONES = {"draft": "ahead", "discussed": "you", "agreed": "you", "approved": "done", "dropped": "stopped"}
STEPS = (("discuss", True), ("agree", True), ("approve", True), ("rework", False), ("drop", False))
"""The steps in the order of their buttons, and whether a step is the main one."""


def crumbs(*more: Crumb) -> list[Crumb]:
    """Return breadcrumbs that begin at the list of drafts."""
    return [Crumb(TITLE, reverse("reports:act_drafts")), *more]


def crumbs_of(draft: ActDraft, last: str) -> list[Crumb]:
    """Return breadcrumbs of a page below that of a draft."""
    return crumbs(Crumb(draft.title, draft.get_absolute_url()), Crumb(last))


def badge(draft: ActDraft) -> Badge:
    """Return the state of a draft."""
    return Badge(draft.get_state_display(), TONES[draft.state])  # type: ignore[arg-type]


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    title: str
    url: str
    note: str
    remarks: str
    begun: str
    badge: Badge


def row(draft: ActDraft, user: User) -> Row:
    """Return a line of the list."""
    said = plural(draft.remarked, "замечание,замечания,замечаний") if draft.remarked else "нет"
    left = f", без ответа {draft.unanswered}" if draft.unanswered else ""
    discussed = draft.state == ActDraft.State.DISCUSSED and draft.discussed_until
    until = f"до {ruday(draft.discussed_until)}" if discussed else ""
    return Row(draft.title, draft.get_absolute_url(), until, said + left, ruday(draft.created_at), badge(draft))


COLUMNS = ("Проект", "Зачем нужен", "Состояние", "Обсуждают до", "Замечаний", "Без ответа", "Начат", "Кто начал")


def cells(draft: ActDraft, user: User) -> tuple:
    """Return the cells of a draft in the workbook."""
    return (
        draft.title,
        draft.why,
        draft.get_state_display(),
        draft.discussed_until,
        draft.remarked,
        draft.unanswered,
        draft.created_at.date(),
        draft.created_by.person.short_name,
    )


@dataclass(frozen=True)
class Paragraph:
    """A line of the text of a draft: a clause, or a heading that was typed with «#»."""

    text: str
    is_heading: bool


def paragraphs(draft: ActDraft) -> list[Paragraph]:
    """Return the text of a draft line by line, as it was typed."""
    lines = [line.strip() for line in draft.text.splitlines() if line.strip()]
    return [Paragraph(line.lstrip("# "), line.startswith("#")) for line in lines]


def facts(draft: ActDraft) -> list[Fact]:
    """Return what is known of a draft."""
    rows = Fact.known(
        [
            ("Зачем нужен", draft.why),
            ("Обсуждают до", rudate(draft.discussed_until) if draft.discussed_until else ""),
            ("Начат", f"{rudate(draft.created_at)}, {draft.created_by.person.short_name}"),
            ("Почему снят", draft.dropped_why),
        ]
    )
    if draft.act:
        rows.insert(0, Fact("Утверждённый акт", draft.act.title, url=draft.act.get_absolute_url()))
    return rows


def actions(draft: ActDraft, user: User) -> list[Action]:
    """Return the buttons of a draft's page."""
    found = []
    for name, primary in STEPS:
        url = reverse(f"reports:act_draft_{name}", args=[draft.pk])
        if step := action(draft, name, user, url, primary=primary):
            found.append(replace(step, danger=True) if name == "drop" else step)
    if draft.state in (ActDraft.State.DRAFT, ActDraft.State.DISCUSSED) and user.can(Right.ACT_DRAFTS_EDIT):
        found.append(Action("write", "Править текст", reverse("reports:act_draft_write", args=[draft.pk])))
    return found


@dataclass(frozen=True)
class Said:
    """A remark on the page: who, to what, the answer."""

    text: str
    place: str
    who: str
    badge: Badge
    answer: str
    answer_url: str


def remarks(draft: ActDraft, user: User) -> list[Said]:
    """Return the remarks on a draft, those without an answer first."""
    leads = user.can(Right.ACT_DRAFTS_LEAD) and draft.state in ActDraft.OPEN_STATES
    found = sorted(draft.remarks.all(), key=lambda remark: (remark.answered_at is not None, remark.pk))
    return [_said(remark, leads) for remark in found]


def _said(remark: ActRemark, leads: bool) -> Said:
    if remark.answered_at is None:
        mark = Badge("ждёт ответа", "you")
    else:
        mark = Badge("учтено", "done") if remark.is_taken else Badge("не учтено", "stopped")
    url = reverse("reports:act_remark_answer", args=[remark.pk]) if leads and remark.answered_at is None else ""
    who = f"{remark.made_by.person.short_name}, {ruday(remark.made_at)}"
    return Said(remark.text, remark.place, who, mark, remark.answer, url)
