"""A simple electronic signature inside the application, and where the law allows it (63-ФЗ, ст. 9;
docs/law.md#signatures).

Only when the school has recorded its local act, only for papers of the list below: the password is asked again, and the
exact text, its hash, the moment and the address are kept for ever. An order and an additional agreement never.
"""

import hashlib

from django.db import transaction
from django.utils import timezone

from mentoring_site.models import SimpleSignature
from mentoring_site.workflow import NotAllowed, Refused, record
from people.accounts import throttling
from people.language.declension import post_of
from people.rights import Right
from people.school.models import School

ALLOWED = {
    "acquaintance": "ознакомление с приказом или локальным актом",
    "visa": "виза",
    "draft": "согласование проекта",
    "petition": "заявление",
    "report": "отчёт",
    "consent": "согласие",
}
NEVER = {
    "order": "Приказ подписывают живой подписью или усиленной квалифицированной электронной подписью",
    "agreement": (
        "Дополнительное соглашение подписывают живой подписью или усиленной квалифицированной электронной подписью"
    ),
}
WRONG = "Пароль не подошёл. Введите пароль, с которым Вы входите в систему"


def refusal(kind: str, school: School | None = None) -> str:
    """Return why a paper of this kind cannot be signed here, or an empty string when it can."""
    if kind in NEVER:
        return f"{NEVER[kind]}, в системе его подписать нельзя"
    if kind not in ALLOWED:
        return "Такие документы простой электронной подписью в системе не подписывают"
    school = school or School.get()
    if school is None or not school.e_consents:
        return (
            "Школа не записала локальный акт о кадровом электронном документообороте, поэтому подпись в системе не"
            f" имеет силы: подпишите на бумаге. Акт записывает {Right.SCHOOL_EDIT.who} в сведениях о школе"
        )
    return ""


def sign(
    kind: str, obj, *, user, password: str, title: str, text: str, address: str | None, act=None
) -> SimpleSignature:
    """Sign ``text`` about ``obj`` by the password entered again; ``act`` is done in the same transaction, before.

    ``address`` is the network address of the request. Raises ``Refused`` when this kind cannot be signed here or the
    password is wrong, ``Throttled`` after too many wrong ones, ``NotAllowed`` for a closed account.
    """
    school = School.get()
    why = refusal(kind, school)
    if why or school is None:
        raise Refused(why)
    if not user.is_active:
        raise NotAllowed("Учётная запись закрыта")
    _confirm(user, password, address)
    with transaction.atomic():
        if act is not None:
            act()
        row = SimpleSignature.objects.create(
            object=obj,
            kind=kind,
            title=title[:400],
            text=text,
            text_sha256=sha256(text),
            user=user,
            name=user.person.full_name,
            post=post_of(user.person)[:200],
            at=timezone.now(),
            address=address or None,
            basis_number=school.e_consents_number,
            basis_date=school.e_consents_date,
        )
        record(obj, "sign", by=user, words="подписано простой электронной подписью", signature=row.pk)
    return row


def _confirm(user, password: str, address: str | None) -> None:
    """Check the password, throttled like a login; outside any transaction, so that a failure stays counted."""
    attempt = throttling.login_attempt(f"account:{user.pk}", f"address:{address or 'unknown'}")
    if not user.check_password(password):
        raise Refused(WRONG)
    attempt.succeeded()


def sha256(text: str) -> str:
    """Return the hash of a signed text: UTF-8 bytes without a mark at the beginning."""
    return hashlib.sha256(text.encode()).hexdigest()


def protocol(signature: SimpleSignature, school: School | None = None) -> dict:
    """Return the facts of ``documents/protocol.html``."""
    school = school or School.get()
    moment = timezone.localtime(signature.at)
    return {
        "school": {"short_name": school.organisation.short_name, "full_name": school.organisation.name},
        "id": signature.pk,
        "what": ALLOWED[signature.kind],
        "title": signature.title,
        "text": signature.text,
        "sha256": signature.text_sha256,
        "intact": sha256(signature.text) == signature.text_sha256,
        "name": signature.name,
        "post": signature.post,
        "login": signature.user.username,
        "date": str(moment.date()),
        "time": f"{moment:%H:%M:%S}",
        "zone": f"UTC{moment:%z}"[:6],
        "address": signature.address or "не определён",
        "basis": {"number": signature.basis_number, "date": str(signature.basis_date)},
    }
