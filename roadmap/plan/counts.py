"""What the records themselves say of a stage today: orders, banks, pairs, programs, those left without a pair."""

from django.db.models import Exists, IntegerField, OuterRef, QuerySet, Subquery

from mentoring_site.russian import plural
from people.banks.models import Candidate
from programs.completion.models import Completion
from programs.pairings.models import Pairing
from programs.pairings.pool import free_mentees
from programs.program.models import Program
from programs.program.states import ENDED, IN_FORCE
from roadmap.plan.acts import this_year
from roadmap.plan.models import Roadmap

PEOPLE = "человек,человека,человек"


def counts(roadmap: Roadmap) -> dict[int, str]:
    """Return a line of numbers for the stages of this year's roadmap in force, by the number of the stage.

    Nothing of another year: the banks know only how they stand today. One query.
    """
    year = roadmap.school_year
    if roadmap.state != Roadmap.State.APPROVED or year != this_year():
        return {}
    assigned = Pairing.objects.filter(state=Pairing.State.ASSIGNED, school_year=year).order_by()
    approved = Program.objects.filter(state__in=(*IN_FORCE, *ENDED), pairing=OuterRef("pk"))
    ended = Completion.objects.filter(state=Completion.State.REGISTERED, participation__pairing__school_year=year)
    banks = Candidate.objects.standing()
    found = Roadmap.objects.filter(pk=roadmap.pk).values(
        orders=_number(assigned.values("order_number", "order_date").distinct()),
        pairs=_number(assigned),
        approved=_number(assigned.filter(Exists(approved))),
        mentees=_number(banks.filter(part=Candidate.Part.MENTEE)),
        mentors=_number(banks.filter(part=Candidate.Part.MENTOR)),
        alone=_number(free_mentees()),
        ended=_number(ended),
    )
    numbers = found.get()
    return {
        1: f"Приказов о закреплении: {numbers['orders']}",
        2: f"В банке наставляемых: {plural(numbers['mentees'], PEOPLE)}",
        3: f"В банке наставников: {plural(numbers['mentors'], PEOPLE)}",
        5: (
            f"Закреплено пар и групп: {numbers['pairs']}, с утверждённой программой: {numbers['approved']},"
            f" без пары: {plural(numbers['alone'], PEOPLE)}"
        ),
        6: f"Завершили программу: {plural(numbers['ended'], PEOPLE)}",
    }


class _Rows(Subquery):
    """How many rows a query has."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) _rows)"
    output_field = IntegerField()


def _number(found: QuerySet) -> _Rows:
    named = found.order_by()
    return _Rows(named if named.query.values_select else named.values("pk"))
