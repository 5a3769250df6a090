"""Letters about programs to whoever has the next move. A letter never names the difficulties of mentees."""

from django.conf import settings

from mentoring_site.mail import send_template
from programs.pairings.letters import address_of


def write(name: str, persons, program, **context) -> int:
    """Write the letter ``program_<name>`` to everybody who has an address; return how many were written."""
    sent = 0
    for person in persons:
        if to := address_of(person):
            facts = {"person": person, "program": program, "url": settings.SITE_URL + program.get_absolute_url()}
            send_template(f"program_{name}", to, facts | context, person_id=person.pk)
            sent += 1
    return sent
