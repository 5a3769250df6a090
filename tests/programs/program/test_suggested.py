"""What the pair itself says fills the form: two teachers one to one, what the activities of a sample are for."""

import pytest
from django.urls import reverse

from programs.catalogs.models import MentoringForm, MentoringKind, ProgramTemplate
from programs.program.drafting import acts
from programs.program.models import Program
from tests.factories import make_pairing

pytestmark = [pytest.mark.django_db, pytest.mark.point("10.1")]


def drafted(cast, **facts) -> Program:
    pairing = make_pairing(cast, "assigned")
    program = acts.start(pairing, by=cast.curator, title="Открытый урок", curator=cast.curator.person, **facts)
    Program.objects.filter(pk=program.pk).update(goal="Провести открытый урок")
    return program


def test_two_teachers_one_to_one_are_the_form_and_the_kind(cast, as_user):
    program = drafted(cast)
    form = as_user(cast.curator).get(reverse("programs:program_step", args=[program.pk, "forms"])).context["form"]
    assert form["forms"].value() == [MentoringForm.objects.get(name="педагог – педагог").pk]
    assert form["kinds"].value() == [MentoringKind.objects.get(code="traditional").pk]
    assert program.difficulties.first().text in form["justification"].value()
    assert not program.forms.exists()  # offered, not written


def test_what_was_chosen_before_stays(cast, as_user):
    program = drafted(cast)
    chosen = MentoringForm.objects.exclude(name="педагог – педагог").first()
    program.forms.set([chosen])
    form = as_user(cast.curator).get(reverse("programs:program_step", args=[program.pk, "forms"])).context["form"]
    assert form["forms"].value() == [chosen.pk]


def test_activities_of_a_sample_already_support_the_chosen_difficulties(cast):
    template = ProgramTemplate.objects.filter(activities__isnull=False).first()
    program = drafted(cast, template=template)
    difficulties = set(program.difficulties.all())
    assert difficulties and program.activities.exists()
    assert all(set(activity.statements.all()) == difficulties for activity in program.activities.all())
