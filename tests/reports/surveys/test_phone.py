"""A survey on a phone: big answers, nothing to be moved sideways, sent without a script (п. 3.4)."""

import pytest
from django.urls import reverse

from reports.help.models import TourSeen
from reports.surveys import acts
from tests.factories import make_program
from tests.programs.pairings.test_phone import windows_of
from tests.reports.surveys.kit import a_survey, answer, day, fresh, teachers

pytestmark = [pytest.mark.django_db, pytest.mark.point("13.1")]
FINGER = 40  # pixels


def wide(tab) -> int:
    return tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.fixture
def asked(cast):
    """The mentee of a program that runs is asked the longest of the ready forms."""
    program = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    for user in (cast.mentee, cast.curator):
        TourSeen.objects.create(user=user, page="*")
    return a_survey(cast, acts.published("mentee_before"), audience="mentees", opens_on=program.started_on)


def test_answers_are_as_big_as_a_finger(asked, cast, as_user):
    page = as_user(cast.mentee).get(reverse("reports:survey_answer", args=[asked.pk])).content.decode()
    for windows in windows_of(page):
        for width, tab in windows.items():
            assert wide(tab) <= 0, width
        tab = windows[390]
        labels = tab.locator(".form-survey fieldset label, .form-survey .segments label")
        assert labels.count() > 80
        low = min(box["height"] for box in (labels.nth(n).bounding_box() for n in range(labels.count())) if box)
        assert low >= FINGER
        promise = tab.get_by_text("не анонимная").first.bounding_box()
        question = tab.locator(".survey-part").first.bounding_box()
        assert promise and question and promise["y"] < question["y"]
        tab.locator(".form-survey input[value='7']").first.click()
        assert tab.locator(".form-survey input:checked").count() == 1


def test_pages_of_the_curator_fit_a_phone(cast, as_user):
    users = teachers(4)
    TourSeen.objects.create(user=cast.curator, page="*")
    survey = a_survey(cast, people=[user.person for user in users], anonymous=True, closes_on=day(3))
    for n, user in enumerate(users):
        answer(survey, user, n + 1, "Слова, которые кто-то написал о своей работе")
    acts.close(fresh(survey), by=cast.curator)
    client = as_user(cast.curator)
    form = survey.edition.questionnaire
    urls = [
        survey.get_absolute_url(),
        reverse("reports:surveys"),
        reverse("reports:questionnaires"),
        form.get_absolute_url(),
        reverse("reports:questionnaire_edit", args=[form.pk]),
        reverse("reports:survey_new"),
    ]
    for url in urls:
        for windows in windows_of(client.get(url).content.decode()):
            assert {width: wide(tab) for width, tab in windows.items() if wide(tab) > 0} == {}, url
