"""Records of training: one's own, confirmed or sent back, of many at once, from events; mentors without training."""

import io
from datetime import date
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mentoring_site import undo
from mentoring_site.inbox import held_for, items_for
from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused, Stale, reload
from people.consents.destruction import retention
from people.register.models import Person
from people.school.models import Organisation
from roadmap.training import acts, presenters
from roadmap.training.leaving import PART
from roadmap.training.list_pages import mentors_without
from roadmap.training.models import Training, TrainingInvitation, TrainingSettings
from roadmap.training.rules import TRAINING
from tests.factories import make_candidate, make_pairing, make_person, make_program
from tests.matrix import ALL, attempt, expected
from tests.paper import pdf
from tests.roadmap.training.kit import TOPIC, day, entered, sent, values

pytestmark = [pytest.mark.django_db, pytest.mark.point("12.6")]


def keys(user) -> list[str]:
    return [item.key for item in items_for(user)]


@pytest.mark.clause("5.1-a", "3.3-g1")
def test_a_mentee_writes_down_own_training_and_a_keeper_confirms_it_by_the_document(cast, as_user):
    client, url = as_user(cast.mentee), reverse("roadmap:training_new")
    data = sent() | {"request_key": str(uuid4()), "evidence": SimpleUploadedFile("удостоверение.pdf", pdf())}
    assert client.post(url, data).status_code == 302
    data["evidence"] = SimpleUploadedFile("удостоверение.pdf", pdf())
    assert client.post(url, data).status_code == 302, "pressed twice"
    one = Training.objects.get()
    assert (one.person, one.state, one.evidence.count()) == (cast.mentee.person, "entered", 1)
    assert f"training:{one.pk}:confirm" in keys(cast.curator) and f"training:{one.pk}:confirm" in keys(cast.clerk)
    assert [item.key for item in held_for(cast.mentee)] == [f"training:{one.pk}:clear"]
    page = as_user(cast.clerk).get(reverse("roadmap:training_check", args=[one.pk]))
    assert [file.name for file in page.context["files"]] == ["удостоверение.pdf"]
    answer = {"decision": "confirm", "version": one.version}
    as_user(cast.clerk).post(reverse("roadmap:training_check", args=[one.pk]), answer)
    one = reload(one)
    assert (one.state, one.answered_by) == ("confirmed", cast.clerk)
    with pytest.raises(NotAllowed):
        acts.edit(one, by=cast.mentee, version=one.version, **values(hours=72))
    shown = client.get(reverse("roadmap:person_training", args=[cast.mentee.person_id]))
    assert [row.topic for row in shown.context["rows"]] == [TOPIC]


@pytest.mark.clause("5.1-a")
def test_a_record_is_sent_back_with_a_reason_and_sent_again(cast, as_user):
    Person.objects.filter(pk=cast.mentee.person_id).update(email="mentee@school.example")
    one = entered(cast.mentee.person, by=cast.mentee)
    check = reverse("roadmap:training_check", args=[one.pk])
    data = {"decision": "send_back", "remark": " ", "version": one.version}
    assert "Напишите, что уточнить" in as_user(cast.curator).post(check, data).content.decode()
    as_user(cast.curator).post(check, data | {"remark": "нет номера документа"})
    one = reload(one)
    assert (one.state, one.remark) == ("returned", "нет номера документа")
    letter = OutboxMail.objects.get(template="training_returned")
    assert "нет номера документа." in letter.text
    assert f"training:{one.pk}:clear" in keys(cast.mentee)
    edit = reverse("roadmap:training_edit", args=[one.pk])
    as_user(cast.mentee).post(edit, sent(document_number="77") | {"version": one.version})
    one = reload(one)
    assert (one.state, one.document_number) == ("entered", "77")
    with pytest.raises(Refused, match="запись изменилась"):
        acts.confirm(one, by=cast.curator, version=one.version - 1)
    with pytest.raises(Stale):
        acts.edit(one, by=cast.mentee, version=one.version - 1, **values())


def test_what_cannot_be_so_is_refused(cast):
    who, me = cast.mentee, cast.mentee.person
    for changed, words in (
        ({"topic": " "}, "Напишите тему"),
        ({"ended_on": day(-30)}, "раньше первого"),
        ({"ended_on": day(3)}, "когда оно пройдёт"),
        ({"document": ""}, "какой это документ"),
        ({"document_date": day(1)}, "ещё не наступила"),
    ):
        with pytest.raises(Refused, match=words):
            acts.enter(me, by=who, **values(**changed))
    entered(me, by=who)
    with pytest.raises(Already, match="уже записано"):
        acts.enter(me, by=who, **values(topic=f" {TOPIC.upper()}"))
    with pytest.raises(NotAllowed, match="куратор или специалист по кадрам"):
        acts.enter(make_person(), by=who, **values())


