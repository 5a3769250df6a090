"""Acts on drafts of local acts: begun, written, discussed with remarks and answers, approved, dropped (п. 3.5)."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.models import StoredFile
from mentoring_site.rights import require
from mentoring_site.workflow import Already, Refused, claim_version, perform, record
from people.accounts.models import User
from people.register.models import Person
from people.rights import Right
from people.roles.letters import mail_person, mail_right_holders
from reports.documents.act_drafts.models import ActDraft, ActDraftText, ActRemark
from reports.documents.local_acts import acts as local_act_acts


@transaction.atomic
def begin(
    *, by: User, kind: str, about: str, why: str = "", text: str = "", request_key: UUID | None = None
) -> ActDraft:
    """Begin a draft. Returns it, or the one made by the same ``request_key``. Raises ``NotAllowed``."""
    require(by, Right.ACT_DRAFTS_EDIT)
    if request_key and (made := ActDraft.objects.filter(request_key=request_key).first()):
        return made
    draft = ActDraft.objects.create(
        created_by=by, kind=kind, about=about.strip(), why=why.strip(), text=text.strip(), request_key=request_key
    )
    record(draft, "act-draft", by=by, words="начат проект локального акта")
    return draft


@transaction.atomic
def write(draft: ActDraft, *, by: User, version: int, **values: Any) -> ActDraft:
    """Change a draft that is not agreed yet; the former text is kept. Raises ``NotAllowed``, ``Refused``, ``Stale``."""
    require(by, Right.ACT_DRAFTS_EDIT)
    claim_version(draft, version)
    fresh = locked(draft)
    if fresh.state not in (ActDraft.State.DRAFT, ActDraft.State.DISCUSSED):
        raise Refused("Обсуждение закончено: чтобы править текст, верните проект в работу")
    new = values.get("text", fresh.text).strip()
    if fresh.text and new != fresh.text:
        ActDraftText.objects.create(draft=fresh, text=fresh.text, replaced_by=by)
    for name, value in (values | {"text": new}).items():
        setattr(fresh, name, value)
    fresh.save()
    record(fresh, "act-draft-edit", by=by, words="проект изменён")
    return fresh


@transaction.atomic
def discuss(draft: ActDraft, *, by: User, until: dt.date) -> ActDraft:
    """Send a draft to those who work on drafts; each gets a letter. Raises what ``perform`` raises, ``Refused``."""
    if until < timezone.localdate():
        raise Refused("День, до которого обсуждают, уже прошёл")
    fresh = perform(locked(draft), "discuss", by=by, columns={"discussed_until": until})
    mail_right_holders(Right.ACT_DRAFTS_EDIT, "act_draft_discussed", but=by, asks=str(fresh.pk), act_draft=fresh)
    return fresh


@transaction.atomic
def remark(draft: ActDraft, *, by: User, text: str, place: str = "", request_key: UUID | None = None) -> ActRemark:
    """Make a remark on a draft that is discussed; who leads drafts gets a letter.

    Raises ``NotAllowed``; ``Refused`` without words and when the draft is not discussed.
    """
    require(by, Right.ACT_DRAFTS_EDIT)
    if request_key and (made := ActRemark.objects.filter(request_key=request_key, draft=draft).first()):
        return made
    fresh = locked(draft)
    if fresh.state != ActDraft.State.DISCUSSED:
        raise Refused("Замечания делают, пока проект обсуждается")
    if not text.strip():
        raise Refused("Напишите, что изменить")
    made = ActRemark.objects.create(
        draft=fresh, place=place.strip(), text=text.strip(), made_by=by, request_key=request_key
    )
    record(fresh, "act-draft-remark", by=by, words="сделано замечание", remark=made.pk)
    mail_right_holders(
        Right.ACT_DRAFTS_LEAD, "act_draft_remark", but=by, asks=str(made.pk), act_draft=fresh, act_remark=made
    )
    return made


@transaction.atomic
def answer(remark: ActRemark, *, by: User, is_taken: bool, answer: str = "") -> ActRemark:
    """Say what became of a remark; its author gets a letter.

    Raises ``NotAllowed``; ``Already``; ``Refused`` for a refusal without words.
    """
    require(by, Right.ACT_DRAFTS_LEAD)
    draft = locked(remark.draft)
    fresh = locked(remark)
    if fresh.answered_at:
        raise Already("На это замечание уже ответили")
    if draft.state not in ActDraft.OPEN_STATES:
        raise Refused("Работа над проектом закончена")
    if not is_taken and not answer.strip():
        raise Refused("Напишите, почему замечание не учтено")
    ActRemark.objects.filter(pk=fresh.pk).update(
        is_taken=is_taken, answer=answer.strip(), answered_at=timezone.now(), answered_by=by
    )
    fresh.refresh_from_db()
    words = "замечание учтено" if is_taken else "замечание не учтено"
    record(draft, "act-draft-answer", by=by, words=words, remark=fresh.pk)
    if fresh.made_by_id != by.pk:
        mail_person(fresh.made_by.person, "act_draft_answered", act_draft=draft, act_remark=fresh)
    return fresh


def agree(draft: ActDraft, *, by: User) -> ActDraft:
    """End the discussion. Raises what ``perform`` raises."""
    return _moved(draft, "agree", by)


def rework(draft: ActDraft, *, by: User) -> ActDraft:
    """Take a draft back to be written. Raises what ``perform`` raises."""
    return _moved(draft, "rework", by)


@transaction.atomic
def _moved(draft: ActDraft, name: str, by: User, **columns: Any) -> ActDraft:
    locked(draft)
    fresh = ActDraft.objects.with_requirements().get(pk=draft.pk)
    return perform(fresh, name, by=by, columns=columns)


def drop(draft: ActDraft, *, by: User, why: str) -> ActDraft:
    """Give a draft up and say why. Raises what ``perform`` raises; ``Refused`` without words."""
    if not why.strip():
        raise Refused("Напишите, почему проект снят")
    return _moved(draft, "drop", by, dropped_why=why.strip())


@transaction.atomic
def approve(
    draft: ActDraft,
    *,
    by: User,
    number: str,
    date: dt.date,
    file: StoredFile,
    approvals: Iterable[Mapping[str, Any]],
    audience: list[str],
    posts: Iterable[str] = (),
    persons: Iterable[Person] = (),
) -> ActDraft:
    """Record the approved act with its order, file and the bodies that have adopted it; people read it.

    Raises what ``perform`` and ``local_acts.acts.add_act`` raise.
    """
    marks = list(approvals)
    locked(draft)
    fresh = ActDraft.objects.with_requirements().get(pk=draft.pk)
    ActDraft.WORKFLOW["approve"].require(fresh, by)
    act = local_act_acts.add_act(
        by=by,
        kind=fresh.kind,
        about=fresh.about,
        number=number,
        date=date,
        file=file,
        audience=audience,
        posts=posts,
        persons=persons,
        approvals=marks,
    )
    return perform(fresh, "approve", by=by, columns={"act": act, "approvals": marks}, number=number)
