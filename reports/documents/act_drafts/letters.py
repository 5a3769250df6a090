"""Letters about drafts of local acts: whether they still ask for something when they leave."""

from reports.documents.act_drafts.models import ActDraft, ActRemark


def _is_discussed(draft: str, person: int | None) -> bool:
    return ActDraft.objects.filter(pk=int(draft), state=ActDraft.State.DISCUSSED).exists()


def _is_unanswered(remark: str, person: int | None) -> bool:
    return ActRemark.objects.filter(pk=int(remark), answered_at=None, draft__state__in=ActDraft.OPEN_STATES).exists()


NEEDED = {"act_draft_discussed": _is_discussed, "act_draft_remark": _is_unanswered}
NEWS = {"act_draft_answered"}
