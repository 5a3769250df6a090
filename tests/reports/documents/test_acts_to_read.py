"""What people have to know: acts of the legal base in their editions, должностные инструкции by post (п. 4.2, 5.2)."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import items_for
from mentoring_site.models import OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused
from people.register.models import Employment, Person
from reports.documents.local_acts import acts
from reports.documents.local_acts.models import ActReader, LocalAct
from reports.orders.acquaintance import acts as acquaintance_acts
from roadmap.legal_base.models import LegalAct
from tests.access_world import PDF
from tests.factories import make_pairing, make_person
from tests.reports.documents.test_acquaintance import make_act, names

pytestmark = [pytest.mark.django_db, pytest.mark.point("12.3")]
LAW = "education_act"


@pytest.fixture
def pair(cast):
    return make_pairing(cast, "assigned", mentor=cast.mentor, mentee=cast.mentee)


def law(code=LAW, **values) -> LegalAct:
    LegalAct.objects.filter(code=code).update(**values) if values else None
    return LegalAct.objects.get(code=code)


def keys(user) -> list[str]:
    return [item.key for item in items_for(user)]


def study(cast, *codes, audience=("mentor", "mentee")) -> list[LocalAct]:
    return acts.read_laws([law(code) for code in codes or (LAW,)], by=cast.clerk, audience=audience)


@pytest.mark.clause("5.2-a1")
def test_a_mentee_studies_the_law_on_education(cast, pair, as_user):
    """The law waits for the mentee until it is marked as read; the day is kept and the clerk sees who has not."""
    client = as_user(cast.clerk)
    page = client.get(reverse("reports:laws_new")).content.decode()
    assert "273-ФЗ" in page and "Изучить правовые акты" in page
    client.post(reverse("reports:laws_new"), {"laws": [law().pk], "audience": ["mentee"]})
    act = LocalAct.objects.get(legal_act=law())
    assert names(act) == {cast.mentee.person_id} and f"act:{act.pk}:read" in keys(cast.mentee)
    own = as_user(cast.mentee)
    assert "Федеральный закон" in own.get(act.get_absolute_url()).content.decode()
    own.post(reverse("reports:act_reader_read", args=[act.readers.get().pk]))
    assert act.readers.get().read_at.date() and f"act:{act.pk}:read" not in keys(cast.mentee)
    shown = client.get(reverse("reports:person_readings", args=[cast.mentee.person_id]))
    assert [r.badge.word for r in shown.context["readings"]] == ["прочитано"]


@pytest.mark.clause("5.2-a2")
def test_a_mentee_has_a_list_of_all_acts_with_the_number_of_the_unread(cast, pair, as_user):
    """Acts of every level stand in one list beside those of the school, with how many are not read yet."""
    study(cast, LAW, "labour_code", LegalAct.objects.get(number="416").code)
    make_act(cast, ["mentee"])
    client = as_user(cast.mentee)
    page = client.get(reverse("reports:acquaintance"))
    assert page.context["listing"].page.paginator.count == 4 and page.context["unread"] == "4\xa0документа"
    acquaintance_acts.acquaint(ActReader.objects.filter(person=cast.mentee.person).first(), by=cast.mentee)
    assert "Не прочитано: 3\xa0документа" in client.get(reverse("reports:acquaintance")).content.decode()


@pytest.mark.clause("4.2-a")
def test_a_mentor_acknowledges_the_legal_base_and_new_editions_of_it(cast, pair, as_user):
    """Whoever becomes a mentor gets what mentors read; a new edition is read again, the old reading stays."""
    [act] = study(cast, audience=["mentor"])
    late = make_pairing(cast, "assigned").participations.get(part="mentor").person
    assert acts.extend_due() == 1 and late.pk in names(act) and acts.extend_due() == 0
    mine = act.readers.get(person=cast.mentor.person)
    acquaintance_acts.acquaint(mine, by=cast.mentor)
    assert f"act:{act.pk}:again" not in keys(cast.clerk)
    law(edition=date(2026, 9, 1))
    assert f"act:{act.pk}:again" in keys(cast.clerk) and f"act:{act.pk}:again" not in keys(cast.mentor)
    assert "Вышла новая редакция" in as_user(cast.clerk).get(act.get_absolute_url()).content.decode()
    as_user(cast.clerk).post(reverse("reports:local_act_again", args=[act.pk]))
    again = LocalAct.objects.get(legal_act=law(), edition=date(2026, 9, 1))
    assert names(again) == {cast.mentor.person_id, late.pk} and names(act) == {cast.mentor.person_id}
    assert again.basis == "в редакции от 01.09.2026"
    with pytest.raises(Already):
        acts.read_again(act, by=cast.clerk)
    newcomer = make_pairing(cast, "assigned").participations.get(part="mentor").person
    assert acts.extend_due() == 1  # the new edition alone
    assert newcomer.pk in names(again) and newcomer.pk not in names(act)


@pytest.mark.clause("5.2-d")
def test_a_job_description_is_read_by_those_who_hold_the_post(cast, as_user):
    """The должностная инструкция of a post waits for each who holds it, and for who takes it later."""
    Employment.objects.filter(person=cast.mentee.person).update(post="преподаватель по классу домры")
    Employment.objects.filter(person=cast.stranger.person).update(post="концертмейстер")
    client = as_user(cast.clerk)
    values = {
        "kind": "job",
        "about": "преподавателя по классу домры",
        "number": "12-од",
        "date": "01.09.2026",
        "posts": ["преподаватель по классу домры"],
        "file": SimpleUploadedFile("инструкция.pdf", PDF, content_type="application/pdf"),
    }
    answer = client.post(reverse("reports:local_act_new"), values)
    assert answer.status_code == 302, answer.context["form"].errors
    act = LocalAct.objects.get()
    assert act.title == "Должностная инструкция преподавателя по классу домры"
    assert act.instrumental == "Должностной инструкцией преподавателя по классу домры"
    assert names(act) == {cast.mentee.person_id} and f"act:{act.pk}:read" in keys(cast.mentee)
    assert acts.in_words(act) == "«преподаватель по классу домры»"
    Employment.objects.filter(person=cast.stranger.person).update(post="преподаватель по классу домры")
    assert acts.extend_due() == 1 and cast.stranger.person_id in names(act)


def test_the_sheet_names_the_law_in_its_case(cast, pair):
    [act] = study(cast, LAW)
    assert act.instrumental.startswith("Федеральным законом от 29\xa0декабря\xa02012\xa0г. № 273-ФЗ")
    sheet = acquaintance_acts.sheet(act)
    assert sheet["title"] == act.instrumental and len(sheet["people"]) == 2


def test_asking_twice_widens_the_same_reading(cast, pair):
    first, second = study(cast, audience=["mentor"])[0], study(cast, audience=["mentee"])[0]
    assert first.pk == second.pk and names(second) == {cast.mentor.person_id, cast.mentee.person_id}
    assert LocalAct.objects.get().audience == ["mentor", "mentee"]


def test_who_may_ask_and_what_for(cast, pair):
    with pytest.raises(NotAllowed):
        acts.read_laws([law()], by=cast.mentor, audience=["mentee"])
    law(ends_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Refused, match="не действует"):
        study(cast)
    with pytest.raises(Refused, match="никого не касается"):
        acts.read_laws([law("labour_code")], by=cast.clerk)
    assert not LocalAct.objects.exists()


def test_an_act_out_of_force_waits_for_nobody(cast, pair):
    Person.objects.filter(pk=cast.mentee.person_id).update(email="mentee@school.example")
    [act] = study(cast)
    assert OutboxMail.objects.filter(template="act_to_read").exists()
    law(ends_on=timezone.localdate())
    assert f"act:{act.pk}:read" not in keys(cast.mentee)
    assert not ActReader.objects.awaited().exists()


def test_who_left_is_not_asked_to_read_the_new_edition(cast, pair):
    gone = make_person()
    [act] = acts.read_laws([law()], by=cast.clerk, audience=["mentor"], persons=[gone])
    Employment.objects.filter(person=gone).update(until=timezone.localdate() - timedelta(days=1))
    law(edition=date(2026, 9, 1))
    assert gone.pk not in names(acts.read_again(act, by=cast.clerk))


def test_a_person_s_page_says_what_is_unread(cast, pair, as_user):
    study(cast, LAW, "labour_code")
    acquaintance_acts.acquaint(ActReader.objects.filter(person=cast.mentee.person).first(), by=cast.mentee)
    url = reverse("reports:person_readings", args=[cast.mentee.person_id])
    page = as_user(cast.clerk).get(url)
    assert page.context["unread"] == 1 and [r.badge.word for r in page.context["readings"]] == [
        "не прочитано",
        "прочитано",
    ]
    assert "Что я читаю" in as_user(cast.mentee).get(url).content.decode()
    assert as_user(cast.mentor).get(url).status_code in (403, 404)


@pytest.mark.point("12.1")
def test_a_local_act_stands_on_the_site_while_somebody_shows_it(cast, client, as_user):
    act = make_act(cast, ["curator"], kind="procedure", about="взаимного посещения уроков")
    assert act.title not in client.get(reverse("public:documents")).content.decode()
    url = reverse("reports:local_act_publish", args=[act.pk])
    as_user(cast.curator).post(url)
    assert act.title in client.get(reverse("public:documents")).content.decode()
    file = reverse("public:local_act_file", args=[act.pk])
    assert b"".join(client.get(file).streaming_content) == PDF
    as_user(cast.curator).post(url, {"hide": "yes"})
    assert client.get(file).status_code == 404
    assert act.title not in client.get(reverse("public:documents")).content.decode()
