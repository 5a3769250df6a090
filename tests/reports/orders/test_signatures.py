"""Signatures: a qualified one made outside is stored with its bytes, a simple one only where the law
allows (63-ФЗ; 8).
"""

import base64
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from mentoring_site.models import AppendOnly, SimpleSignature
from mentoring_site.pdf.render import sha256
from mentoring_site.workflow import Already, NotAllowed, Refused
from people.accounts import signatures, throttling
from people.accounts.models import FailedLogin
from people.school.models import School
from reports.orders.acquaintance import acts as acquaintance_acts
from reports.orders.drafting import acts as drafting_acts
from reports.orders.printing.pdf import pdf_of, print_order
from reports.orders.signatures import acts as signature_acts
from reports.orders.signatures.models import DetachedSignature
from tests.factories import PASSWORD, make_pairing
from tests.reports.orders.kit import enter, make_mentor, make_order, read

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.point("3.6")]
DER = bytes.fromhex("3082012006092a864886f70d010702") + b"\xa0" * 300
PEM = b"-----BEGIN PKCS7-----\n" + base64.b64encode(DER) + b"\n-----END PKCS7-----\n"


def at_signature(cast):
    return make_order(cast, "appointment", "at_signature", [make_mentor(cast)])


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def upload(data=DER, name="приказ.pdf.sig"):
    return {"file": SimpleUploadedFile(name, data)}


# --- made outside ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data", [DER, PEM, base64.b64encode(DER), bytes.fromhex("308006092a864886f70d010702a080") + b"\0" * 30]
)
def test_a_file_of_a_signature_is_known_by_its_bytes(data):
    assert signature_acts.is_cms(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x30",
        b"%PDF-1.7",
        b"MIIB!!!",
        b"PK\x03\x04",
        b"\x30\x82\x01\x20\x06\x03\x55\x04\x03",
        b"-----BEGIN PKCS7-----",
    ],
)
def test_anything_else_is_not(data):
    assert not signature_acts.is_cms(data)


def test_the_signed_bytes_are_kept_and_both_files_are_handed_out(cast, as_user):
    order = at_signature(cast)
    client, page = as_user(cast.clerk), reverse("reports:order_signatures", args=[order.pk])
    client.post(reverse("reports:order_signature_prepare", args=[order.pk]))
    row = order.signatures.get()
    taken = body(client.get(reverse("reports:signature_paper", args=[row.pk])))
    assert taken == pdf_of(order) and sha256(taken) == row.paper.sha256
    client.post(reverse("reports:signature_attach", args=[row.pk]), upload())
    row.refresh_from_db()
    assert (row.file.sha256, row.attached_by) == (sha256(DER), cast.clerk)
    assert body(client.get(reverse("reports:signature_file", args=[row.pk]))) == DER
    text = client.get(page).content.decode()
    assert (
        "Подпись приложена, программа её не проверяла" in text and row.paper.sha256 in text and row.file.sha256 in text
    )
    enter(order, cast)
    print_order.call(order.pk)
    assert (
        body(client.get(reverse("reports:signature_paper", args=[row.pk]))) == taken
    )  # the registration changes no byte
    order.refresh_from_db()
    final = signature_acts.prepare(order, by=cast.clerk)
    assert final.paper == order.pdf and order.signatures.count() == 2


def test_foreign_files_are_refused_with_a_sentence(cast, as_user):
    order = at_signature(cast)
    row = signature_acts.prepare(order, by=cast.clerk)
    client, url = as_user(cast.clerk), reverse("reports:signature_attach", args=[row.pk])
    for data, name, words in [
        (b"%PDF-1.7 xxx", "a.sig", "внутри нет подписи CMS"),
        (DER, "a.pdf", "на .sig или .p7s"),
        (DER + b"0" * (1024 * 1024), "a.p7s", "можно до 1 МБ"),
    ]:
        assert words in client.post(url, upload(data, name)).content.decode()
    assert not DetachedSignature.objects.filter(file__isnull=False).exists()


def test_a_signature_is_attached_once_by_a_registrar(cast):
    row = signature_acts.prepare(at_signature(cast), by=cast.clerk)
    assert signature_acts.prepare(row.order, by=cast.clerk) == row
    with pytest.raises(NotAllowed):
        signature_acts.attach(row, DER, "a.sig", by=cast.chair)
    signature_acts.attach(row, DER, "a.sig", by=cast.clerk)
    with pytest.raises(Already):
        signature_acts.attach(row, DER, "b.sig", by=cast.clerk)


def test_a_returned_order_leaves_its_old_paper_behind(cast):
    order = at_signature(cast)
    old = signature_acts.prepare(order, by=cast.clerk)
    drafting_acts.back_to_draft(order, by=cast.curator, reason="опечатка")
    old = DetachedSignature.objects.get(pk=old.pk)
    with pytest.raises(Refused, match="вернули в проекты"):
        signature_acts.attach(old, DER, "a.sig", by=cast.clerk)
    with pytest.raises(Refused, match="передан на подпись"):
        signature_acts.prepare(order, by=cast.clerk)


# --- made here ---------------------------------------------------------------------------------------------------


