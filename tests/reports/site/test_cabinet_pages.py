"""What the site shows, managed in the cabinet: publishing, a preview as a visitor, news (п. 8.1, 8.2)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programs.completion import publication
from programs.program.models import Program
from reports.site.models import News
from tests.factories import make_consent
from tests.programs.journal.kit import RESULTS, make_completion, make_published, make_running, others

pytestmark = [pytest.mark.django_db, pytest.mark.point("18")]
ALL = ["director", "curator", "chair", "secretary", "council", "clerk", "sysadmin", "mentor", "mentee", "stranger"]


def test_who_opens_what(cast, as_user):
    program, _, _ = make_published(cast)
    at = f"/site/results/{program.pk}/"
    for name in ALL:
        client = as_user(getattr(cast, name))
        council = name in {"chair", "secretary", "council"}
        sees, publishes = council or name in {"director", "curator"}, name == "curator"
        absent = name == "sysadmin"  # whose are the news, not the programs
        assert client.get("/site/").status_code == (200 if sees or absent else 403), name
        assert client.get(at).status_code == (404 if absent else 200 if sees else 403), name
        for url in (f"{at}publish/", f"{at}unpublish/"):
            assert client.get(url).status_code == (404 if absent else 200 if publishes else 403), (name, url)
            assert publishes or client.post(url).status_code == (404 if absent else 403), (name, url)
        writes = council or publishes or absent
        assert client.get("/site/news/new/").status_code == (200 if writes else 403), name
        assert writes or client.post("/site/news/new/").status_code == 403, name
    assert as_user(cast.curator).get("/site/results/99/").status_code == 404
    assert as_user(cast.curator).get("/site/news/99/").status_code == 404


@pytest.mark.clause("8.2-a")
def test_a_running_program_has_no_results_yet(cast, as_user):
    program, _ = make_running(cast)
    assert as_user(cast.curator).get(f"/site/results/{program.pk}/").status_code == 404
    assert as_user(cast.curator).post(f"/site/results/{program.pk}/publish/").status_code == 404


@pytest.mark.clause("8.2-a")
def test_the_curator_sees_with_a_visitors_eyes_and_publishes(cast, as_user):
    c = make_completion(cast, state="registered")
    client, at = as_user(cast.curator), f"/site/results/{c.program_id}/"
    assert "ещё не одобрил текст" in client.get("/site/").content.decode()
    c = publication.write_public(c, by=cast.curator, public_text=RESULTS)
    publication.approve_public(c, by=cast.mentee)
    page = client.get(at).content.decode()
    assert "Посетитель не увидит ничего" in page and "согласия на распространение" in page
    make_consent(c.participation.person, "dissemination", by=cast.curator, fields=["results"])
    page = client.get(at).content.decode()
    assert RESULTS in page and "Наставляемая — без имени" in page and f"{at}publish/" in page
    assert "исчезнут с сайта сразу" in client.get(f"{at}publish/").content.decode()
    assert "Результаты опубликованы" in client.post(f"{at}publish/", follow=True).content.decode()
    assert "уже опубликованы" in client.post(f"{at}publish/", follow=True).content.decode()
    Program.objects.update(title=f"Пара {cast.mentor.person.last_name}")
    page = client.get(at).content.decode()
    assert "Что останется скрыто" in page and "Название программы не покажем" in page
    client.post(f"{at}unpublish/")
    assert Program.objects.get().results_published_at is None


def test_published_but_hidden_is_told(cast, as_user):
    _, _c, consent = make_published(cast)
    type(consent).objects.update(ended_on=timezone.localdate(), end="withdrawn", end_recorded_at=timezone.now())
    assert "опубликованы, но не видны" in as_user(cast.curator).get("/site/").content.decode()


def test_news_are_written_and_a_stale_page_is_told(cast, as_user):
    make_running(cast)
    client, today = as_user(cast.curator), timezone.localdate()
    data = {"title": "Круглый стол", "text": "Приходите", "published_on": today, "is_public": "on", "version": 1}
    assert "Новость записана" in client.post("/site/news/new/", data, follow=True).content.decode()
    item = News.objects.get()
    client.post(f"/site/news/{item.pk}/", data | {"title": "Второй заголовок"})
    page = client.post(f"/site/news/{item.pk}/", data | {"title": "Третий заголовок"}).content.decode()
    assert "Второй заголовок" in page and "Третий заголовок" in page and "Ваш текст сохранён" in page
    warned = data | {"text": f"Ведёт {cast.mentor.person.last_name}", "version": 2}
    page = client.post(f"/site/news/{item.pk}/", warned, follow=True).content.decode()
    assert "На сайте новость не появится" in page and "не показываем" in page
    assert client.post("/site/news/new/", data | {"published_on": "вчера"}).context["form"].errors


def test_the_page_asks_the_same_for_one_and_for_three(cast, as_user):
    make_published(cast)
    client = as_user(cast.curator)
    client.get("/home/")

    def queries():
        with CaptureQueriesContext(connection) as found:
            client.get("/site/")
        return len(found)

    before = queries()
    for _ in range(2):
        make_published(others(cast))
    assert queries() == before <= 30


def test_old_news_are_behind_a_press(cast, as_user):
    today, client = timezone.localdate(), as_user(cast.curator)
    for n in range(21):
        News.objects.create(title=f"Новость {n}", text="Текст", published_on=today)
    page = client.get("/site/")
    assert len(page.context["news"]) == 20
    whole = client.get(page.context["all_news_url"].partition("#")[0])
    assert len(whole.context["news"]) == 21 and not whole.context["all_news_url"]
