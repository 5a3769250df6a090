"""A changed sample is taken over as an amendment, or left with a reason; never silently (п. 7.2)."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.workflow import Already, Refused, record, reload
from people.accounts.models import User
from programs.changes.amendment import acts as amendment_acts
from programs.changes.amendment.models import Amendment
from programs.changes.template_updates.effects import amended_plan, effects
from programs.program.models import Program


def _seen(program: Program) -> None:
    Program.objects.filter(pk=program.pk).update(template_seen_at=timezone.now())


@transaction.atomic
def take(program: Program, *, by: User, request_key: UUID | None = None) -> Amendment:
    """Open an amendment with what the sample adds and changes; every side agrees to it as to any other.

    Raises what ``amendment.acts.propose`` raises; ``Already`` when there is nothing to take.
    """
    program = reload(locked(program))
    amendment_acts.require_amending(program, by)
    found = [effect for effect in effects(program) if effect.kind != "kept"]
    if not found:
        raise Already("Образец с тех пор не менялся, или его изменения уже рассмотрены")
    reason = f"Изменён образец «{program.template}», по которому составлена программа"
    made = amendment_acts.propose(program, by=by, reason=reason, request_key=request_key)
    difficulties = sorted(statement.pk for statement in program.difficulties.all())
    plan = amended_plan(amendment_acts.present_plan(program), found, difficulties)
    made = amendment_acts.set_plan(made, plan, by=by, version=made.version, words="по изменённому образцу")
    _seen(program)
    record(program, "template_taken", by=by, words="изменения образца предложены участникам программы")
    return made


@transaction.atomic
def leave(program: Program, *, by: User, reason: str) -> None:
    """Leave the program as it is, with a reason where something could be taken. Raises ``NotAllowed``, ``Refused``."""
    program = reload(locked(program))
    amendment_acts.require_amending(program, by)
    takes = any(effect.kind != "kept" for effect in effects(program))
    if takes and not reason.strip():
        raise Refused("Напишите, почему изменения образца программе не нужны")
    _seen(program)
    words = f"изменения образца не взяты: {reason.strip()}" if takes else "изменения образца просмотрены"
    record(program, "template_left", by=by, words=words[:300])
