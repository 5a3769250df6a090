"""Programs that their people write, the curator reads, the council decides or an order approves (п. 3.3, 3.5, 5.1)."""

from collections.abc import Iterator

from django.db.models import Prefetch

from mentoring_site.inbox import HeldItem
from people.accounts.models import User
from people.rights import Right
from programs.pairings.models import present
from programs.program.models import Program

AT_MOST = 30
State = Program.State


def held(user: User) -> Iterator[HeldItem]:
    """Return the programs on their way: all for the curator, one's own for a mentor and a mentee; two queries."""
    curator = user.can(Right.PROGRAMS_ENDORSE)
    if not curator and not user.roles & {"mentor", "mentee"}:
        return
    found = Program.objects.filter(state__in=[State.DRAFT, State.SUBMITTED, State.AGREED])
    if not curator:
        found = found.filter(pairing__in=user.person.participations.live().values("pairing"))
    people = Prefetch("pairing__participations", present().select_related("person"), to_attr="people")
    for program in found.select_related("pairing").prefetch_related(people).order_by("created_at", "pk")[:AT_MOST]:
        yield from _item(program, user)


def _item(program: Program, user: User) -> Iterator[HeldItem]:
    url = program.get_absolute_url()
    if program.state == State.DRAFT:
        mentor = next((p for p in program.pairing.people if p.part == "mentor"), None)
        if mentor is not None and mentor.person_id != user.person_id and user.can(Right.PROGRAMS_ENDORSE):
            who = mentor.person.short_name
            yield HeldItem(f"Проект «{program.title}»", who, url, f"program:{program.pk}:draft", program.created_at)
    elif program.state == State.SUBMITTED:
        what, who, since = (
            ("agree", "методический совет", program.endorsed_at)
            if program.endorsed_at
            else ("endorse", "куратор", program.submitted_at)
        )
        yield HeldItem(f"Согласование программы «{program.title}»", who, url, f"program:{program.pk}:{what}", since)
    elif not user.can(Right.PROGRAMS_ENDORSE):  # the curator is asked for the order itself
        key = f"program:{program.pk}:order"
        yield HeldItem(f"Приказ об утверждении программы «{program.title}»", "куратор", url, key, program.agreed_at)