@pytest.fixture
def e_papers(school):
    School.objects.update(e_consents_number="15-од", e_consents_date=date(2026, 9, 1))


@pytest.fixture
def line(cast):
    """The mentor's line on the sheet of a registered order."""
    order = make_order(cast, state="at_signature", items=[make_pairing(cast, "recommended", mentor=cast.mentor)])
    return enter(order, cast).acquaintances.get(person=cast.mentor.person)


def sign(line, by, password=PASSWORD):
    return acquaintance_acts.acquaint_signed(line, by=by, password=password, address="10.0.0.5")


@pytest.mark.usefixtures("e_papers")
def test_acquaintance_is_signed_by_the_password_with_the_exact_text(cast, line):
    row = sign(line, cast.mentor)
    line.refresh_from_db()
    assert line.read_at and not line.on_paper and line.recorded_by == cast.mentor
    assert row.text_sha256 == signatures.sha256(row.text) and line.order.points[0]["text"] in row.text
    assert cast.mentor.person.full_name in row.text
    assert (row.address, row.basis_number, row.basis_date, row.name) == (
        "10.0.0.5",
        "15-од",
        date(2026, 9, 1),
        cast.mentor.person.full_name,
    )
    with pytest.raises(Already):
        sign(line, cast.mentor)
    assert SimpleSignature.objects.count() == 1


@pytest.mark.usefixtures("e_papers")
def test_a_wrong_password_signs_nothing_and_is_braked(cast, line):
    for _ in range(throttling.LIMIT):
        with pytest.raises(Refused, match="Пароль не подошёл"):
            sign(line, cast.mentor, "не тот")
    assert FailedLogin.objects.exists()
    with pytest.raises(throttling.Throttled, match="Слишком много"):
        sign(line, cast.mentor)
    line.refresh_from_db()
    assert line.read_at is None and not SimpleSignature.objects.exists()


@pytest.mark.usefixtures("e_papers")
def test_nobody_signs_for_another(cast, line):
    with pytest.raises(NotAllowed):
        sign(line, cast.clerk)


def test_without_the_local_act_nothing_is_signed_here(cast, line):
    for kind in signatures.ALLOWED:
        assert "не записала локальный акт" in signatures.refusal(kind)
    with pytest.raises(Refused, match="подпишите на бумаге"):
        sign(line, cast.mentor)


@pytest.mark.usefixtures("e_papers")
@pytest.mark.parametrize("kind", ["order", "agreement"])
def test_orders_and_agreements_are_never_signed_here(cast, line, kind):
    with pytest.raises(Refused, match="живой подписью"):
        signatures.sign(kind, line.order, user=cast.director, password=PASSWORD, title="x", text="x", address=None)
    with pytest.raises(Refused, match="не подписывают"):
        signatures.sign(
            "contract", line.order, user=cast.director, password=PASSWORD, title="x", text="x", address=None
        )


@pytest.mark.usefixtures("e_papers")
def test_a_signature_is_never_changed(cast, line):
    row = sign(line, cast.mentor)
    for act in (
        row.save,
        row.delete,
        SimpleSignature.objects.all().delete,
        lambda: SimpleSignature.objects.update(text=""),
    ):
        with pytest.raises(AppendOnly):
            act()


@pytest.mark.usefixtures("e_papers")
def test_the_protocol_says_honestly_what_it_is(cast, line, as_user):
    row = sign(line, cast.mentor)
    url = reverse("reports:protocol", args=[row.pk])
    text = read(body(as_user(cast.mentor).get(url, {"pdf": ""}))).replace("\u00a0", " ")
    for words in (
        "Протокол подтверждения в информационной системе",
        "простой электронной подписью",
        "не усиленная и не квалифицированная",
        "приказ от 01.09.2026 № 15-од",
        "10.0.0.5",
        cast.mentor.person.full_name,
        "даёт ту же контрольную сумму",
    ):
        assert words in text
    assert row.text_sha256 in text.replace(" ", "")
    assert as_user(cast.mentee).get(url).status_code == 404 and as_user(cast.clerk).get(url).status_code == 200


@pytest.mark.usefixtures("e_papers")
def test_the_page_asks_for_the_password_and_the_sheet_tells_of_it(cast, line, as_user):
    client = as_user(cast.mentor)
    asked = client.post(reverse("reports:acquaintance_read", args=[line.pk]))
    assert asked.url == reverse("reports:acquaintance_sign", args=[line.pk])
    page = client.get(asked.url).content.decode()
    assert "Что Вы подписываете" in page and line.order.points[0]["text"][:30] in page
    assert "Пароль не подошёл" in client.post(asked.url, {"password": "не тот"}).content.decode()
    done = client.post(asked.url, {"password": PASSWORD}, follow=True)
    assert "Скачать протокол" in done.content.decode()
    sheet = read(body(as_user(cast.clerk).get(reverse("reports:order_sheet", args=[line.order_id])))).replace(
        "\u00a0", " "
    )
    assert "Подтверждено в информационной системе (простая электронная подпись)" in sheet
    assert f"{timezone.localdate():%d.%m.%Y}" in sheet
    assert "простой электронной подписью" in as_user(cast.clerk).get(line.order.get_absolute_url()).content.decode()