def test_a_keeper_enters_for_others_and_never_confirms_own(cast):
    one = entered(make_person(), by=cast.clerk)
    assert (one.state, one.answered_by) == ("confirmed", cast.clerk)
    own = entered(cast.curator.person, by=cast.curator)
    assert own.state == "entered"
    with pytest.raises(NotAllowed):
        acts.confirm(own, by=cast.curator)
    assert f"training:{own.pk}:confirm" not in keys(cast.curator)
    assert acts.confirm(own, by=cast.clerk).state == "confirmed"


def test_state_by_transition_by_role(cast):
    """Who may: a keeper answers, the person sends again."""
    users = {name: getattr(cast, name) for name in ALL}
    may = {"confirm": {"curator", "clerk"}, "send_back": {"curator", "clerk"}, "submit": {"curator", "clerk", "mentee"}}
    columns = {"send_back": {"remark": "уточните"}}
    for state in Training.State:
        one = entered(cast.mentee.person, by=cast.mentee, topic=f"Тема {state}")
        Training.objects.filter(pk=one.pk).update(state=state, remark="уточните" if state == "returned" else "")
        for name, who in may.items():
            for role, user in users.items():
                found = attempt(reload(one), name, user, columns.get(name))
                assert found.partition(":")[0].startswith(
                    expected(role, state, who, TRAINING[name].sources)
                ) or found == expected(role, state, who, TRAINING[name].sources), (state, name, role)


@pytest.mark.clause("3.4-h2")
def test_a_host_may_be_a_partner_and_the_trainer_from_elsewhere(cast, as_user):
    partner = Organisation.objects.create(kind="school", name="Базовая школа № 1", short_name="Школа № 1")
    data = sent(kind="site", host="", trainer="Пюрвеева А. Б., Школа № 1", document="", document_number="")
    del data["document_date"]
    data |= {"organisation": partner.pk, "person": cast.mentor.person_id, "request_key": str(uuid4())}
    assert as_user(cast.curator).post(reverse("roadmap:training_new"), data).status_code == 302
    one = Training.objects.get()
    assert (one.where, one.trainer, one.get_kind_display()) == ("Школа № 1", "Пюрвеева А. Б., Школа № 1", "стажировка")
    page = as_user(cast.director).get(one.get_absolute_url())
    facts = {fact.label: fact.value for fact in page.context["facts"]}
    assert facts["Кто проводил"] == "Школа № 1" and facts["Кто учил"] == "Пюрвеева А. Б., Школа № 1"
    assert as_user(cast.director).get("/training/?q=пюрвеева&year=all").context["listing"].page.paginator.count == 1


@pytest.mark.clause("3.4-h1")
def test_one_course_is_written_down_for_many_with_a_number_for_each(cast, as_user):
    people = [make_person(), make_person()]
    url, key = reverse("roadmap:training_course"), str(uuid4())
    data = sent() | {"one": [p.pk for p in people], "request_key": key}
    del data["document_number"]
    data |= {f"row{p.pk}-document_number": f"№ {n}" for n, p in enumerate(people)}
    client = as_user(cast.curator)
    assert client.get(url, {"one": [p.pk for p in people]}).status_code == 200
    for _ in range(2):
        assert client.post(url, data).status_code == 302
    assert {(t.person, t.document_number, t.state) for t in Training.objects.all()} == {
        (people[0], "№ 0", "confirmed"),
        (people[1], "№ 1", "confirmed"),
    }
    assert as_user(cast.director).get(url, {"one": people[0].pk}).status_code == 403


def test_many_records_are_confirmed_at_once(cast, as_user):
    rows = [entered(u.person, by=u) for u in (cast.mentee, cast.mentor, cast.clerk)]
    url = reverse("roadmap:trainings_confirm")
    page = as_user(cast.clerk).get(url, {"one": [r.pk for r in rows]})
    assert len(page.context["ready"]) == 2 and page.context["refused_number"] == 1
    as_user(cast.clerk).post(url, {"one": [r.pk for r in rows], "request_key": str(uuid4())})
    assert [reload(r).state for r in rows] == ["confirmed", "confirmed", "entered"]


