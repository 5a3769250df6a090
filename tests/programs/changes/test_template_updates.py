"""A changed sample is offered to a running program with its effects, and taken only as an amendment (п. 7.2)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mentoring_site.workflow import NotAllowed, Refused
from programs.catalogs.models import ProgramTemplate, TemplateActivity
from programs.changes.amendment import acts as amendment_acts
from programs.changes.amendment.models import Amendment
from programs.changes.template_updates import acts, inbox
from programs.changes.template_updates.effects import effects
from programs.program.models import Activity, Program
from tests.factories import make_program

pytestmark = pytest.mark.point("11.7")


@pytest.fixture
def program(cast):
    """A running program that began with a sample: its first two lines, the first one carried out."""
    made = make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    sample = ProgramTemplate.objects.get(name="Открытый урок без страха")
    Program.objects.filter(pk=made.pk).update(template=sample, template_seen_at=timezone.now())
    for n, line in enumerate(sample.activities.all()[:2]):
        Activity.objects.create(
            program=made,
            title=line.title,
            due_on=made.starts_on + timedelta(days=40 + n),
            responsible=line.responsible,
            expected_result=line.expected_result,
            evidence=line.evidence,
            source=line,
        )
    return Program.objects.get(pk=made.pk)


def change(sample):
    """Reword the second line and add a new one, as the form of the sample does."""
    second = sample.activities.all()[1]
    second.expected_result, second.changed_at = "Три взаимных посещения", timezone.now()
    second.save()
    TemplateActivity.objects.create(
        template=sample,
        week=10,
        title="Разговор с родителями",
        responsible="both",
        expected_result="памятка",
        evidence="памятка",
        changed_at=timezone.now(),
    )
    return second


def test_nothing_is_offered_while_the_sample_stays(program, cast):
    assert effects(program) == [] and list(inbox.items(cast.curator)) == []


def test_the_effects_are_shown_and_taken_as_an_amendment(program, cast, as_user):
    second = change(program.template)
    here = reverse("programs:template_update", args=[program.pk])
    assert [item.url for item in inbox.items(cast.curator)] == [here]
    page = as_user(cast.curator).get(here).content.decode()
    assert "Добавится" in page and "Разговор с родителями" in page
    assert "Изменится" in page and "Три взаимных посещения" in page
    before = [(a.pk, a.title, a.expected_result) for a in program.activities.all()]
    answer = as_user(cast.curator).post(here, {"take": "1"})
    amendment = Amendment.objects.get(program=program)
    assert answer.url == amendment.get_absolute_url()
    assert [(a.pk, a.title, a.expected_result) for a in program.activities.all()] == before, "nothing changes silently"
    for side in program.pairing.participations.all():
        amendment_acts.agree(amendment, side, by=cast.curator, given_on=timezone.localdate())
    Amendment.objects.filter(pk=amendment.pk).update(state="ready")
    today = timezone.localdate()
    amendment_acts.enact(amendment, by=cast.clerk, number="50-од", date=today, on=today)
    plan = {a.title: a for a in program.activities.all()}
    assert plan["Разговор с родителями"].source.week == 10
    assert plan["Разговор с родителями"].due_on.weekday() < 5
    assert plan[second.title].expected_result == "Три взаимных посещения"
    assert list(inbox.items(cast.curator)) == []


def test_what_is_carried_out_stays_and_the_rest_may_be_left_with_a_reason(program, cast, as_user):
    second = change(program.template)
    activity = program.activities.get(source=second)
    side = program.pairing.participations.get(part="mentee")
    activity.results.create(participation=side, result="сделано", done_by=cast.mentee)
    assert {effect.kind for effect in effects(program)} == {"kept", "added"}
    with pytest.raises(Refused, match="Напишите, почему"):
        acts.leave(program, by=cast.mentor, reason=" ")
    with pytest.raises(NotAllowed):
        acts.take(program, by=cast.stranger)
    here = reverse("programs:template_update", args=[program.pk])
    as_user(cast.mentor).post(here, {"leave": "1", "reason": "родители уже приходили"})
    assert effects(Program.objects.get(pk=program.pk)) == []
    assert not Amendment.objects.filter(program=program).exists()
