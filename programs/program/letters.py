"""Letters about programs to whoever has the next move. A letter never names the difficulties of mentees."""

from django.conf import settings

from mentoring_site.mail import send_template, while_there
from mentoring_site.workflow import complaints, reload
from people.roles.letters import address_told
from programs.program.content import confirmed_by
from programs.program.models import Program, Remark


def write(name: str, persons, program, **context) -> int:
    """Write the letter ``program_<name>`` to everybody who has an address; return how many were written."""
    sent = 0
    for person in persons:
        if to := address_told(person):
            facts = {"person": person, "program": program, "url": settings.SITE_URL + program.get_absolute_url()}
            send_template(f"program_{name}", to, facts | context, person_id=person.pk, asks=str(program.pk))
            sent += 1
    return sent


def _is_unconfirmed(program: str, person: int | None) -> bool:
    """Whether a mentee has not confirmed the present content of a draft."""
    draft = Program.objects.filter(pk=program, state=Program.State.DRAFT).first()
    if draft is None:
        return False
    fresh = reload(draft)
    return any(p.person_id == person and p.pk not in confirmed_by(fresh) for p in fresh.pairing.people)


def _is_to_submit(program: str, person: int | None) -> bool:
    draft = Program.objects.filter(pk=program, state=Program.State.DRAFT).first()
    return draft is not None and not complaints(reload(draft), "submit")


NEEDED = {
    "program_to_confirm": _is_unconfirmed,
    "program_confirmed": _is_to_submit,
    "program_submitted": while_there(Program, state=Program.State.SUBMITTED, endorsed_at=None),
    "program_for_council": while_there(Program, state=Program.State.SUBMITTED, endorsed_at__isnull=False),
    "program_agreed": while_there(Program, state=Program.State.AGREED),
    "program_returned": while_there(Program, state=Program.State.DRAFT),
    "program_remark": lambda key, person: Remark.objects.filter(program=key, resolved_at=None).exists(),
}
