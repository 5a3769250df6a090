"""Pages of completion as each role: what stands there, what a group keeps apart, stale pages, constant queries."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programs.completion import acts as completion_acts
from programs.completion import publication
from programs.completion.inbox import items as waiting
from programs.completion.models import Completion
from tests.factories import make_consent, make_user
from tests.programs.journal.kit import REASON, RESULTS, conclude, make_completion, make_running, side

pytestmark = [pytest.mark.django_db, pytest.mark.point("17", "20", "22")]
ALL = ["director", "curator", "chair", "secretary", "council", "mentor", "mentee", "clerk", "sysadmin", "stranger"]
HIDDEN = {"clerk", "sysadmin", "stranger"}
WRITES = {
    "conclusion": {"mentor", "curator"},
    "review": {"mentee", "curator"},
    "public": {"mentor", "curator"},
    "ready": {"curator"},
    "reopen": {"curator"},
    "withdraw": {"curator"},
    "agree": {"mentor", "mentee", "curator"},
    "approve": {"mentee", "curator"},
}


def test_who_opens_what(cast, as_user):
    c = make_completion(cast)
    for name in ALL:
        client = as_user(getattr(cast, name))
        hidden = name in HIDDEN
        assert client.get(f"/completions/{c.pk}/").status_code == (404 if hidden else 200), name
        assert client.get(f"/programs/{c.program_id}/completion/").status_code == (404 if hidden else 302), name
        for verb, may in WRITES.items():
            status = client.get(f"/completions/{c.pk}/{verb}/").status_code
            assert (status in (200, 302)) == (name in may), (name, verb, status)
            if name not in may:
                assert status == (404 if hidden else 403), (name, verb)
                assert client.post(f"/completions/{c.pk}/{verb}/", {}).status_code == status, (name, verb)


def test_what_is_absent_is_not_found(cast, as_user):
    client = as_user(cast.curator)
    for url in ("/completions/9/", "/completions/9/ready/", "/programs/9/completion/", "/programs/9/completion/new/"):
        assert client.get(url).status_code == 404


@pytest.mark.clause("1.3-4")
def test_in_a_group_one_mentee_knows_nothing_of_anothers_completion(cast, as_user):
    program, _ = make_running(cast, mentees=2)
    n = next(n for n in (0, 1) if side(program, n=n).person_id != cast.mentee.person_id)
    c = make_completion(cast, program, reason="improper", n=n)
    client = as_user(cast.mentee)
    for path in ("", "conclusion/", "review/", "public/", "ready/", "withdraw/", "agree/", "approve/"):
        assert client.get(f"/completions/{c.pk}/{path}").status_code == 404, path
        assert client.post(f"/completions/{c.pk}/{path}").status_code in (404, 405), path
    for url in (
        f"/programs/{program.pk}/completion/",
        f"/programs/{program.pk}/history/",
        f"/programs/{program.pk}/",
        "/home/",
    ):
        page = client.get(url).content.decode()
        assert "канарейка" not in page and "недолжное" not in page, url
    for name in ("mentor", "curator", "director", "chair"):
        page = as_user(getattr(cast, name)).get(f"/completions/{c.pk}/").content.decode()
        assert "заключение-канарейка" in page and "отзыв-канарейка" in page, name
    other = make_user(c.participation.person, username="other")
    assert "заключение-канарейка" in as_user(other).get(f"/completions/{c.pk}/").content.decode()
    make_completion(cast, program, "withdrawn", reason="force", n=1 - n, written=False)
    completion_acts.submit_for_order(c, by=cast.curator)
    today = timezone.localdate()
    completion_acts.enact(Completion.objects.get(pk=c.pk), by=cast.clerk, number="5", date=today, on=today)
    assert client.get(f"/completions/{c.pk}/").status_code == 404
    mine = make_completion(cast, program, reason="force", n=1 - n)
    assert (
        as_user(other).get(f"/completions/{mine.pk}/").status_code == 404
    )  # who has finished singly reads no more of others
    assert as_user(other).get(f"/completions/{c.pk}/").status_code == 200


def test_a_mentor_who_was_replaced_reads_nothing_more(cast, as_user):
    c = make_completion(cast)
    c.program.pairing.participations.filter(part="mentor").update(until=timezone.localdate())
    assert as_user(cast.mentor).get(f"/completions/{c.pk}/").status_code == 404


@pytest.mark.clause("7.1-b2", "7.1-b4")
def test_a_mentee_begins_a_completion(cast, as_user):
    program, _ = make_running(cast)
    url = f"/programs/{program.pk}/completion/new/"
    client = as_user(cast.mentee)
    form = client.get(url).context["form"]
    assert [value for value, _ in form.fields["reason"].choices] == ["plan", "mentee", "mutual"]
    data = {
        "participation": side(program).pk,
        "reason": "mentee",
        "circumstances": "",
        "notice_on": "",
        "request_key": uuid4(),
    }
    assert "Укажите уважительные обстоятельства" in client.post(url, data).content.decode()
    assert client.post(url, data | {"reason": "improper"}).context["form"].errors["reason"]
    page = client.post(url, data | {"circumstances": REASON}, follow=True).content.decode()
    assert "Завершение начато" in page and REASON in page
    client.post(url, data | {"circumstances": REASON})
    assert Completion.objects.get().notice_on == timezone.localdate()
    assert "Начинать нечего" in client.get(url, follow=True).content.decode()
    assert as_user(cast.director).get(url).status_code == 403


@pytest.mark.clause("7.1-c2")
def test_force_majeure_says_whose_circumstances(cast, as_user):
    program, _ = make_running(cast)
    url = f"/programs/{program.pk}/completion/new/"
    data = {
        "participation": side(program).pk,
        "reason": "force",
        "circumstances": "ремонт школы",
        "request_key": uuid4(),
    }
    assert "Отметьте, чьи это обстоятельства" in as_user(cast.curator).post(url, data).content.decode()
    dated = data | {"whose": "both", "notice_on": str(timezone.localdate())}
    assert (
        "Укажите дату служебной записки" in as_user(cast.curator).post(url, dated | {"notice_on": ""}).content.decode()
    )
    as_user(cast.curator).post(url, dated)
    assert Completion.objects.get().circumstances == "Обстоятельства обоих. ремонт школы"


def test_the_curator_tells_the_date_of_a_notice(cast, as_user):
    program, _ = make_running(cast)
    url = f"/programs/{program.pk}/completion/new/"
    data = {"participation": side(program).pk, "reason": "mentor", "circumstances": REASON, "request_key": uuid4()}
    assert "Укажите дату заявления" in as_user(cast.curator).post(url, data).content.decode()


@pytest.mark.parametrize(
    "bad",
    [
        {"participation": "9" * 30},
        {"participation": "<b>"},
        {"reason": "x"},
        {"notice_on": "31.02.2026"},
        {"request_key": "1"},
    ],
)
def test_hostile_input_is_an_error_of_the_form(cast, as_user, bad):
    program, _ = make_running(cast)
    data = {"participation": side(program).pk, "reason": "plan", "request_key": uuid4()}
    page = as_user(cast.curator).post(f"/programs/{program.pk}/completion/new/", data | bad)
    assert page.status_code == 200 and page.context["form"].errors


def test_the_whole_way_through_the_pages(cast, as_user):
    c = make_completion(cast, written=False, reason="mutual", agreed=False)
    at = f"/completions/{c.pk}/"
    difficulty = completion_acts.difficulties_of(c).get()
    form = {
        "conclusion": "хорошо",
        "verdict": "ready",
        f"level_{difficulty.pk}": "partly",
        f"comment_{difficulty.pk}": "по урокам",
    }
    mentor, mentee, curator = as_user(cast.mentor), as_user(cast.mentee), as_user(cast.curator)
    assert (
        "Выберите, что стало"
        in mentor.post(
            f"{at}conclusion/", {"conclusion": "х", "verdict": "ready", "version": c.version}
        ).content.decode()
    )
    page = mentor.post(f"{at}conclusion/", form | {"version": c.version}, follow=True).content.decode()
    assert "Заключение записано" in page and "устранено частично" in page
    c.refresh_from_db()
    page = mentee.get(f"{at}review/").content.decode()
    assert "Сохраняя отзыв, Вы подтверждаете их" in page and "устранено частично: по урокам" in page
    mentee.post(f"{at}review/", {"review": "спасибо", "version": c.version})
    mentor.post(f"{at}agree/")
    assert "Чего не хватает, сказано ниже" in curator.get(at).content.decode()
    assert "чего-то не хватает" in curator.get(f"{at}ready/", follow=True).content.decode()
    curator.post(f"{at}agree/?part=mentee")
    page = curator.post(f"{at}ready/", follow=True).content.decode()
    assert "Завершение ждёт приказа" in page and f"kind=completion&amp;completion={c.pk}" in page
    assert "уже не нужно" in curator.post(f"{at}ready/", follow=True).content.decode()
    assert "Правка закрыта" in mentee.get(f"{at}review/", follow=True).content.decode()
    curator.post(f"{at}reopen/")
    curator.post(f"{at}withdraw/")
    c.refresh_from_db()
    assert c.state == "withdrawn"


def test_a_stale_page_shows_what_is_written_and_keeps_the_text(cast, as_user):
    c = make_completion(cast, written=False, reason="force")
    url, version = f"/completions/{c.pk}/review/", c.version
    as_user(cast.curator).post(url, {"review": "записано куратором", "version": version})
    page = as_user(cast.mentee).post(url, {"review": "моими словами", "version": version})
    text = page.content.decode()
    assert "записано куратором" in text and "моими словами" in text and "Ваш текст сохранён" in text
    as_user(cast.mentee).post(url, {"review": "моими словами", "version": page.context["form"]["version"].value()})
    assert Completion.objects.get().review == "моими словами"


@pytest.mark.point("18")
def test_the_mentee_approves_the_words_that_were_read(cast, as_user):
    c = make_completion(cast, state="registered")
    c = publication.write_public(c, by=cast.curator, public_text=RESULTS)
    client = as_user(cast.mentee)
    page = client.get(f"/completions/{c.pk}/approve/")
    seen = page.context["form"]["version"].value()
    assert RESULTS in page.content.decode()
    c = publication.write_public(c, by=cast.curator, public_text="подменённые слова")
    client.post(f"/completions/{c.pk}/approve/", {"version": seen})
    client.post(f"/completions/{c.pk}/approve/", {"version": "x"})
    c.refresh_from_db()
    assert c.public_approved_at is None
    client.post(f"/completions/{c.pk}/approve/", {"version": c.version})
    c.refresh_from_db()
    assert c.public_approved_at


@pytest.mark.point("18")
def test_the_page_warns_of_names_and_of_missing_consents(cast, as_user):
    c = make_completion(cast, state="registered")
    url = f"/completions/{c.pk}/"
    c = publication.write_public(c, by=cast.curator, public_text=f"Работа с {cast.mentor.person.last_name}")
    page = as_user(cast.curator).get(url).content.decode()
    assert f"В тексте названы: {cast.mentor.person.short_name}" in page and "согласия на распространение нет" in page
    make_consent(c.participation.person, "dissemination", by=cast.curator, fields=["name"])
    assert "но не результаты" in as_user(cast.curator).get(url).content.decode()


def queries(client, url):
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


@pytest.mark.parametrize("name", ["curator", "mentor", "mentee", "chair"])
def test_a_page_asks_thirty_queries_at_most(cast, as_user, name):
    c = make_completion(cast)
    publication.write_public(c, by=cast.curator, public_text=RESULTS)
    client = as_user(getattr(cast, name))
    client.get("/home/")
    assert queries(client, f"/completions/{c.pk}/") <= 30


def test_the_list_asks_the_same_for_one_and_for_three(cast, as_user):
    program, _ = make_running(cast, mentees=3)
    client = as_user(cast.curator)
    client.get("/home/")
    make_completion(cast, program, reason="force", written=False)
    before = queries(client, f"/programs/{program.pk}/completion/")
    make_completion(cast, program, reason="force", written=False, n=1)
    assert queries(client, f"/programs/{program.pk}/completion/") == before <= 30


def test_what_waits_in_completions(cast):
    def waits(user):
        return [(w.title.split(":")[0], w.verb) for w in waiting(type(user).objects.get(pk=user.pk))]

    c = make_completion(cast, reason="mutual", written=False, agreed=False)
    assert waits(cast.mentor) == [("Написать заключение", "Написать заключение"), ("Ответить о завершении", "Ответить")]
    assert waits(cast.mentee) == [
        ("Написать отзыв о программе", "Написать отзыв"),
        ("Ответить о завершении", "Ответить"),
    ]
    assert waits(cast.curator) == waits(cast.stranger) == []
    completion_acts.review(c, by=cast.mentee, review="спасибо")
    conclude(Completion.objects.get(), cast.mentor)
    assert waits(cast.mentee)[0] == ("Прочитать итоги", "Прочитать итоги и подтвердить")
    completion_acts.review(Completion.objects.get(), by=cast.mentee, review="спасибо")
    for who in (cast.mentor, cast.mentee):
        completion_acts.agree_to(Completion.objects.get(), by=who)
    assert waits(cast.curator) == [("Передать завершение на приказ", "Передать на приказ")]
    publication.write_public(Completion.objects.get(), by=cast.curator, public_text=RESULTS)
    assert waits(cast.mentee) == [("Прочитать текст о результатах для сайта", "Прочитать и одобрить")]
