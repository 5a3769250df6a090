"""Editable lists: forms, kinds and samples; nothing is erased, only the curator edits."""

import pytest
from django.urls import reverse

from programs.catalogs.models import MentoringForm, MentoringKind, ProgramTemplate
from programs.program.drafting import acts as drafting_acts
from tests.factories import make_program

pytestmark = pytest.mark.point("13")
INDEX = "/settings/lists/"


@pytest.mark.parametrize("role", ["director", "chair", "clerk", "mentor", "stranger"])
def test_only_the_curator_edits_lists(cast, as_user, role):
    client = as_user(getattr(cast, role))
    assert client.get(INDEX).status_code == 403
    assert client.get(reverse("programs:lists_new", args=["forms"])).status_code == 403


@pytest.mark.clause("2.3-a5")
def test_a_form_of_mentoring_is_added(cast, as_user):
    data = {"name": "выпускник – школа", "mentor_role": "выпускник", "mentee_role": "преподаватель", "is_open": "on"}
    as_user(cast.curator).post(reverse("programs:lists_new", args=["forms"]), data)
    made = MentoringForm.objects.get(name="выпускник – школа")
    assert made.is_open
    assert "выпускник – школа" in as_user(cast.curator).get(INDEX).content.decode()
    program = make_program(cast)
    drafting_acts.edit(program, by=cast.curator, version=program.version, forms=[made])
    assert list(program.forms.all()) == [made]


def test_a_kind_gets_its_own_code(cast, as_user):
    client = as_user(cast.curator)
    for name in ("Парное", "Тройное"):
        client.post(
            reverse("programs:lists_new", args=["kinds"]), {"name": name, "description": "так", "is_open": "on"}
        )
    assert len(set(MentoringKind.objects.values_list("code", flat=True))) == 9


def test_what_is_closed_stays_where_it_is_used(cast, as_user):
    program = make_program(cast)
    kind = program.kinds.get()
    as_user(cast.curator).post(
        reverse("programs:lists_edit", args=["kinds", kind.pk]), {"name": kind.name, "description": kind.description}
    )
    page = as_user(cast.curator).get(reverse("programs:program_step", args=[program.pk, "forms"])).content.decode()
    assert kind.name in page
    other = make_program(cast, complete=False)
    other.goal = "Цель"
    other.save()
    page = as_user(cast.curator).get(reverse("programs:program_step", args=[other.pk, "forms"])).content.decode()
    assert kind.name not in page


def sample(template, **changes):
    lines = list(template.activities.all())
    data = {
        "name": template.name,
        "for_whom": template.for_whom,
        "goal": template.goal,
        "directions": template.directions,
        "months": template.months,
        "is_open": "on",
        "line-TOTAL_FORMS": len(lines) + 1,
        "line-INITIAL_FORMS": len(lines),
    }
    for n, line in enumerate(lines):
        data |= {
            f"line-{n}-id": line.pk,
            f"line-{n}-title": line.title,
            f"line-{n}-week": line.week,
            f"line-{n}-responsible": line.responsible,
            f"line-{n}-expected_result": line.expected_result,
            f"line-{n}-evidence": line.evidence,
        }
    n = len(lines)
    data |= {
        f"line-{n}-title": "",
        f"line-{n}-week": "",
        f"line-{n}-responsible": "both",
        f"line-{n}-expected_result": "",
        f"line-{n}-evidence": "",
    }
    return data | changes


def test_a_sample_is_edited_with_its_activities(cast, as_user):
    template = ProgramTemplate.objects.get(name="Открытый урок без страха")
    count = template.activities.count()
    address = reverse("programs:lists_edit", args=["templates", template.pk])
    client = as_user(cast.curator)
    assert client.get(address).status_code == 200
    new = {
        f"line-{count}-title": "Чаепитие",
        f"line-{count}-week": 16,
        f"line-{count}-expected_result": "разговор",
        f"line-{count}-evidence": "нет",
    }
    assert client.post(address, sample(template, **new)).status_code == 302
    assert template.activities.count() == count + 1
    page = client.post(address, sample(template, months=2))
    assert "от 3 месяцев до 1 года" in page.content.decode()


def test_an_unknown_list_is_absent(cast, as_user):
    assert as_user(cast.curator).get(reverse("programs:lists_new", args=["nonsense"])).status_code == 404
