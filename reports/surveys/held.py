"""Surveys as evidence: how many of those who were asked have answered within some days, and where it is seen (этап 6).

Which surveys belong to a kind of evidence is said by their questionnaires: those that came with the program by their
code, those of the school by the moment of a program.
"""

from datetime import date

from django.db.models import Q
from django.urls import reverse

from reports.surveys.models import Survey
from reports.surveys.rules import FEWEST

QUALITY = Q(edition__questionnaire__moment="after") | Q(
    edition__questionnaire__code__in=("curator_criteria", "council_criteria")
)
"""What people and the council think of programs that have ended."""


def quality(since: date, until: date) -> tuple[int, int, str]:
    """Return (answered, asked, address) of surveys about the quality of programs that ran on one of the days."""
    return _held(QUALITY, since, until)


def _held(which: Q, since: date, until: date) -> tuple[int, int, str]:
    begun = Survey.objects.filter(which, opens_on__lte=until, closes_on__gte=since)
    found = list(begun.exclude(state=Survey.State.DRAFT).order_by("pk"))
    url = found[0].get_absolute_url() if len(found) == 1 else reverse("reports:surveys")
    return sum(_answered(one) for one in found), sum(one.invited for one in found), url


def _answered(survey: Survey) -> int:
    """Return how many have answered; of one without names that runs only in threes, as its page says it."""
    hidden = survey.is_anonymous and survey.state == Survey.State.OPEN
    return survey.answered // FEWEST * FEWEST if hidden else survey.answered
