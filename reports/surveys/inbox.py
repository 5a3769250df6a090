"""Surveys with a name that wait for an answer (этапы 3 и 6). One without names asks by letters, the same for all."""

from collections.abc import Iterator

from django.urls import reverse

from mentoring_site.inbox import Group, InboxItem
from people.accounts.models import User
from reports.surveys.models import SurveyInvitation

AT_MOST = 20


def items(user: User) -> Iterator[InboxItem]:
    """Return the surveys that wait for the user."""
    rows = SurveyInvitation.objects.waiting().filter(person=user.person_id).select_related("survey")
    for one in rows.order_by("survey__closes_on", "pk")[:AT_MOST]:
        yield InboxItem(
            f"Ответить на опрос: {one.survey.title}",
            "Две минуты, можно с телефона",
            reverse("reports:survey_answer", args=[one.survey_id]),
            "Ответить",
            since=one.invited_on,
            until=one.survey.closes_on,
            group=Group.SCHOOL,
            key=f"survey:{one.survey_id}:{one.pk}",
        )
