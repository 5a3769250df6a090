"""Two taps at 390 pixels: a mentee answers how two people get on, and is shown what can be done."""

import pytest
from playwright.sync_api import expect

from programs.relationship.models import RelationshipAnswer
from tests.e2e.browser import TOO_WIDE
from tests.e2e.test_mentors_minute import IN_CARDS, SMALL, phone, world  # noqa: F401
from tests.programs.relationship.kit import asked

pytestmark = [pytest.mark.browser, pytest.mark.point("11.5")]


def test_the_question_is_answered_in_two_taps(world, phone, django_db_blocker):  # noqa: F811
    with django_db_blocker.unblock():
        question = asked(world.program, world.cast.mentor)["mentee"]
    page = phone("mentee")
    page.goto("/home/")
    page.get_by_role("link", name="Ответить").first.tap()
    page.wait_for_url(f"**/relationships/{question.pk}/answer/")
    assert page.evaluate(TOO_WIDE) == [] and page.evaluate(SMALL, IN_CARDS) == []
    page.locator("[name=level][value=hard]").tap()
    page.get_by_role("button", name="Ответить").tap()
    page.wait_for_url(f"**/relationships/{question.pk}/")
    expect(page.get_by_role("heading", name="Что можно сделать")).to_be_visible()
    assert page.evaluate(TOO_WIDE) == [] and page.evaluate(SMALL, IN_CARDS) == []
    page.get_by_role("link", name="Подготовить ходатайство").tap()
    expect(page.locator("[name=reason]")).to_have_value("Прошу рассмотреть замену наставника.")
    with django_db_blocker.unblock():
        assert RelationshipAnswer.objects.get(pk=question.pk).level == "hard"
