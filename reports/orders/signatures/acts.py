"""A detached qualified signature made outside (.sig): kept next to the very bytes that were signed
(docs/law.md#signatures).

The program keeps and hands out; it does not verify, and says so.
"""

import base64
import binascii

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from mentoring_site.files import store_bytes
from mentoring_site.rights import require
from mentoring_site.workflow import Already, Refused, record
from people.accounts.models import User
from people.rights import Right
from reports.orders.models import Order
from reports.orders.printing.pdf import file_name, intact, pdf_of
from reports.orders.signatures.models import DetachedSignature

MAX_SIGNATURE = 1024 * 1024
EXTENSIONS = ("sig", "p7s")
SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")  # OID 1.2.840.113549.1.7.2
ARMOURS = (b"-----BEGIN PKCS7-----", b"-----BEGIN CMS-----", b"-----BEGIN SIGNED MESSAGE-----")
CONTENT_TYPE = "application/pkcs7-signature"
NOT_A_SIGNATURE = (
    "Это не файл отсоединённой подписи: внутри нет подписи CMS. Нужен файл .sig или .p7s от программы подписи"
)


def check_signature(upload: UploadedFile) -> bytes:
    """Return the bytes of an uploaded .sig. Raises ``ValidationError`` for a foreign, empty or too large file."""
    extension = (upload.name or "").rpartition(".")[2].lower()
    if extension not in EXTENSIONS:
        raise ValidationError("Нужен файл подписи с именем на .sig или .p7s", code="kind")
    if upload.size > MAX_SIGNATURE:
        raise ValidationError(
            "Файл слишком велик для отсоединённой подписи: можно до 1 МБ. Подпись должна быть отдельным файлом",
            code="size",
        )
    upload.seek(0)
    data = upload.read()
    if not is_cms(data):
        raise ValidationError(NOT_A_SIGNATURE, code="signature")
    return data


def is_cms(data: bytes) -> bool:
    """Whether the bytes begin as CMS SignedData: DER (SEQUENCE, then the OID), PEM, or base64 of DER."""
    start = data.lstrip()[:40]
    if any(start.startswith(armour) for armour in ARMOURS):
        return b"-----END " in data
    if start.startswith(b"MI"):  # bare base64, as some programs write it
        try:
            data = base64.b64decode(b"".join(data.split())[:64], validate=True)
        except binascii.Error:
            return False
    return data[:1] == b"\x30" and SIGNED_DATA in data[1:20]


@transaction.atomic
def prepare(order: Order, *, by: User) -> DetachedSignature:
    """Keep the very bytes that will be signed outside: of the frozen order or of the registered one; safe to repeat.

    Raises ``NotAllowed``; ``Refused`` for a draft and while the registered paper is still being printed.
    """
    require(by, Right.ORDERS_REGISTER)
    order = Order.objects.select_for_update(of=("self",)).select_related("pdf").get(pk=order.pk)
    if order.state not in (Order.State.AT_SIGNATURE, Order.State.REGISTERED):
        raise Refused("Подпись прикладывают к приказу, который передан на подпись или зарегистрирован")
    if order.state == Order.State.REGISTERED:
        if order.pdf is None:
            raise Refused("Документ ещё готовится. Приложите подпись, когда он появится на странице приказа")
        intact(order.pdf)
        return order.signatures.get_or_create(paper=order.pdf, defaults={"frozen_at": order.frozen_at})[0]
    if found := current(order).first():
        return found
    paper = store_bytes(pdf_of(order), name=file_name(order), content_type="application/pdf", by=by)
    row = DetachedSignature.objects.create(order=order, paper=paper, frozen_at=order.frozen_at)
    record(order, "paper-for-signature", by=by, words="приготовлен PDF для электронной подписи", file=paper.pk)
    return row


def current(order: Order) -> QuerySet:
    """Return the papers of the present freezing: a paper of an order that was returned is not that order's paper."""
    return order.signatures.filter(frozen_at=order.frozen_at).select_related("paper", "file", "attached_by__person")


def attach(signature: DetachedSignature, data: bytes, name: str, *, by: User) -> DetachedSignature:
    """Attach the bytes of a .sig to the paper that it signs, once. Raises ``NotAllowed``, ``Already``, ``Refused``."""
    require(by, Right.ORDERS_REGISTER)
    if not is_cms(data):
        raise Refused(NOT_A_SIGNATURE)
    if signature.frozen_at != signature.order.frozen_at:
        raise Refused("Приказ вернули в проекты после того, как был приготовлен этот PDF: приготовьте новый")
    with transaction.atomic():
        stored = store_bytes(data, name=name, content_type=CONTENT_TYPE, by=by)
        moved = DetachedSignature.objects.filter(pk=signature.pk, file__isnull=True).update(
            file=stored, attached_at=timezone.now(), attached_by=by
        )
        if moved:
            record(signature.order, "detached", by=by, words="приложен файл электронной подписи", file=stored.pk)
        else:
            stored.delete()
    if not moved:
        stored.file.delete(save=False)
        raise Already("К этому документу подпись уже приложена")
    signature.refresh_from_db()
    return signature
