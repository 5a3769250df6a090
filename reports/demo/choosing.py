"""The choice of pairs in the demo school: own rules of scoring, wishes and a doubt in confidence (п. 3.5, 6.1)."""

from people.banks.models import Candidate
from programs.pairings.choosing import acts as choosing_acts
from programs.pairings.matching import MUCH, USUAL_WEIGHTS, Criterion
from programs.pairings.pool import free_mentees
from reports.demo.school import Demo


def wishes(demo: Demo, days_ago: int):
    """The curator weighs the department most; a free mentee hopes for one mentor and fears another, a mentor doubts."""
    yield days_ago
    curator = demo.user("curator")
    weights = USUAL_WEIGHTS | {Criterion.DEPARTMENT: MUCH}
    choosing_acts.change_rules(by=curator, weights=weights, hours_each=2, heads=False)
    mentors = Candidate.objects.standing().filter(part="mentor").exclude(person=demo.user("director").person_id)
    known = [one.person for one in mentors.select_related("person").order_by("person__last_name", "pk")]
    waiting = [one.person for one in free_mentees().select_related("person").order_by("person__last_name", "pk")]
    if not waiting or len(known) < 2:
        return
    first, last = known[0], known[-1]
    choosing_acts.wish(waiting[0], first, "prefer", by=curator, reason="была на её открытом уроке")
    choosing_acts.wish(waiting[0], last, "avoid", by=curator, reason="прежде работали вместе и не сошлись в подходе")
    choosing_acts.wish(last, waiting[-1], "doubt", by=curator, reason="расписания почти не пересекаются")
