"""The seventh stage: news of each stage, a stage of which nobody hears, the city and the republic, social networks."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from mentoring_site.evidence import acts as evidence
from mentoring_site.inbox import items_for
from people.school.models import School
from reports.site import news as site_news
from reports.site.models import News
from roadmap.plan import acts
from roadmap.plan.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.point("12.4"), pytest.mark.time_machine("2026-10-20 09:00")]


@pytest.fixture(autouse=True)
def nothing_is_known(school):
    School.objects.update(regulation_number="", regulation_date=None)


@pytest.fixture
def roadmap(cast):
    """The roadmap of a year that began in August: stages 1 to 5 and 7 have begun, stage 6 has not."""
    draft = acts.draft(2026, by=cast.curator)
    Task.objects.filter(stage__number=1).update(starts_on=date(2026, 9, 1), due_on=date(2026, 12, 25))
    Task.objects.filter(stage__number=2).update(starts_on=date(2026, 9, 1), due_on=date(2026, 12, 25))
    Task.objects.filter(stage__number__gte=3).update(starts_on=date(2027, 3, 1), due_on=date(2027, 5, 25))
    ready = acts.submit(draft, by=cast.curator)
    return acts.approve(ready, by=cast.clerk, number="38-од", date=date(2026, 8, 30))


def silences(client, roadmap) -> dict[int, str]:
    stages = client.get(roadmap.get_absolute_url()).context["stages"]
    return {number: stage.silence for number, stage in enumerate(stages, 1) if stage.silence}


def told(cast, **values) -> News:
    made = News(title="Начали год", text="Банки собраны", created_by=cast.curator, **({"is_public": True} | values))
    return site_news.save(made, by=cast.curator)


@pytest.mark.clause("П.7-a")
def test_a_stage_without_news_or_evidence_is_silent(cast, as_user, roadmap):
    """A stage that goes on is warned of until it is told of and something proves it; a draft and the future are not."""
    client = as_user(cast.curator)
    assert silences(client, roadmap) == dict.fromkeys((1, 2), "этап молчит: нет новостей и подтверждений")
    told(cast, stage=1, social_url="https://vk.com/wall-1_1")
    told(cast, stage=2, is_public=False)
    told(cast, stage=2, published_on=date(2026, 10, 25))  # a visitor does not see it yet
    told(cast, stage=2, published_on=date(2025, 10, 1))  # last year's
    assert silences(client, roadmap)[1] == "этап молчит: нет подтверждений"
    assert silences(client, roadmap)[2] == "этап молчит: нет новостей и подтверждений"
    task = roadmap.stages.get(number=1).tasks.first()
    evidence.add(task, by=cast.curator, url="https://school.example/order")
    assert 1 not in silences(client, roadmap)
    stage = client.get(roadmap.get_absolute_url()).context["stages"][0]
    assert stage.news == "1\u00a0новость" and stage.tell_url == ""
    draft = acts.draft(2027, by=cast.curator)
    assert silences(client, draft) == {}
    assert "Запись в социальной сети" in client.get(News.objects.get(stage=1).get_absolute_url()).content.decode()


def test_whoever_writes_news_is_asked_to_tell(cast, as_user, roadmap):
    (item,) = [item for item in items_for(cast.curator) if ":silent:" in item.key]
    assert item.title == "Рассказать на сайте: этапы 1 и 2 дорожной карты"
    assert as_user(cast.curator).get(item.url).context["form"].initial["stage"] == 1
    assert not [item for item in items_for(cast.director) if ":silent:" in item.key]
    told(cast, stage=1)
    (item,) = [item for item in items_for(cast.curator) if ":silent:" in item.key]
    assert item.title == "Рассказать на сайте: этап 2 дорожной карты"
    told(cast, stage=2)
    assert not [item for item in items_for(cast.curator) if ":silent:" in item.key]


@pytest.mark.clause("П.7-b")
def test_news_of_the_city_and_the_republic_have_their_page(cast, as_user):
    """A level beyond the school needs the page where it was written; visitors find it under the text."""
    client = as_user(cast.curator)
    data = {
        "title": "О нас написали",
        "text": "Газета рассказала о наставниках",
        "published_on": timezone.localdate().isoformat(),
        "is_public": "on",
        "stage": "7",
        "level": "municipal",
        "version": "1",
    }
    refused = client.post("/site/news/new/", data)
    assert "Укажите страницу" in refused.content.decode() and not News.objects.exists()
    client.post("/site/news/new/", data | {"external_url": "https://gazeta.example/1"})
    item = News.objects.get()
    assert (item.stage, item.level) == (7, "municipal")
    page = client.get(item.get_absolute_url()).content.decode()
    assert 'href="https://gazeta.example/1"' in page and "город или район" in page
    assert "Этап 7 · город или район" in client.get("/site/").content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        News.objects.create(title="x", text="x", level="regional")


def test_news_prove_a_line(cast, roadmap):
    item = told(cast, stage=1)
    Task.objects.filter(stage__number=1).update(proof_kinds=["news"])
    task = roadmap.stages.get(number=1).tasks.first()
    evidence.add(task, by=cast.curator, objects=[f"news-{item.pk}"])
    task.refresh_from_db()
    assert task.done_note == "Подтверждено: Новость «Начали год», 20.10.2026"
