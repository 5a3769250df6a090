"""No request makes the server build more rows than a page has; every set of rows is made in one place."""

import ast
from datetime import time, timedelta

import pytest
from django.forms import BaseFormSet
from django.urls import get_resolver, reverse
from django.utils import timezone

from mentoring_site.formsets import formset
from people.banks import acts as banks_acts
from people.banks.forms import FindForm
from programs.catalogs.models import ProgramTemplate, SheetTemplate
from reports.surveys.models import Questionnaire
from tests import ROOT
from tests.factories import make_consent, make_program
from tests.programs.requests.kit import ask
from tests.reports.annual_report.kit import begun

pytestmark = [pytest.mark.point("8.2")]
APPS = ["mentoring_site", "people", "programs", "roadmap", "reports"]
FACTORIES = {"formset_factory", "inlineformset_factory", "modelformset_factory", "generic_inlineformset_factory"}
MOST = 100
BOMB = 5000


def product_formsets():
    """Return the classes of all sets of rows that the pages of the product have."""
    assert get_resolver().url_patterns  # loads all pages
    found, new = set(), {BaseFormSet}
    while new:
        new = {child for one in new for child in one.__subclasses__()} - found
        found |= new
    return sorted((one for one in found if getattr(one, "form", None) and own(one.form)), key=lambda one: own(one.form))


def own(form) -> str:
    """Return the name of the product's form that a form extends, or nothing; Django wraps those of models."""
    return next((kind.__name__ for kind in form.__mro__ if kind.__module__.split(".")[0] in APPS), "")


def test_sets_of_rows_are_made_in_one_place():
    made = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        if path.name != "formsets.py"
        for node in ast.walk(ast.parse(path.read_text()))
        if (isinstance(node, ast.Attribute) and node.attr in FACTORIES)
        or (isinstance(node, ast.Name) and node.id in FACTORIES)
        or (isinstance(node, ast.ImportFrom) and FACTORIES & {name.name for name in node.names})
        or (isinstance(node, ast.ClassDef) and any("FormSet" in ast.dump(base) for base in node.bases))
    ]

    assert made == []


def test_every_set_builds_only_so_many_rows_as_a_page_has():
    sets = product_formsets()

    assert {own(one.form) for one in sets} >= {"StatementForm", "TemplateActivityForm"}
    for one in sets:
        assert one.absolute_max == one.max_num <= MOST, one.form
        prefix = one.get_default_prefix()
        bomb = one({f"{prefix}-TOTAL_FORMS": str(BOMB), f"{prefix}-INITIAL_FORMS": "0"})
        assert bomb.total_form_count() == one.max_num, one.form


def bomb_of(page) -> dict:
    """Return what the page would send, with the number of rows of each set raised."""
    fields = {}
    for context in page.context:
        for value in context.flatten().values():
            for rows in [value, *[getattr(group, "rows", None) for group in getattr(value, "groups", [])]]:
                if isinstance(rows, BaseFormSet):
                    fields |= {f"{rows.prefix}-TOTAL_FORMS": str(BOMB), f"{rows.prefix}-INITIAL_FORMS": "0"}
    assert fields
    return fields


@pytest.fixture
def pages(cast):
    """The pages of the product that have a set of rows, by the name of its form, with who may send them."""
    make_consent(cast.mentor.person, by=cast.clerk)
    candidate = banks_acts.propose(cast.mentor.person, "mentor", by=cast.curator)
    asked = ask(
        cast,
        "release",
        by=cast.mentee,
        program=make_program(cast, "running", mentee=cast.mentee),
        data={"day": timezone.localdate() + timedelta(days=1), "starts": time(10), "ends": time(11)},
    )
    template, sheet = ProgramTemplate.objects.first(), SheetTemplate.objects.first()
    return {
        "StatementForm": (cast.mentor, reverse("people:candidate_fill", args=[candidate.pk])),
        "TemplateActivityForm": (cast.curator, reverse("programs:lists_edit", args=["templates", template.pk])),
        "LessonForm": (cast.curator, reverse("programs:release_lessons", args=[asked.pk])),
        "QuestionForm": (cast.curator, reverse("reports:questionnaire_edit", args=[Questionnaire.objects.first().pk])),
        "RiskForm": (cast.curator, reverse("reports:annual_risks", args=[begun(cast.curator).pk])),
        "CriterionForm": (cast.curator, reverse("programs:lists_edit", args=["sheets", sheet.pk])),
    }


def test_every_page_answers_a_bomb_with_a_sentence(pages, as_user):
    assert {own(one.form) for one in product_formsets()} == set(pages)
    for user, address in pages.values():
        client = as_user(user)
        fields = bomb_of(client.get(address))

        answer = client.post(address, fields)

        text = answer.content.decode()
        assert answer.status_code == 200
        assert "Пожалуйста, отправьте не более" in text or "не больше" in text, text
        assert text.count("<input") < 1000


def test_a_set_with_too_many_rows_is_refused():
    rows = formset(FindForm, rows=2, extra=1)

    assert rows({"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"}).is_valid()
    refused = rows({"form-TOTAL_FORMS": "3", "form-INITIAL_FORMS": "0"})
    assert not refused.is_valid()
    assert refused.non_form_errors()
