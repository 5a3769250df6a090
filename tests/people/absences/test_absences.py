"""When a person is away: only days, noted by the person or by those who keep the register."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentoring_site.workflow import NotAllowed, Refused
from people.absences import acts
from people.absences.models import Absence
from people.consents.destruction import retention

pytestmark = [pytest.mark.django_db, pytest.mark.point("11.10")]


def day(n):
    return timezone.localdate() + timedelta(days=n)


def note(person, by, first=0, last=5, kind="leave"):
    return acts.note(person, kind=kind, starts_on=day(first), ends_on=day(last), by=by)


def test_a_person_notes_days_on_a_phone_and_takes_them_away(cast, as_user):
    page = f"/people/{cast.mentee.person_id}/absences/"
    client = as_user(cast.mentee)
    sent = {"kind": "away", "starts_on": day(1).isoformat(), "ends_on": day(3).isoformat()}
    assert client.post(page, sent).status_code == 302
    absence = Absence.objects.get()
    assert "Отсутствие: с" in client.get(page).content.decode()
    assert client.post(f"/absences/{absence.pk}/remove/").status_code == 302
    assert not Absence.objects.exists()


def test_days_that_cannot_be_are_refused_at_once_and_stay_typed(cast, as_user):
    note(cast.mentee.person, cast.curator, 0, 5)
    page = f"/people/{cast.mentee.person_id}/absences/"
    wrong = {
        "Последний день раньше первого": (9, 8),
        "На эти дни уже записано: отпуск": (4, 9),
        "Больше трёх лет подряд": (10, 1200),
        "больше года назад": (-500, -400),
    }
    for words, (first, last) in wrong.items():
        sent = {"kind": "leave", "starts_on": day(first).isoformat(), "ends_on": day(last).isoformat()}
        answer = as_user(cast.mentee).post(page, sent).content.decode()
        assert words in answer and day(last).isoformat() in answer
    assert Absence.objects.count() == 1


def test_nobody_notes_or_sees_the_days_of_another(cast, as_user):
    absence = note(cast.mentee.person, cast.mentee)
    with pytest.raises(NotAllowed):
        note(cast.mentee.person, cast.mentor, 10, 12)
    with pytest.raises(NotAllowed):
        acts.remove(absence, by=cast.mentor)
    assert not Absence.objects.visible_to(cast.mentor).exists()
    assert as_user(cast.mentor).get(f"/people/{cast.mentee.person_id}/absences/").status_code in (403, 404)
    assert as_user(cast.mentor).post(f"/absences/{absence.pk}/remove/").status_code == 404


def test_days_go_a_year_after_the_last_one_and_with_the_person(cast):
    old = note(cast.mentee.person, cast.curator, 0, 5)
    note(cast.mentor.person, cast.curator, 0, 5)
    Absence.objects.filter(pk=old.pk).update(starts_on=day(-500), ends_on=day(-366))
    assert acts.forget_old() == 1
    category = retention.categories()["absence"]
    assert category.found(cast.mentor.person) == ["1\xa0запись об отсутствии"]
    assert category.erase(cast.mentor.person) == 1 and not Absence.objects.exists()


def test_a_second_note_about_the_same_days_is_refused(cast):
    note(cast.mentee.person, cast.mentee)
    with pytest.raises(Refused, match="уже записано"):
        note(cast.mentee.person, cast.curator, 5, 6)
