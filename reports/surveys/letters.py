"""Letters of surveys: they ask while the survey runs, with names while this person has not answered."""

from reports.surveys.models import Survey, SurveyInvitation


def _still_asked(key: str, person: int | None) -> bool:
    survey = Survey.objects.running().filter(pk=key).first()
    if survey is None:
        return False
    return survey.is_anonymous or SurveyInvitation.objects.waiting().filter(survey=survey, person=person).exists()


NEEDED = {"survey_invited": _still_asked, "survey_reminder": _still_asked}
