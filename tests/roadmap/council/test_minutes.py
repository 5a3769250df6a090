"""Minutes of the council: numbers, ready questions, the signature on paper, extracts, who sees and writes."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mentoring_site.hashing import sha256_of_json
from mentoring_site.workflow import Already, NotAllowed, Refused, Stale
from people.register import acts as register_acts
from people.register.models import Employment, Person
from people.school.models import Organisation
from programs.pairings import acts as pairing_acts
from programs.program.approval import acts as approval_acts
from roadmap.council import acts as council_acts
from roadmap.council import agenda
from roadmap.council import documents as council_documents
from roadmap.council.models import AgendaItem, Minutes
from tests.factories import make_pairing, make_person, make_program
from tests.paper import pdf
from tests.programs.program.test_documents import text_of_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.point("3.10")]
BODY = "методический совет"
SEES = {"director", "curator", "chair", "secretary", "council"}
WRITES = {"curator", "chair", "secretary"}
ALL = (*SEES, "clerk", "sysadmin", "mentor", "mentee", "stranger")


def head(cast, **values):
    """The head of a meeting of the methodical council today."""
    return {
        "by": cast.secretary,
        "body": BODY,
        "held_on": timezone.localdate(),
        "place": "г. Элиста",
        "chair": cast.chair.person,
        "secretary": cast.secretary.person,
        "present": [cast.chair.person, cast.secretary.person],
    } | values


def supported(cast, **values):
    """A program that waits for the council."""
    program = make_program(cast, "submitted", **values)
    return approval_acts.endorse(program, by=cast.curator)


def ready_pairing(cast, **values):
    """A pair whose people agree and whose topics are confirmed."""
    pairing = make_pairing(cast, "proposed", **values)
    for p in pairing.participations.all():
        pairing_acts.answer(p, "yes", by=cast.curator)
    return pairing_acts.confirm_topics(pairing, by=cast.chair)


def signed(cast, **values):
    """Signed minutes with a decision on everything in them."""
    minutes = council_acts.draft(**head(cast, **values))
    if not minutes.items.exists():
        council_acts.save_item(minutes, None, by=cast.secretary, title="О разном", decided="Принять к сведению")
        minutes.refresh_from_db()
    return council_acts.sign(minutes, by=cast.secretary, signed_on=timezone.localdate())


def test_numbers_run_by_body_and_school_year(cast):
    first, second = council_acts.draft(**head(cast)), council_acts.draft(**head(cast))
    assert (first.number, second.number) == ("1", "2")
    assert council_acts.draft(**head(cast, body="Педагогический  совет")).number == "1"
    old = council_acts.draft(**head(cast, held_on=timezone.localdate() - timedelta(days=400)))
    assert old.number == "1" and old.school_year != first.school_year
    with pytest.raises(Refused, match="Следующий свободный — № 3"):
        council_acts.draft(**head(cast, number="2"))
    with pytest.raises(Refused, match="заседания методического совета"):
        council_acts.draft(**head(cast, body="секция баянистов"))
    assert (
        council_acts.draft(**head(cast, body="секция баянистов", body_genitive="секции баянистов")).body_genitive
        == "секции баянистов"
    )
    with pytest.raises(Refused, match="ещё не прошло"):
        council_acts.draft(**head(cast, held_on=timezone.localdate() + timedelta(days=1)))
    with pytest.raises(NotAllowed):
        council_acts.draft(**head(cast, by=cast.council))


def test_what_waits_becomes_ready_questions_with_declined_names(cast):
    mentor, mentee = make_person("Басангов", "Очир", "Санджиевич", "m"), make_person("Лиджиева", "Кермен", "Бадмаевна")
    program = supported(
        cast, mentor=make_person("Иванов", "Иван", "Иванович", "m"), mentee=make_person("Петрова", "Анна", "Ивановна")
    )
    pairing = ready_pairing(cast, mentor=mentor, mentee=mentee)
    assert list(agenda.waiting_programs()) == [program] and list(agenda.waiting_pairings()) == [pairing]
    minutes = council_acts.draft(**head(cast, programs=[program], pairings=[pairing]))
    first, second = minutes.items.all()
    assert "наставник — Иванов\u00a0И.\u00a0И., наставляемая — Петрова\u00a0А.\u00a0И." in first.decided
    assert second.decided.startswith(
        "Рекомендовать директору закрепить наставника Басангова\u00a0О.\u00a0С. за наставляемой"
        " Лиджиевой\u00a0К.\u00a0Б."
    )
    assert not any(text.endswith("..") for item in (first, second) for text in (item.heard, item.decided))
    assert (list(first.programs.all()), list(second.pairings.all())) == ([program], [pairing])
    assert not agenda.waiting_programs().exists() and not agenda.waiting_pairings().exists()  # they stand in a draft
    council_acts.discard(minutes, by=cast.chair)
    assert list(agenda.waiting_programs()) == [program]


def test_several_programs_are_one_question(cast):
    rows = [supported(cast), supported(cast)]
    item = council_acts.draft(**head(cast, programs=rows)).items.get()
    assert item.title == "О согласовании персонализированных программ наставничества"
    assert "\n1) «" in item.decided and "\n2) «" in item.decided and item.decided.count(";") == 1


def test_signing_freezes_and_asks_for_decisions(cast):
    minutes = council_acts.draft(**head(cast))
    with pytest.raises(Refused, match="нет ни одного вопроса"):
        council_acts.sign(minutes, by=cast.secretary, signed_on=timezone.localdate())
    item = council_acts.save_item(minutes, None, by=cast.secretary, title="О разном", decided="", votes_for=3)
    with pytest.raises(Refused) as refusal:
        council_acts.sign(minutes, by=cast.secretary, signed_on=timezone.localdate())
    assert "не записано решение" in str(refusal.value) and "голосов 3, а присутствовало 2" in str(refusal.value)
    minutes.refresh_from_db()
    council_acts.save_item(minutes, item, by=cast.chair, title="О разном", decided="Принять", votes_for=2)
    minutes.refresh_from_db()
    for day, why in ((1, "будущим"), (-1, "раньше нельзя")):
        with pytest.raises(Refused, match=why):
            council_acts.sign(minutes, by=cast.secretary, signed_on=timezone.localdate() + timedelta(days=day))
    with pytest.raises(NotAllowed):
        council_acts.sign(minutes, by=cast.council, signed_on=timezone.localdate())
    minutes = council_acts.sign(minutes, by=cast.secretary, signed_on=timezone.localdate())
    AgendaItem.objects.filter(pk=item.pk).update(decided="подделка")
    fresh = Minutes.objects.get(pk=minutes.pk)
    assert (
        council_documents.minutes_facts(fresh)["items"][0]["decided"] == "Принять"
        and sha256_of_json(fresh.facts) == fresh.facts_sha256
    )
    assert council_documents.minutes_facts(fresh)["items"][0]["votes"].endswith("Решение принято единогласно")
    for act in (
        lambda: council_acts.edit(fresh, number="5", **head(cast)),
        lambda: council_acts.save_item(fresh, None, by=cast.chair, title="Ещё"),
        lambda: council_acts.drop_item(item, by=cast.chair),
        lambda: council_acts.discard(fresh, by=cast.chair),
    ):
        with pytest.raises(Refused, match="подписан"):
            act()


@pytest.mark.point("15")
def test_whom_a_question_is_about_has_no_vote_on_it(cast):
    """Three were there, one of them is the mentor of the program: two votes."""
    program = supported(cast, mentor=cast.chair)
    everybody = [cast.chair.person, cast.secretary.person, cast.council.person]
    minutes = council_acts.draft(**head(cast, programs=[program], present=everybody))
    item = minutes.items.get()
    council_acts.save_item(minutes, item, by=cast.secretary, title=item.title, decided="Согласовать", votes_for=3)
    with pytest.raises(Refused, match=f"без тех, кого он касается \\({cast.chair.person.short_name}\\), — 2"):
        council_acts.sign(minutes, by=cast.secretary, signed_on=timezone.localdate())
    item.refresh_from_db()
    council_acts.save_item(minutes, item, by=cast.secretary, title=item.title, decided="Согласовать", votes_for=2)
    assert council_acts.sign(minutes, by=cast.secretary, signed_on=timezone.localdate()).state == "signed"


def test_questions_are_renumbered_and_stale_pages_are_told(cast):
    minutes = council_acts.draft(**head(cast))
    version = minutes.version
    items = []
    for title in ("первый", "второй", "третий"):
        items.append(council_acts.save_item(minutes, None, by=cast.chair, title=title))
        minutes.refresh_from_db()
    with pytest.raises(Stale):
        council_acts.save_item(minutes, items[0], by=cast.chair, title="поздно", version=version)
    council_acts.drop_item(items[0], by=cast.chair)
    assert [str(item) for item in minutes.items.all()] == ["1. второй", "2. третий"]
    with pytest.raises(Already):
        council_acts.drop_item(AgendaItem(pk=999, minutes=Minutes.objects.get(pk=minutes.pk), number=9), by=cast.chair)
    with pytest.raises(Refused, match="и среди отсутствовавших"):
        council_acts.draft(**head(cast, absent=[cast.chair.person]))


def test_who_sees_and_who_writes(cast, as_user):
    minutes, done = council_acts.draft(**head(cast)), signed(cast)
    for name in ALL:
        client = as_user(getattr(cast, name))
        page = client.get("/council/minutes/")
        assert page.status_code == 200 and (f"/council/minutes/{done.pk}/" in page.content.decode()) == (
            name in SEES
        ), name
        assert client.get(f"/council/minutes/{minutes.pk}/").status_code == (200 if name in SEES else 404), name
        for path in ("edit/", "items/new/", "sign/", "discard/"):
            status = 200 if name in WRITES else 403 if name in SEES else 404
            assert client.get(f"/council/minutes/{minutes.pk}/{path}").status_code == status, (name, path)
        assert client.get("/council/minutes/new/").status_code == (200 if name in WRITES else 403), name


@pytest.mark.clause("3.5-i2")
def test_the_whole_way_through_the_pages(cast, as_user):
    program, pairing = supported(cast), ready_pairing(cast)
    client = as_user(cast.secretary)
    assert (
        "Ждут решения совета: 1\u00a0программа и 1\u00a0пара или группа"
        in client.get("/council/minutes/").content.decode()
    )
    form = client.get("/council/minutes/new/").context["form"]
    data = {
        "known": BODY,
        "held_on": timezone.localdate(),
        "place": "г. Элиста",
        "chair": cast.chair.person_id,
        "secretary": cast.secretary.person_id,
        "present": form.initial["present"],
        "programs": [program.pk],
        "pairings": [pairing.pk],
        "request_key": form["request_key"].value(),
    }
    page = client.post("/council/minutes/new/", data, follow=True)
    assert "Проект протокола № 1 составлен" in page.content.decode()
    client.post("/council/minutes/new/", data)  # the same press again
    minutes = Minutes.objects.get()
    words = text_of_pdf(client.get(f"/council/minutes/{minutes.pk}/minutes.pdf"))
    for part in (
        "ПРОТОКОЛ заседания методического совета",
        "№ 1",
        "ПОВЕСТКА ДНЯ",
        "1. СЛУШАЛИ:",
        "2. СЛУШАЛИ:",
        "Присутствовали: 3 человека",
    ):
        assert part in words, part
    refused = client.get(f"/council/minutes/{minutes.pk}/extract.pdf", follow=True)
    assert "Выписку делают из подписанного протокола" in refused.content.decode()
    scan = SimpleUploadedFile("протокол.pdf", pdf())
    client.post(f"/council/minutes/{minutes.pk}/sign/", {"signed_on": timezone.localdate(), "scan": scan})
    minutes.refresh_from_db()
    assert minutes.state == "signed" and minutes.scan is not None
    assert b"".join(client.get(f"/council/minutes/{minutes.pk}/scan/file/").streaming_content) == pdf()
    other = {"scan": SimpleUploadedFile("протокол.pdf", pdf(1)), "reason": "не хватало листа"}
    page = client.post(f"/council/minutes/{minutes.pk}/scan/", other, follow=True).content.decode()
    assert "Скан заменён" in page and "не хватало листа" in page
    assert b"".join(client.get(f"/council/minutes/{minutes.pk}/scan/file/").streaming_content) == pdf(1)
    words = text_of_pdf(client.get(f"/council/minutes/{minutes.pk}/extract.pdf?item=2"))
    assert "2. СЛУШАЛИ:" in words and "1. СЛУШАЛИ:" not in words and "Верно" in words
    assert client.get(f"/council/minutes/{minutes.pk}/extract.pdf?item=9").status_code == 404
    page = client.get(f"/council/minutes/{minutes.pk}/").content.decode()
    assert f"/programs/{program.pk}/agree/" in page and f"/pairings/{pairing.pk}/recommend/" in page


def test_the_decision_takes_signed_minutes_or_a_typed_number(cast, as_user):
    program, pairing = supported(cast), ready_pairing(cast)
    minutes = signed(cast, programs=[program], pairings=[pairing])
    client = as_user(cast.chair)
    form = client.get(f"/programs/{program.pk}/agree/").context["form"]
    assert form.initial["minutes"] == str(minutes.items.get(programs=program).pk)
    client.post(f"/programs/{program.pk}/agree/", {"minutes": form.initial["minutes"]})
    program.refresh_from_db()
    assert (program.state, program.minutes_number, program.minutes_date) == ("agreed", "1", minutes.held_on)
    today = timezone.localdate()
    assert client.post(f"/pairings/{pairing.pk}/recommend/", {"minutes": "", "minutes_number": ""}).status_code == 200
    client.post(f"/pairings/{pairing.pk}/recommend/", {"minutes": "", "minutes_number": "7-а", "minutes_date": today})
    pairing.refresh_from_db()
    assert (pairing.state, pairing.minutes_number) == ("recommended", "7-а")
    other = supported(cast)
    assert "minutes" not in client.get(f"/programs/{other.pk}/agree/").context["form"].fields


def test_list_filters_search_and_workbook(cast, as_user):
    signed(cast)
    other = council_acts.draft(**head(cast, body="педагогический совет"))
    council_acts.save_item(other, None, by=cast.chair, title="Об «Импровизации» в классе", decided="")
    client = as_user(cast.director)

    def found(query):
        return [row.body for row in client.get(f"/council/minutes/?{query}").context["listing"].rows]

    assert found("q=импров") == ["педагогический совет"] and found("q=разно") == [BODY] and found("q=нет") == []
    assert (
        found("body=педагогический совет") == ["педагогический совет"] and len(found(f"year={other.school_year}")) == 2
    )
    response = client.get("/council/minutes/?format=xlsx&q=разно")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    rows = [row for row in sheet.iter_rows(values_only=True) if BODY in row]
    assert len(rows) == 1 and "1. О разном" in rows[0]


@pytest.mark.point("9.5")
def test_people_are_found_by_present_and_former_names(cast):
    pairing = ready_pairing(cast)
    about, other = council_acts.draft(**head(cast, pairings=[pairing])), signed(cast, body="педагогический совет")
    person = pairing.participations.get(part="mentee").person
    register_acts.rename_person(
        person, by=cast.clerk, version=person.version, last_name="Новофамильная", first_name=person.first_name
    )
    for name in ("новофамильная", person.last_name, f"{person.last_name} {person.first_name}"):
        assert list(Minutes.objects.found_by(name)) == [about], name
    assert other in Minutes.objects.found_by(cast.chair.person.last_name)


def test_queries_do_not_grow(cast, as_user):
    client, counts = as_user(cast.secretary), {}
    minutes = council_acts.draft(**head(cast, programs=[supported(cast)], pairings=[ready_pairing(cast)]))
    supported(cast), ready_pairing(cast), client.get("/council/minutes/")
    for _ in range(2):
        for url in ("/council/minutes/", f"/council/minutes/{minutes.pk}/", "/council/minutes/new/"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            counts.setdefault(url, []).append(len(queries))
        council_acts.draft(**head(cast, programs=[supported(cast), supported(cast)]))
        for n in range(3):
            minutes.refresh_from_db()
            item = council_acts.save_item(minutes, None, by=cast.chair, title=f"Вопрос {n}")
            item.pairings.add(ready_pairing(cast))
        supported(cast)
    assert all(first == last for first, last in counts.values()), counts


def test_in_a_large_school_who_led_is_found_by_the_name(cast, as_user):
    own = Organisation.objects.get(kind="own")
    people = [Person(last_name=f"Многая{n}", first_name="Анна", gender="f") for n in range(201)]
    anna, _ = make_person("Длинная", "Анна", ""), make_person("Длинная", "Вера", "")
    Employment.objects.bulk_create(
        Employment(person=person, organisation=own, post="методист") for person in Person.objects.bulk_create(people)
    )
    client, url = as_user(cast.secretary), reverse("roadmap:minutes_new")
    page = client.get(url)
    assert b"<option" not in page.content.partition(b'name="chair"')[2][:200]
    assert page.context["form"]["chair"].value() == cast.chair.person.full_name
    data = {"known": page.context["form"]["known"].value(), "held_on": timezone.localdate().isoformat()}
    refused = client.post(url, data | {"chair": "Длинная"})
    assert "Нашлось несколько" in refused.context["form"].errors["chair"][0]
    assert client.post(url, data | {"chair": "длинная анна"}).status_code == 302
    assert Minutes.objects.get().chair == anna


@pytest.mark.point("8.11")
def test_a_long_queue_is_searched_and_keeps_what_was_ticked_and_typed(cast, as_user, monkeypatch):
    monkeypatch.setattr("roadmap.council.forms.LISTED", 2)
    names = ("Ритмова", "Слухова", "Темпова")
    first, second, third = (supported(cast, mentee=make_person(name, "Анна")) for name in names)
    client, url = as_user(cast.secretary), reverse("roadmap:minutes_new")

    def listed(page) -> list[int]:
        return [key for key, _ in page.context["form"].fields["programs"].widget.choices]

    page = client.get(url)
    assert listed(page) == [first.pk, second.pk]
    assert page.context["finder"] is not None
    sent = {
        "known": "",
        "other": "учёный совет",
        "held_on": timezone.localdate().isoformat(),
        "place": "Малый зал",
        "programs": [first.pk],
        "find": "темпов",
        "look": "1",
    }
    page = client.post(url, sent)
    assert not Minutes.objects.exists()
    assert listed(page) == [first.pk, third.pk]
    form = page.context["form"]
    assert (form["place"].value(), form["other"].value(), form["programs"].value()) == (
        "Малый зал",
        "учёный совет",
        [str(first.pk)],
    )
    assert form.errors == {}
    assert page.context["form"]["present"].value() == []
    page = client.post(url, sent | {"find": "виолончель"})
    assert listed(page) == [first.pk]
    assert "виолончель" in page.context["form"].fields["programs"].help_text
    refused = client.post(url, {**sent, "look": [], "programs": [first.pk, third.pk]})
    assert refused.context["form"].errors.keys() == {"body_genitive"}
    assert listed(refused) == [first.pk, third.pk]
    made = client.post(url, {**sent, "look": [], "programs": [first.pk, third.pk], "body_genitive": "учёного совета"})
    assert made.status_code == 302
    assert set(Minutes.objects.get().items.get().programs.all()) == {first, third}


@pytest.mark.point("8.11")
def test_a_short_queue_needs_no_search(cast, as_user):
    supported(cast)
    page = as_user(cast.secretary).get(reverse("roadmap:minutes_new"))
    assert page.context["finder"] is None
