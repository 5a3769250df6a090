"""What waits in drafts of local acts: to read and remark, to answer, to record as approved."""

from collections.abc import Iterator

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.russian import plural, ruday
from people.accounts.models import User
from people.rights import Right
from reports.documents.act_drafts.models import ActDraft


def items(user: User) -> Iterator[InboxItem]:
    """Yield what the user has to do; one query for those who work on drafts."""
    edits, leads, registers = (
        user.can(right) for right in (Right.ACT_DRAFTS_EDIT, Right.ACT_DRAFTS_LEAD, Right.ORDERS_REGISTER)
    )
    if not (edits or registers):
        return
    states = (ActDraft.State.DISCUSSED, ActDraft.State.AGREED)
    for draft in ActDraft.objects.filter(state__in=states).with_counts().defer("text"):
        if draft.state == ActDraft.State.AGREED:
            if registers:
                yield _item(draft, "Записать утверждённый акт", "Обсуждение закончено", "Записать", "approve")
        elif leads and draft.unanswered:
            said = plural(draft.unanswered, "замечание ждёт,замечания ждут,замечаний ждут")
            yield _item(draft, "Ответить на замечания", f"{said} ответа", "Ответить", "answer")
        elif edits and not leads:
            until = f"Замечания ждут до {ruday(draft.discussed_until)}" if draft.discussed_until else "Идёт обсуждение"
            yield _item(draft, "Прочитать проект", until, "Прочитать", "discuss")


def _item(draft: ActDraft, title: str, why: str, verb: str, key: str) -> InboxItem:
    return InboxItem(
        f"{title}: {draft.title}",
        why,
        draft.get_absolute_url(),
        verb,
        since=draft.created_at,
        until=draft.discussed_until if key == "discuss" else None,
        weight=45,
        group=Group.LAW,
        key=f"act-draft:{draft.pk}:{key}",
    )
