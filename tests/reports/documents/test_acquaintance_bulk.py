"""Many sheets of acquaintance at once: reminders, printing, recording; the list sorted, filtered, as a workbook."""

import io
from datetime import date
from uuid import uuid4

import openpyxl
import pypdf
import pytest
from django.urls import reverse

from mentoring_site.models import OutboxMail
from reports.documents.acquaintance.papers import Papers
from reports.orders.acquaintance import acts as acquaintance_acts
from tests.reports.documents.test_acquaintance import make_act, registered
from tests.reports.orders.kit import make_order

pytestmark = [pytest.mark.django_db, pytest.mark.point("10.5")]
LIST = "reports:acquaintance"


@pytest.fixture
def papers(cast):
    """An order nobody has read, an act nobody has read and an act that all have read; with their keys."""
    order, act, read = registered(cast), make_act(cast), make_act(cast, number="5-од", date=date(2026, 8, 1))
    for line in read.readers.all():
        acquaintance_acts.acquaint(line, by=cast.clerk, on_paper=True)
    return order, act, read


def keys(*papers):
    return [paper.pk * 2 + (paper._meta.model_name == "localact") for paper in papers]


def sent(papers):
    return {"one": keys(*papers), "request_key": uuid4()}


def test_everybody_who_has_not_read_is_reminded_of_several_papers(papers, cast, as_user):
    order, act, _read = papers
    client, url = as_user(cast.curator), reverse("reports:acquaintance_remind_many")
    asked = client.get(url, {"one": keys(*papers)})
    waiting = [line for paper in (order, act) for line in paper.sheet_lines.all()]
    waiting = [line for line in waiting if line.person_id != cast.curator.person_id]
    assert asked.context["consequences"][0].startswith(f"Уйдут {len(waiting)}\u00a0") or len(waiting) > 4
    assert sum(one.letters for one in asked.context["ready"]) == len(waiting)
    assert [why for why, _ in asked.context["refused"]] == ["все уже ознакомлены"]
    before = OutboxMail.objects.count()
    for _ in range(2):
        page = client.post(url, sent(papers), follow=True).content.decode()
    assert OutboxMail.objects.count() - before == len(waiting) and "сегодня уже напоминали" in page


def test_sheets_are_printed_together_and_signatures_recorded_together(papers, cast, as_user):
    order, act, _read = papers
    client = as_user(cast.clerk)
    answer = client.post(reverse("reports:acquaintance_print"), sent(papers))
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
    assert text.count(cast.mentee.person.last_name) >= 3
    assert order.acquaintances.filter(read_at__isnull=False).count() == 0
    for _ in range(2):
        page = client.post(reverse("reports:acquaintance_record"), sent([order, act]), follow=True).content.decode()
    assert "все уже ознакомлены" in page
    for paper in (order, act):
        assert all(line.read_at and line.on_paper for line in paper.sheet_lines.all())
    assert as_user(cast.chair).post(reverse("reports:acquaintance_record"), sent([order])).status_code == 403


def test_what_one_does_not_see_cannot_be_ticked(papers, cast, as_user):
    order, act, _ = papers
    assert {one.pk for one in Papers(user=cast.clerk).filter(pk__in=keys(order, act))} == set(keys(order, act))
    assert list(Papers(user=cast.stranger).filter(pk__in=keys(order, act))) == []


def test_the_list_is_sorted_filtered_kept_and_taken_as_a_workbook(papers, cast, as_user):
    order, act, read = papers
    client, url = as_user(cast.clerk), reverse(LIST)

    def shown(**query):
        return [row.key for row in client.get(url, query).context["listing"].rows]

    assert shown(sort="old") == keys(read, act, order)
    assert shown(sort="left")[-1] == keys(read)[0]
    make_act(cast, number="1-од", date=date(2020, 9, 1))
    assert len(shown()) == 4, "what somebody has not read is not hidden"
    for line in read.readers.all():
        assert line.read_at
    read.date = date(2020, 9, 2)
    read.save()
    assert keys(read)[0] not in shown() and keys(read)[0] in shown(year="all") and keys(read)[0] in shown(year=2020)
    book = b"".join(client.get(url, {"year": 2020, "format": "xlsx"}).streaming_content)
    assert openpyxl.load_workbook(io.BytesIO(book)).active.max_row <= 4
    client.get(url, {"keep": 1, "show": "unread", "year": "all"})
    assert "Отбор прошлого раза" in client.get(url).context["listing"].kept.said


def test_visas_of_several_drafts_are_reminded_of(cast, as_user):
    drafts = [make_order(cast), make_order(cast)]
    awaited = sum(
        visa.person_id != cast.clerk.person_id for draft in drafts for visa in draft.visas.filter(given_at=None)
    )
    client, url = as_user(cast.clerk), reverse("reports:orders_remind")
    asked = client.get(url, {"one": [draft.pk for draft in drafts]})
    assert sum(one.letters for one in asked.context["ready"]) == awaited > 0
    before = OutboxMail.objects.count()
    for _ in range(2):
        client.post(url, {"one": [draft.pk for draft in drafts], "request_key": uuid4()})
    assert OutboxMail.objects.count() - before == awaited
