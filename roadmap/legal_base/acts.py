"""Acts of the legal base: record and change an act, end its force, settle a doubt (п. 1.1, 9.2)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mentoring_site.files import delete_stored
from mentoring_site.locks import locked, one_at_a_time
from mentoring_site.models import StoredFile
from mentoring_site.rights import require
from mentoring_site.workflow import Already, Refused, claim_version, record
from people.accounts.models import User
from people.rights import Right
from people.roles.letters import mail_right_holders
from roadmap.legal_base.models import LegalAct

UNSETTLED: dict[str, Any] = {"settled": "", "settled_at": None, "settled_by": None}


@transaction.atomic
def add(
    *, by: User, request_key: UUID | None = None, file: StoredFile | None = None, force: bool = False, **values: Any
) -> LegalAct:
    """Record an act. Returns it, or the one made by the same ``request_key``.

    Raises ``NotAllowed``; ``Refused`` when an act with this number and date is there already, unless ``force``.
    """
    require(by, Right.LEGAL_BASE_EDIT)
    one_at_a_time("legal-base")
    if request_key and (made := LegalAct.objects.filter(request_key=request_key).first()):
        return made
    if not force and (twin := twin_of(values.get("number", ""), values.get("date"))):
        raise Refused(f"Такой акт уже есть: {twin.short_name}")
    act = LegalAct.objects.create(created_by=by, request_key=request_key, file=file, **values)
    record(act, "legal-act", by=by, words="акт внесён в правовую базу")
    _tell_of_doubt(act, by)
    return act


def twin_of(number: str, day: date | None) -> LegalAct | None:
    """Return the act of the school's base with the same number and date."""
    if not number:
        return None
    return LegalAct.objects.of_school().filter(number__iexact=number.strip(), date=day).first()


@transaction.atomic
def change(act: LegalAct, *, by: User, version: int, file: StoredFile | None = None, **values: Any) -> LegalAct:
    """Change an act; a new doubt takes the place of a settled one. Raises ``NotAllowed``, ``Refused``, ``Stale``."""
    require(by, Right.LEGAL_BASE_EDIT)
    claim_version(act, version)
    fresh = LegalAct.objects.get(pk=act.pk)
    doubted, former = values.get("doubt", fresh.doubt) != fresh.doubt, fresh.file
    for name, value in (values | (UNSETTLED if doubted else {})).items():
        setattr(fresh, name, value)
    if file:
        fresh.file = file
    fresh.save()
    if file and former:
        delete_stored(former)
    record(fresh, "legal-act-edit", by=by, words="сведения об акте изменены")
    if doubted:
        _tell_of_doubt(fresh, by)
    return fresh


def _tell_of_doubt(act: LegalAct, by: User) -> None:
    """Write to whoever settles doubts; papers that rest on the act wait for it."""
    if act.has_open_doubt:
        mail_right_holders(Right.LEGAL_BASE_SETTLE, "legal_doubt", but=by, asks=str(act.pk), legal_act=act)


@transaction.atomic
def end(act: LegalAct, *, by: User, version: int, ends_on: date, reason: str, replaced_by: LegalAct | None) -> LegalAct:
    """Write from which day an act is out of force, why, and what is in its place.

    Raises ``NotAllowed``, ``Stale``; ``Refused`` for a day before the act or a circle of replacements.
    """
    require(by, Right.LEGAL_BASE_EDIT)
    claim_version(act, version)
    begins = act.since or act.date
    if begins and ends_on <= begins:
        raise Refused("Акт не может перестать действовать раньше, чем начал")
    following = replaced_by
    while following is not None:
        if following.pk == act.pk:
            raise Refused(f"{replaced_by} сам заменён этим актом")
        following = following.replaced_by
    act.ends_on, act.end_reason, act.replaced_by = ends_on, reason.strip(), replaced_by
    act.save()
    record(act, "legal-act-end", by=by, words=f"не действует с {ends_on:%d.%m.%Y}", reason=reason.strip())
    return act


@transaction.atomic
def revive(act: LegalAct, *, by: User, version: int, reason: str) -> LegalAct:
    """Take back that an act is out of force. Raises ``NotAllowed``, ``Stale``, ``Refused`` without a reason."""
    require(by, Right.LEGAL_BASE_EDIT)
    claim_version(act, version)
    if act.ends_on is None:
        raise Already("Акт и так действует")
    act.ends_on, act.end_reason, act.replaced_by = None, "", None
    act.save()
    record(act, "legal-act-revive", by=by, words="снова действует", reason=reason.strip())
    return act


@transaction.atomic
def settle(act: LegalAct, *, by: User, version: int, settled: str, **values: Any) -> LegalAct:
    """Settle the doubt about an act with what the director has decided; ``values`` are the particulars as decided.

    Raises ``NotAllowed``, ``Stale``; ``Already`` when there is no open doubt.
    """
    require(by, Right.LEGAL_BASE_SETTLE)
    claim_version(act, version)
    fresh = LegalAct.objects.get(pk=act.pk)
    if not fresh.has_open_doubt:
        raise Already("Сомнений об этом акте нет: они уже решены")
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.settled, fresh.settled_at, fresh.settled_by = settled.strip(), timezone.now(), by
    fresh.save()
    record(fresh, "legal-act-settle", by=by, words="сомнение решено", reason=settled.strip())
    return fresh


@transaction.atomic
def check(act: LegalAct, *, by: User, key: UUID | None = None) -> LegalAct:
    """Write down that an act was compared with its official text today and is what the base says (п. 9.2).

    Raises ``NotAllowed``; ``Refused`` for an act out of force or in doubt; ``Already`` when it was done today.
    """
    require(by, Right.LEGAL_BASE_EDIT)
    fresh, today = locked(act), timezone.localdate()
    if unfit := unfit_for_check(fresh):
        raise Refused(f"{fresh.short_name}: {unfit}")
    if fresh.checked_on == today:
        raise Already("Сегодня этот акт уже проверен")
    LegalAct.objects.filter(pk=fresh.pk).update(checked_on=today, checked_by=by)
    fresh.refresh_from_db()
    record(fresh, "legal-act-check", by=by, words="сверен с официальным текстом")
    return fresh


def unfit_for_check(act: LegalAct) -> str:
    """Say why there is nothing to compare, or an empty string."""
    if not act.in_force_on(timezone.localdate()):
        return "акт не действует, проверять его не нужно"
    return "сначала решите сомнение" if act.has_open_doubt else ""
