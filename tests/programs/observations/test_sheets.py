"""A sheet of observation: begun in the lesson, filled on the phone, part of an entry, printed, read by name."""

import io

import pytest
from django.utils import timezone
from pypdf import PdfReader

from mentoring_site.workflow import Refused
from programs.catalogs.models import SheetTemplate
from programs.journal import acts as journal_acts
from programs.journal.models import Meeting
from programs.observations import acts
from programs.observations.models import Observation
from tests.programs.journal.kit import make_running, meet, side

pytestmark = [pytest.mark.django_db, pytest.mark.point("11.3")]
NAMES = {"Взаимопосещение урока", "Концертмейстерская практика", "Академический концерт"}
LESSON = "специальность, 2 класс"


def test_a_lesson_is_watched_with_a_sheet_and_becomes_the_entry(cast, as_user):
    program, _ = make_running(cast)
    client = as_user(cast.mentor)
    page = client.get(f"/programs/{program.pk}/sheets/new/")
    offered = page.context["form"].fields["template"].queryset
    assert {t.name for t in offered} == NAMES and all(t.criteria.count() >= 7 for t in offered)
    data = {"template": offered.get(name="Взаимопосещение урока").pk, "teacher": side(program).pk, "lesson": LESSON}
    begun = client.post(f"/programs/{program.pk}/sheets/new/", data | {"entry": "new", "request_key": "2" * 32})
    sheet = Observation.objects.get()
    assert begun["Location"] == f"/sheets/{sheet.pk}/fill/" and sheet.meeting.state == "planned"
    filled = {f"mark_{n}": "seen" for n in range(3)} | {"note_0": "на второй минуте", "version": sheet.version}
    client.post(f"/sheets/{sheet.pk}/fill/", filled | {"strengths": "спокойный темп", "advice": "меньше слов"})
    page = client.get(f"/sheets/{sheet.pk}/")
    assert [row["mark"] for row in page.context["rows"]][:4] == ["видно"] * 3 + [""]
    held = page.context["held_url"]
    form = client.get(held).context["form"]
    day = timezone.localdate()
    values = {"held_on": day, "minutes": 45, "format": "together", "request_key": "3" * 32}
    values["about"] = form.initial["about"]
    client.post(held, values)
    assert (Meeting.objects.get().pk, sheet.created_by) == (sheet.meeting_id, cast.mentor)
    (row,) = as_user(cast.mentee).get(f"/programs/{program.pk}/journal/").context["rows"]
    assert list(row.meeting.sheets.all()) == [sheet]
    paper = b"".join(as_user(cast.mentee).get(f"/sheets/{sheet.pk}/pdf/").streaming_content)
    printed = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages).split())
    assert LESSON in printed and "на второй минуте" in printed and "меньше слов" in printed


@pytest.mark.parametrize("name", ["curator", "director", "council", "stranger"])
def test_a_sheet_is_read_by_those_of_the_entry(cast, as_user, name):
    program, _ = make_running(cast)
    meeting = meet(program, cast.mentor)
    sheet = acts.begin(
        program, SheetTemplate.objects.first(), by=cast.mentor, teacher=side(program), lesson=LESSON, meeting=meeting
    )
    assert as_user(getattr(cast, name)).get(f"/sheets/{sheet.pk}/").status_code == 404
    assert as_user(cast.mentee).get(f"/sheets/{sheet.pk}/").status_code == 200
    assert as_user(cast.mentee).post(f"/sheets/{sheet.pk}/fill/", {"version": 1}).status_code == 403


def test_what_both_have_confirmed_stays_as_it_was_read(cast):
    program, _ = make_running(cast)
    meeting = meet(program, cast.mentor)
    template = SheetTemplate.objects.first()
    sheet = acts.begin(program, template, by=cast.mentor, teacher=side(program), lesson=LESSON, meeting=meeting)
    with pytest.raises(Refused, match="Сначала уберите"):
        journal_acts.drop_meeting(meeting, by=cast.mentor)
    with pytest.raises(Refused, match="смотрит урок"):
        acts.begin(program, template, by=cast.mentee, teacher=side(program), lesson=LESSON, meeting=meeting)
    journal_acts.confirm_meeting(meeting.attendances.get(confirmed_at=None), by=cast.mentee)
    marks = [("seen", "")] * len(sheet.criteria)
    with pytest.raises(Refused, match="подтвердили"):
        acts.fill(Observation.objects.get(), by=cast.mentor, version=sheet.version, marks=marks)
