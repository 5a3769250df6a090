"""Letters about programs to whoever has the next move. A letter never names the difficulties of mentees."""

from django.conf import settings

from mentoring_site.mail import send_template
from mentoring_site.workflow import reload
from people.roles.letters import address_told
from programs.program.content import confirmed_by
from programs.program.models import Program


def write(name: str, persons, program, *, asks: str = "", **context) -> int:
    """Write the letter ``program_<name>`` to everybody who has an address; return how many were written."""
    sent = 0
    for person in persons:
        if to := address_told(person):
            facts = {"person": person, "program": program, "url": settings.SITE_URL + program.get_absolute_url()}
            send_template(f"program_{name}", to, facts | context, person_id=person.pk, asks=asks)
            sent += 1
    return sent


def _is_unconfirmed(program: str, person: int | None) -> bool:
    """Whether a mentee has not confirmed the present content of a draft."""
    draft = Program.objects.filter(pk=program, state=Program.State.DRAFT).first()
    if draft is None:
        return False
    fresh = reload(draft)
    return any(p.person_id == person and p.pk not in confirmed_by(fresh) for p in fresh.pairing.people)


NEEDED = {"program_to_confirm": _is_unconfirmed}
