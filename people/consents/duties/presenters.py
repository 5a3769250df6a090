"""What pages show of one thing due: what, how, until when and by which article, why longer, who has done it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from mentoring_site.russian import near, rudate, upper_first
from mentoring_site.ui.elements import Badge
from people.accounts.models import User
from people.consents.duties.acts import HOW
from people.consents.duties.models import Duty
from people.rights import Right


@dataclass(frozen=True)
class DutyRow:
    """One thing due for ``components/duties.html``; ``law`` is the article and the length of its term."""

    what: str
    how: str
    until: str
    near: str
    law: str
    longer: str
    badge: Badge
    who: str
    url: str
    verb: str
    extend_url: str
    extension_url: str
    paper_url: str


def duty_row(duty: Duty, user: User, *, paper_url: str = "") -> DutyRow:
    """Return a row; the withdrawal or the request, its person and who has done it are fetched already."""
    records, is_done = user.can(Right.CONSENTS_RECORD), duty.done_at is not None
    by, at = duty.done_by, duty.done_at
    url, verb = _step(duty)
    longer = f"продлён, был до {rudate(duty.first_due_on)}: {duty.extension}" if duty.first_due_on else ""
    may_extend = records and not is_done and duty.law.more and not duty.first_due_on and not duty.is_late
    return DutyRow(
        what=upper_first(duty.get_kind_display()),
        how=duty.note if is_done else HOW[duty.kind],
        until=duty.until,
        near="" if is_done else near(duty.due_on),
        law=f"{duty.law.words} ({duty.law.source})",
        longer=longer,
        badge=badge(duty, may_do=records),
        who=f"{by.person.short_name}, {timezone.localtime(at):%d.%m.%Y в %H:%M}" if by and at else "",
        url=url if records and not is_done else "",
        verb=verb,
        extend_url=reverse("people:duty_extend", args=[duty.pk]) if may_extend else "",
        extension_url=reverse("people:duty_extension", args=[duty.pk]) if duty.first_due_on else "",
        paper_url=paper_url if duty.kind == Duty.Kind.ANSWER else "",
    )


def _step(duty: Duty) -> tuple[str, str]:
    """Return where the thing is done and the words of the link."""
    if duty.kind == Duty.Kind.DESTROY:
        named = f"withdrawal={duty.withdrawal_id}" if duty.withdrawal_id else f"request={duty.request_id}"
        return f"{reverse('people:destruction_new', args=[duty.whose.pk])}?{named}", "Подготовить акт"
    if duty.request_id and duty.kind == Duty.Kind.ANSWER:
        return reverse("people:data_request_close", args=[duty.request_id]), "Записать ответ"
    return reverse("people:duty_done", args=[duty.pk]), "Отметить «сделано»"


def badge(duty: Duty, *, may_do: bool) -> Badge:
    """Return the state of a thing due, for a reader who may do it or not."""
    if duty.done_at is not None:
        return Badge("сделано", "done")
    if duty.is_late:
        return Badge("просрочено", "late")
    return Badge("нужно сделать", "you" if may_do else "others")