def test_attended_events_fill_the_records_once(cast):
    people = [make_person(), cast.mentee.person]
    mine = entered(cast.mentee.person, by=cast.mentee, topic="Установочная сессия", ended_on=day(-5))
    fill = ("event:7", people, "Установочная сессия", "Школа", day(-5), 2, "session", cast.curator)
    first = acts.from_event(*fill, about_mentoring=True)
    again = acts.from_event(*fill, about_mentoring=True)
    assert [t.pk for t in first] == [t.pk for t in again] and Training.objects.count() == 2
    assert mine.pk in [t.pk for t in first]
    made = Training.objects.get(person=people[0])
    assert (made.state, made.source, made.hours, made.about_mentoring) == ("confirmed", "event:7", 2, True)
    with pytest.raises(Refused, match="присутств"):
        acts.remove(made, by=cast.curator)
    assert acts.not_attended("event:7", [people[0]], by=cast.curator) == 1
    assert not Training.objects.filter(person=people[0]).exists()


@pytest.mark.clause("3.4-h1")
def test_mentors_without_training_are_named_and_invited(cast, as_user):
    """Whoever leads a pair or stands in the bank, and has learnt nothing about mentoring since the day."""
    Person.objects.filter(pk=cast.mentor.person_id).update(email="mentor@school.example")
    make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)
    in_bank = make_candidate(make_person(), "mentor", by=cast.director).person
    taught = make_candidate(make_person(), "mentor", by=cast.director).person
    entered(taught, by=cast.clerk)
    entered(in_bank, by=cast.clerk, topic="Давно", started_on=date(2019, 3, 1), ended_on=date(2019, 3, 2))
    page = as_user(cast.director).get(reverse("roadmap:training_mentors"))
    assert {row.key for row in page.context["listing"].rows} == {cast.mentor.person_id, in_bank.pk}
    assert page.context["settings_url"] == ""
    by_work = as_user(cast.curator).get(reverse("roadmap:training_mentors"), {"who": "now"})
    assert {row.key for row in by_work.context["listing"].rows} == {cast.mentor.person_id}
    url = reverse("roadmap:training_mentors_invite")
    ask = as_user(cast.curator).get(url, {"one": cast.mentor.person_id})
    assert "Уйдёт 1" in " ".join(ask.context["consequences"])
    data = {"one": cast.mentor.person_id, "text": "Курсы «Наставник»", "request_key": str(uuid4())}
    as_user(cast.curator).post(url, data)
    invitation = TrainingInvitation.objects.get()
    assert OutboxMail.objects.filter(template="training_invited").count() == 1
    assert f"training-invitation:{invitation.pk}" in keys(cast.mentor)
    assert as_user(cast.mentor).get(invitation.get_absolute_url()).context["new_url"]
    with pytest.raises(Already, match="приглашение уже есть"):
        acts.invite(cast.mentor.person, by=cast.curator, text="ещё раз")
    one = entered(cast.mentor.person, by=cast.mentor)
    invitation.refresh_from_db()
    assert invitation.answer == one and f"training-invitation:{invitation.pk}" not in keys(cast.mentor)
    assert {p.pk for p in mentors_without(cast.curator)[0]} == {in_bank.pk}
    acts.remove(one, by=cast.mentor)
    assert TrainingInvitation.objects.open().count() == 1, "the invitation waits again"


def test_since_when_training_counts_is_a_setting(cast, as_user):
    mentor = make_candidate(make_person(), "mentor", by=cast.director).person
    entered(mentor, by=cast.clerk, started_on=day(-800), ended_on=day(-790), document_date=None)
    assert not mentors_without(cast.curator)[0].exists()
    url = reverse("roadmap:training_settings")
    data = {"mentor_years": 3, "mentor_since": day(-100).isoformat(), "version": 1}
    assert as_user(cast.curator).post(url, data).status_code == 302
    assert TrainingSettings.get().counts_since() == day(-100)
    assert [p.pk for p in mentors_without(cast.curator)[0]] == [mentor.pk]
    late = as_user(cast.clerk).post(url, {"mentor_years": 2, "version": 1})
    assert late.status_code == 200 and TrainingSettings.get().mentor_years == 3
    assert as_user(cast.director).get(url).status_code == 403


@pytest.mark.clause("3.3-g1")
def test_more_than_three_years_since_the_last_course_is_told_as_a_fact(cast, as_user):
    """273-ФЗ, ст. 47, ч. 5, п. 2."""
    person = make_person()
    url = reverse("roadmap:person_training", args=[person.pk])
    assert as_user(cast.director).get(url).context["facts"][0].value == "записей нет"
    entered(person, by=cast.clerk, started_on=day(-1200), ended_on=day(-1190), document_date=None)
    fact = as_user(cast.director).get(url).context["facts"][0]
    assert "прошло больше трёх лет" in fact.note and "273-ФЗ, ст. 47, ч. 5, п. 2" in fact.note
    row = next(r for r in as_user(cast.director).get("/training/people/").context["listing"].rows if r.key == person.pk)
    assert row.course_note == "прошло больше трёх лет"
    lacking = as_user(cast.director).get("/training/people/", {"lacks": "course"}).context["listing"].rows
    assert person.pk in [r.key for r in lacking]
    entered(person, by=cast.clerk)
    assert "прошло больше" not in as_user(cast.director).get(url).context["facts"][0].note


