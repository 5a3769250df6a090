"""A contest: recommended, approved, prepared by a member of the council, with its result and diploma (п. 3.5, 4.2)."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from mentoring_site import undo
from mentoring_site.models import Act, OutboxMail
from mentoring_site.workflow import Already, NotAllowed, Refused
from people.handover.parts import open_of
from programs.requests import acts, inbox
from programs.requests.kinds.contest import acts as contest_acts
from programs.requests.kinds.contest.models import Contest
from programs.requests.models import Request
from tests.factories import make_person, make_program, make_user
from tests.paper import pdf
from tests.programs.requests.kit import ask

pytestmark = [pytest.mark.django_db, pytest.mark.point("11.2")]
WHY = "канарейка: сильный исполнитель"
PDF = pdf()


def fresh(user):
    return type(user).objects.get(pk=user.pk)


def waiting(user) -> list[str]:
    return [item.title for item in inbox.items(fresh(user))]


def told(name) -> set[int]:
    return set(OutboxMail.objects.filter(template=name).values_list("person_id", flat=True))


@pytest.fixture
def program(cast):
    return make_program(cast, "running", mentor=cast.mentor, mentee=cast.mentee)


def recommend(cast, program, *, by=None, mentee=None, on=10, **values):
    mentee = mentee or program.pairing.participations.get(part="mentee")
    day = timezone.localdate() + timedelta(days=on)
    data = {"title": "Степные голоса", "level": "regional", "starts_on": day, "ends_on": day, "place": "Элиста"}
    person = None if by and by.person_id == mentee.person_id else mentee.person
    return ask(
        cast,
        "contest",
        by=by or cast.mentor,
        program=program,
        text=WHY,
        person=person,
        data=data | {"mentee": mentee} | values,
    )


def approve(cast, request, owner=None, by=None):
    return acts.decide(request, "accept", by=by or cast.curator, data={"owner": (owner or cast.council).person})


def begin(request):
    today = timezone.localdate()
    Contest.objects.filter(request=request).update(starts_on=today, ends_on=today)


def readers(cast, request) -> set[str]:
    found = Request.objects.filter(pk=request.pk)
    return {name for name, user in vars(cast).items() if found.readable_by(fresh(user)).exists()}


@pytest.mark.clause("4.2-g1")
def test_the_mentor_recommends_from_a_short_form_and_the_curator_or_the_chair_decides(cast, as_user, program):
    client, url = as_user(cast.mentor), f"/requests/new/contest/{program.pk}/"
    assert "mentee" not in client.get(url).context["form"].fields
    day = timezone.localdate() + timedelta(days=10)
    values = {"title": "Степные голоса", "level": "national", "starts_on": day, "place": "Элиста", "text": WHY}
    wrong = client.post(url, values | {"ends_on": day - timedelta(days=1)})
    assert "ends_on" in wrong.context["form"].errors
    assert client.post(url, values).status_code == 302
    made = Request.objects.get()
    contest = made.contest
    assert (contest.level, contest.ends_on, contest.mentee.person) == ("national", day, cast.mentee.person)
    assert readers(cast, made) == {"mentor", "mentee", "curator", "chair"}
    assert len(waiting(cast.curator)) == len(waiting(cast.chair)) == 1 and waiting(cast.director) == []
    with pytest.raises(NotAllowed):
        approve(cast, made, by=cast.secretary)
    with pytest.raises(Refused, match="из методического совета"):
        acts.decide(made, "accept", by=cast.chair, data={})
    with pytest.raises(Refused, match="не состоит в методическом совете"):
        approve(cast, made, owner=cast.stranger)
    assert approve(cast, made, by=cast.chair).state == "accepted"


@pytest.mark.clause("3.5-f")
def test_a_named_member_of_the_council_prepares(cast, as_user, program):
    made = recommend(cast, program)
    as_user(cast.curator).post(f"{made.get_absolute_url()}accept/", {"owner": cast.council.person_id})
    assert Request.objects.get().contest.owner == cast.council.person
    assert told("contest_owner") == {cast.council.person_id}
    assert told("request_decided") == {cast.mentor.person_id, cast.mentee.person_id}
    assert waiting(cast.council) == ["Подготовить к конкурсу: «Степные голоса»"]
    assert readers(cast, made) == {"mentor", "mentee", "curator", "chair", "council"}
    client, url = as_user(cast.council), f"{made.get_absolute_url()}contest/"
    version = client.get(f"{url}prepare/").context["form"]["version"].value()
    plan = {"plan": "Две репетиции в зале, заявка до пятницы", "version": version}
    assert client.post(f"{url}prepare/", plan).status_code == 302
    stale = client.post(f"{url}prepare/", plan)
    assert stale.status_code == 200 and stale.context["form"].non_field_errors()
    assert as_user(cast.secretary).get(f"{url}prepare/").status_code == 404
    with pytest.raises(Refused, match="как готовятся"):
        acts_undo(made, "accept", cast.curator)
    as_user(cast.chair).post(f"{url}owner/", {"owner": cast.secretary.person_id})
    assert waiting(cast.council) == [] and len(waiting(cast.secretary)) == 1
    (part,) = open_of(cast.secretary.person, fresh(cast.curator))
    part.part.hand(part.things[0].key, cast.secretary.person, cast.council.person, fresh(cast.curator))
    assert len(waiting(cast.council)) == 1


def acts_undo(request, verb, by):
    undo.undo(Act.objects.about(request).filter(verb=verb).last(), by=fresh(by))


def test_an_approval_is_taken_back_while_nobody_prepares(cast, program):
    made = recommend(cast, program)
    approve(cast, made)
    acts_undo(made, "accept", cast.curator)
    made = Request.objects.get(pk=made.pk)
    assert (made.state, made.contest.owner, waiting(cast.council)) == ("filed", None, [])
    assert not OutboxMail.objects.filter(template="contest_owner", failed_at=None).exists()


@pytest.mark.clause("4.2-e", "3.5-f")
def test_the_result_and_the_diploma_stand_on_record_and_are_counted(cast, as_user, program):
    made = recommend(cast, program)
    approve(cast, made)
    with pytest.raises(Refused, match="когда конкурс начался"):
        contest_acts.give_result(made, by=cast.council, result="second")
    with pytest.raises(NotAllowed):
        contest_acts.give_result(made, by=cast.secretary, result="second")
    begin(made)
    client, url = as_user(cast.council), f"{made.get_absolute_url()}contest/result/"
    scan = SimpleUploadedFile("диплом.pdf", PDF, content_type="application/pdf")
    assert client.post(url, {"result": "second", "award": "ансамбль", "evidence": scan}).status_code == 302
    contest = Contest.objects.get()
    assert (contest.result_words, contest.evidence.count()) == ("диплом II степени, ансамбль", 1)
    assert told("contest_result") == {cast.mentor.person_id, cast.mentee.person_id, cast.curator.person_id}
    page = as_user(cast.mentee).get(made.get_absolute_url())
    assert [file.name for file in page.context["evidence"].files] == ["диплом.pdf"]
    listed = as_user(cast.curator).get("/contests/")
    assert [(label, number) for label, _, number in listed.context["counts"]] == [("диплом II степени", 1)]
    beside = as_user(cast.mentor).get(program.get_absolute_url()).context["beside"]
    (section,) = [section for section in beside if "won" in section.context]
    assert (section.context["number"], section.context["won"]) == (1, 1)
    with pytest.raises(Already):
        contest_acts.give_result(made, by=cast.mentor, result="first")
    acts_undo(made, "result", cast.council)
    assert Contest.objects.get().result == ""


@pytest.mark.clause("4.2-e")
def test_the_list_is_filtered_by_year_level_and_result_and_goes_out_as_xlsx(cast, as_user, program):
    first, second = recommend(cast, program), recommend(cast, program, level="school", title="Класс-концерт")
    for made in (first, second):
        approve(cast, made)
        begin(made)
    contest_acts.give_result(first, by=cast.mentor, result="laureate")
    Contest.objects.filter(request=first).update(
        starts_on=timezone.localdate() - timedelta(days=800), ends_on=timezone.localdate() - timedelta(days=800)
    )
    client = as_user(cast.curator)

    def titles(query):
        return [row.title for row in client.get(f"/contests/?{query}").context["listing"].rows]

    assert titles("") == ["Класс-концерт"]
    assert titles("year=all&sort=title") == ["Класс-концерт", "Степные голоса"]
    assert titles("year=all&level=regional") == titles("year=all&result=won") == ["Степные голоса"]
    assert titles("year=all&result=open") == ["Класс-концерт"]
    assert titles("year=all&q=степные") == ["Степные голоса"]
    answer = client.get("/contests/?year=all&format=xlsx")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content))
    cells = " ".join(str(cell.value) for row in book.active.iter_rows() for cell in row)
    assert "республиканский" in cells and "лауреат" in cells and WHY not in cells


def test_a_mentee_asks_for_oneself_and_the_group_reads_nothing_of_it(cast, as_user):
    program = make_program(cast, "running", mentees=2, mentor=cast.mentor, mentee=cast.mentee)
    own = program.pairing.participations.get(person=cast.mentee.person)
    other = program.pairing.participations.filter(part="mentee").exclude(pk=own.pk).get()
    neighbour = getattr(other.person, "user", None) or make_user(other.person)
    client = as_user(cast.mentee)
    assert "mentee" not in client.get(f"/requests/new/contest/{program.pk}/").context["form"].fields
    assert "mentee" in as_user(cast.mentor).get(f"/requests/new/contest/{program.pk}/").context["form"].fields
    made = recommend(cast, program, by=cast.mentee, mentee=own)
    assert made.person is None and readers(cast, made) == {"mentor", "mentee", "curator", "chair"}
    approve(cast, made)
    begin(made)
    contest_acts.give_result(made, by=cast.mentee, result="participant")
    stranger = as_user(neighbour)
    assert stranger.get(made.get_absolute_url()).status_code == 404
    for url in ("/contests/?year=all", program.get_absolute_url(), "/contests/?year=all&format=xlsx"):
        assert "Степные голоса" not in seen(stranger.get(url))
    assert "Степные голоса" in seen(client.get("/contests/?year=all"))
    assert "Степные голоса" in seen(as_user(cast.secretary).get("/contests/?year=all"))
    assert as_user(cast.secretary).get(made.get_absolute_url()).status_code == 404


def seen(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] != b"PK":
        return content.decode()
    return " ".join(str(cell.value) for row in load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row)


def test_the_words_reach_nobody_else_and_nothing_is_public(cast, as_user, client, program):
    made = recommend(cast, program)
    approve(cast, made)
    for user in (cast.director, cast.secretary, cast.clerk, cast.sysadmin, cast.stranger):
        one = as_user(user)
        for url in ("/contests/?year=all", "/home/", "/requests/", made.get_absolute_url(), "/search/?q=канарейка"):
            assert WHY not in seen(one.get(url)), (user, url)
    assert WHY not in " ".join(OutboxMail.objects.values_list("text", flat=True))
    for url in ("/", "/results/", "/programmes/"):
        assert "Степные голоса" not in client.get(url).content.decode()


def test_who_prepares_is_reminded_before_and_of_the_result_after(cast, program):
    made = recommend(cast, program, on=20)
    approve(cast, made)
    assert contest_acts.remind_owners() == 0
    Contest.objects.update(starts_on=timezone.localdate() + timedelta(days=5))
    assert (contest_acts.remind_owners(), contest_acts.remind_owners()) == (1, 0)
    assert told("contest_reminder") == {cast.council.person_id}
    day = timezone.localdate() - timedelta(days=1)
    Contest.objects.update(starts_on=day, ends_on=day, reminded_on=day - timedelta(days=6))
    assert (contest_acts.remind_owners(), contest_acts.remind_owners()) == (1, 0)
    assert waiting(cast.council) == ["Записать результат: «Степные голоса»"]
    contest_acts.give_result(made, by=cast.council, result="cancelled")
    assert waiting(cast.council) == [] and contest_acts.remind_owners() == 0


def test_an_interested_curator_does_not_decide(cast):
    program = make_program(cast, "running", mentor=cast.curator, mentee=cast.mentee)
    made = recommend(cast, program, by=cast.curator)
    assert (waiting(cast.curator), len(waiting(cast.chair))) == ([], 1)
    with pytest.raises(NotAllowed):
        approve(cast, made, by=cast.curator)
    approve(cast, made, by=cast.chair)
    with pytest.raises(NotAllowed):
        contest_acts.reassign(made, cast.secretary.person, by=fresh(cast.curator))


def test_another_contest_costs_no_query(cast, as_user, program):
    approve(cast, recommend(cast, program))
    urls = ("/contests/?year=all", program.get_absolute_url())

    def cost(url):
        with CaptureQueriesContext(connection) as queries:
            assert as_user(cast.curator).get(url).status_code == 200
        return len(queries)

    before = [cost(url) for url in urls * 2][len(urls) :]
    for _ in range(3):
        approve(cast, recommend(cast, program))
    assert [cost(url) for url in urls] == before


def test_a_person_outside_finds_none(as_user, cast, program):
    made = recommend(cast, program)
    outsider = make_user(make_person())
    assert as_user(outsider).get(made.get_absolute_url()).status_code == 404
    assert as_user(outsider).get("/contests/").context["listing"].rows == []
