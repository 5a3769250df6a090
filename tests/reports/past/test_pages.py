"""The pages of the import, a scan attached later, and a program that was brought in and is completed as any other."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from mentoring_site import inbox
from mentoring_site.files import store_bytes
from programs.completion import acts as completion_acts
from programs.completion import publication
from programs.completion.models import Completion
from programs.pairings.models import Pairing
from programs.program.models import Program
from reports.orders.models import Order
from reports.past import acts
from reports.past.models import PastImport
from tests.reports.past import kit

pytestmark = [pytest.mark.point("12.9"), pytest.mark.django_db]


@pytest.fixture
def people(school):
    return kit.two()


def page(name, upload=None):
    return reverse(f"reports:{name}", args=[upload.pk] if upload else [])


def test_the_whole_way(cast, people, as_user):
    client = as_user(cast.curator)
    assert client.get(page("past_imports")).status_code == 200
    sample = client.get(page("past_sample"))
    assert b"".join(sample.streaming_content)[:2] == b"PK"
    sample.close()
    rows = [kit.pair(*people, since=date(2026, 1, 12))]
    content = kit.book([kit.order(), kit.order(kind="такого нет")], rows, [kit.running()])
    sent = client.post(page("past_imports"), {"file": SimpleUploadedFile("Прежние.xlsx", content)})
    upload = PastImport.objects.get()
    assert sent.url == upload.get_absolute_url()
    shown = client.get(sent.url)
    assert "нет в списке" in shown.content.decode()
    (field,) = shown.context["form"].fields
    answered = client.post(sent.url, {field: "yes"}, follow=True)
    assert not answered.context["form"].undecided
    assert "Писем никто не получит" in client.get(page("past_write", upload)).content.decode()
    assert "Книга вносится" in client.post(page("past_write", upload), follow=True).content.decode()
    assert client.get(page("past_progress", upload)).context["progress"]
    acts.write_import.call(upload.pk)
    assert client.get(page("past_progress", upload)).context["progress"] is None
    result = client.get(sent.url)
    assert [group["title"] for group in result.context["groups"]] == ["Приказы", "Пары и группы", "Программы"]
    assert len(result.context["left_out"]) == 1
    back = client.get(page("past_take_back", upload))
    assert back.context["reasons"] == []
    client.post(page("past_take_back", upload))
    assert not Pairing.objects.exists()
    assert "Внесение отменено" in client.get(sent.url).content.decode()


def test_a_damaged_file_is_told_in_a_sentence(cast, people, as_user):
    sent = as_user(cast.curator).post(page("past_imports"), {"file": SimpleUploadedFile("а.xlsx", b"PK\x03\x04 no")})
    assert sent.status_code == 422 and not PastImport.objects.exists()


def test_the_curator_enters_what_the_clerk_has_loaded(cast, people, as_user):
    upload = kit.take(cast, kit.book([kit.order()], [kit.pair(*people)]), by=cast.clerk)
    shown = as_user(cast.clerk).get(upload.get_absolute_url())
    assert shown.context["waits_for_curator"] and not shown.context["may_write"]
    assert f"past:{upload.pk}" in {item.key for item in inbox.items_for(cast.curator)}
    assert as_user(cast.clerk).post(page("past_write", upload)).status_code == 403
    assert as_user(cast.director).get(upload.get_absolute_url()).status_code == 403
    as_user(cast.clerk).post(page("past_discard", upload))
    assert not PastImport.objects.exists()


def test_the_desk_asks_for_the_scan_and_the_order_takes_it(cast, people, as_user):
    kit.bring_in(cast, kit.book([kit.order()]))
    order = Order.objects.get()
    assert f"order:{order.pk}:scan" in {item.key for item in inbox.items_for(cast.clerk)}
    client = as_user(cast.clerk)
    assert "Приложить скан" in client.get(order.get_absolute_url()).content.decode()
    assert client.get(reverse("reports:order_scan", args=[order.pk])).status_code == 200


def test_a_program_that_was_brought_in_is_completed_by_the_normal_acts(cast, people):
    today = timezone.localdate()
    kit.bring_in(cast, kit.book([kit.order()], [kit.pair(*people)], [kit.running()]))
    program = Program.objects.get()
    assert program.state == "running"
    mentee = program.pairing.participations.get(part="mentee")
    completion = completion_acts.propose(
        program,
        participation=mentee,
        reason=Completion.Reason.MENTOR,
        by=cast.curator,
        notice_on=today - timedelta(days=1),
    )
    completion_acts.conclude(
        completion,
        by=cast.curator,
        conclusion="Программа выполнена",
        verdict=Completion.Verdict.READY,
        discipline="Всё вовремя",
        outcomes={},
    )
    completion.refresh_from_db()
    completion_acts.review(completion, by=cast.curator, review="Спасибо наставнику")
    completion.refresh_from_db()
    completion_acts.submit_for_order(completion, by=cast.curator)
    completion.refresh_from_db()
    completion_acts.enact(completion, by=cast.clerk, number="90-од", date=today, on=today)
    program.refresh_from_db()
    assert program.state in ("completed", "terminated")
    assert Pairing.objects.get().state == "dissolved"


def test_results_are_public_only_by_the_usual_gates(cast, people):
    kit.bring_in(cast, kit.book(kit.orders_of_program(), [kit.pair(*people)], [kit.ended()]))
    completion = Completion.objects.get()
    everything = {person.pk: {"results", "name"} for person in people}
    assert not publication.showable(completion, everything)  # nobody has approved words
    publication.write_public(completion, by=cast.curator, public_text="Подготовлена программа конкурса")
    completion.refresh_from_db()
    publication.approve_public(completion, by=cast.curator)
    completion.refresh_from_db()
    assert not publication.showable(completion, {})  # and without a consent to publish nothing is shown
    assert publication.showable(completion, everything)


def test_an_order_of_the_past_is_no_text_but_its_scan(cast, people, as_user):
    """Nothing is drawn from a text that is not here: not on the page, not in the papers of the pair."""
    kit.bring_in(cast, kit.book([kit.order()], [kit.pair(*people)], [kit.program()]))
    order, pairing, client = Order.objects.get(), Pairing.objects.get(), as_user(cast.clerk)
    answer = client.get(reverse("reports:order_preview", args=[order.pk]))
    assert answer.status_code == 409 and "его текста здесь нет" in answer.content.decode()
    page = client.get(reverse("reports:pairing_package", args=[pairing.pk])).content.decode().replace("\xa0", " ")
    assert "скан не приложен" in page
    content = b"".join(client.get(reverse("reports:pairing_package_zip", args=[pairing.pk])).streaming_content)
    assert not [name for name in zipfile.ZipFile(io.BytesIO(content)).namelist() if "17-од" in name]
    scan = store_bytes(b"%PDF-1.7\npaper", name="приказ 17-од.pdf", content_type="application/pdf", by=cast.clerk)
    Order.objects.filter(pk=order.pk).update(scan=scan)
    content = b"".join(client.get(reverse("reports:pairing_package_zip", args=[pairing.pk])).streaming_content)
    assert [name for name in zipfile.ZipFile(io.BytesIO(content)).namelist() if "17-од" in name]