@pytest.mark.clause("3.4-k3")
def test_the_share_of_teachers_with_training_in_a_period(cast, as_user):
    teachers = presenters.teachers().count()
    first, last = presenters.year_of("")
    person = make_person()
    ended = min(max(first, day(-1)), day())
    entered(person, by=cast.clerk, started_on=ended, ended_on=ended, document_date=None)
    entered(person, by=cast.clerk, topic="Второе", started_on=ended, ended_on=ended, document_date=None)
    entered(cast.mentee.person, by=cast.mentee, started_on=ended, ended_on=ended, document_date=None)
    found = presenters.share(first, last)
    assert (found.learnt, found.of) == (1, teachers + 1), "confirmed records of teachers of today, each once"
    assert found.percent == round(100 / (teachers + 1))
    assert as_user(cast.director).get("/training/").context["share"] == found
    assert as_user(cast.director).get("/training/?year=2019").context["share"].learnt == 0
    assert as_user(cast.mentee).get("/training/").context["share"] is None


def test_the_list_is_filtered_and_goes_out_as_a_workbook(cast, as_user):
    one = entered(make_person("Очирова"), by=cast.clerk)
    entered(make_person("Басангова"), by=cast.clerk, kind="self", topic="Чтение с листа", about_mentoring=False)
    client = as_user(cast.director)

    def found(**query):
        return [r.key for r in client.get("/training/", {"year": "all"} | query).context["listing"].rows]

    assert found(kind="course") == found(about="mentoring") == found(q="очир") == [one.pk]
    assert len(found()) == 2 and found(state="returned") == []
    sheet = openpyxl.load_workbook(
        io.BytesIO(b"".join(client.get("/training/?format=xlsx&kind=course&year=all").streaming_content))
    ).active
    rows = list(sheet.values)
    assert rows[0] == presenters.COLUMNS and len(rows) == 2
    assert rows[1][2] == TOPIC and rows[1][7] == 36 and rows[1][10] == "080400012345"


def test_only_the_person_and_the_readers_of_the_promise_see_a_record(cast, as_user):
    one = entered(cast.mentee.person, by=cast.mentee)
    readers = {"director", "curator", "clerk", "acting"}
    for name in ALL:
        user = getattr(cast, name)
        seen = Training.objects.visible_to(user).filter(pk=one.pk).exists()
        assert seen == (name in readers or name == "mentee"), name
    make_pairing(cast, "assigned", mentor=cast.mentor, mentee=cast.mentee)
    for name in ("chair", "secretary", "council"):
        assert Training.objects.visible_to(getattr(cast, name)).filter(pk=one.pk).exists(), "sees who is in a pair"
    assert as_user(cast.mentor).get(one.get_absolute_url()).status_code == 404
    assert as_user(cast.mentor).get(reverse("roadmap:person_training", args=[one.person_id])).status_code == 403


def test_a_record_and_an_answer_are_taken_back(cast):
    one = entered(cast.mentee.person, by=cast.mentee)
    acts.confirm(one, by=cast.clerk)
    undo.undo(Act.objects.about(one).get(verb="confirm"), by=cast.clerk)
    assert reload(one).state == "entered" and reload(one).answered_by is None
    other = entered(cast.mentor.person, by=cast.mentor)
    undo.undo(Act.objects.about(other).get(verb="enter"), by=cast.mentor)
    assert not Training.objects.filter(pk=other.pk).exists()
    invitation = acts.invite(cast.mentor.person, by=cast.curator, text="Курсы")
    undo.undo(Act.objects.about(invitation).get(verb="invite"), by=cast.curator)
    assert not TrainingInvitation.objects.open().exists()


def test_records_are_destroyed_with_the_data_and_invitations_end_with_the_work(cast):
    person = make_person()
    one = entered(person, by=cast.clerk)
    acts.invite(person, by=cast.curator, text="Курсы")
    assert [h.what for h in PART.hanging({person.pk: day()})] == ["приглашение на обучение"]
    PART.end(person, day())
    assert not TrainingInvitation.objects.open().exists()
    data = retention.categories()["training"]
    assert data.found(person) == ["1\u00a0запись об обучении"]
    assert data.erase(person) == 2 and not Training.objects.filter(pk=one.pk).exists()
