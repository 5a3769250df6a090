"""``kill -9`` while orders are registered: what was acknowledged is there, once, whole, and numbers have no gap."""

import os
import random
import secrets
import select
import signal
import time
import uuid
from datetime import date

import pytest
from django.db import connection, transaction
from django.utils import timezone

from mentoring_site.models import Act
from mentoring_site.workflow import Refused
from people.banks.models import Candidate
from people.consents.models import Consent
from people.register.models import Person
from reports.orders.models import NumberCounter, Order, OrderItem
from reports.orders.registration import acts as registration_acts
from reports.orders.registration import numbers
from tests.reports.orders.kit import make_mentor, make_order

pytestmark = [pytest.mark.torture, pytest.mark.point("25", "14"), pytest.mark.django_db(transaction=True)]


def ready_orders(cast, count: int) -> list[int]:
    """Write ``count`` orders on signature in bulk, each about a mentor of its own, after the pattern of a real one."""
    pattern = make_order(cast, "appointment", "at_signature", [make_mentor(cast)])
    Order.objects.filter(pk=pattern.pk).delete()
    persons = Person.objects.bulk_create(
        Person(
            last_name=f"Смертина{n}", first_name="Вера", middle_name="Ивановна", gender="f", birth_date=date(1980, 1, 1)
        )
        for n in range(count)
    )
    consents = [("processing", "", None), ("duties", "mentor", uuid.uuid4)]
    Consent.objects.bulk_create(
        Consent(
            person=person,
            purpose=purpose,
            part=part,
            matter=matter() if matter else None,
            text_date=date(2026, 9, 1),
            text="текст",
            text_sha256="0" * 64,
            given_on=date(2026, 9, 1),
            recorded_by=cast.curator,
        )
        for person in persons
        for purpose, part, matter in consents
    )
    now = timezone.now()
    candidates = Candidate.objects.bulk_create(
        Candidate(
            person=person,
            part="mentor",
            state="approved",
            proposed_by=cast.curator,
            decided_at=now,
            decided_by=cast.director,
        )
        for person in persons
    )
    made = Order.objects.bulk_create(
        Order(
            kind="appointment",
            state="at_signature",
            heading=pattern.heading,
            preamble=pattern.preamble,
            points=pattern.points,
            signer=pattern.signer,
            signer_post=pattern.signer_post,
            created_by=cast.curator,
            facts=pattern.facts,
            facts_sha256=pattern.facts_sha256,
            frozen_at=now,
            code=secrets.token_hex(6),
        )
        for _ in candidates
    )
    OrderItem.objects.bulk_create(OrderItem(order=o, candidate=c) for o, c in zip(made, candidates, strict=True))
    return [order.pk for order in made]


def clerk_at_work(pks, clerk, pipe, register):
    """Register one order after another and acknowledge each after its commit, until killed."""
    connection.close()
    for pk in pks:
        for _ in range(100):
            try:
                number = register(pk, clerk, lambda text: os.write(pipe, text.encode()))
            except Refused as refusal:
                if "уже занят" not in str(refusal):
                    break
            else:
                if number:
                    os.write(pipe, f"{pk} {number}\n".encode())
                break


def honest(pk, clerk, acknowledge) -> str:
    """Register through the act; the caller acknowledges after the commit."""
    today = timezone.localdate()
    number = numbers.suggest("main", today.year)
    return registration_acts.register(Order.objects.get(pk=pk), by=clerk, number=number, date=today).number


def hasty(pk, clerk, acknowledge) -> int:
    """The hole: acknowledge inside the transaction, before the disk has it."""
    today = timezone.localdate()
    with transaction.atomic():
        number = numbers.suggest("main", today.year)
        registration_acts.register(Order.objects.get(pk=pk), by=clerk, number=number, date=today)
        acknowledge(f"{pk} {number}\n")
        time.sleep(0.2)
    return 0


def listen(out: int, acknowledgements: int) -> bytes:
    """Read from the clerks until they have acknowledged so many orders, three seconds at most."""
    heard, until = b"", time.monotonic() + 3
    while heard.count(b"\n") < acknowledgements and select.select([out], [], [], max(0, until - time.monotonic()))[0]:
        heard += os.read(out, 4096)
    return heard


def kill_many(pks, clerk, kills: int, register, chance, most=4) -> list[tuple[int, int]]:
    """Fork two clerks at a time and kill them at a random moment; return what was acknowledged."""
    said = []
    for _ in range(kills):
        free = list(Order.objects.filter(state="at_signature").order_by("pk").values_list("pk", flat=True)[:200])
        connection.close()
        out, pipe = os.pipe()
        children = []
        for part in (free[0::2], free[1::2]):
            child = os.fork()
            if child == 0:
                try:
                    os.close(out)
                    clerk_at_work(part, clerk, pipe, register)
                finally:
                    os._exit(0)
            children.append(child)
        os.close(pipe)
        heard = listen(out, chance.randrange(most))  # at work, now and then before the first order
        time.sleep(chance.uniform(0, 0.05))
        for child in children:
            os.kill(child, signal.SIGKILL)
        with os.fdopen(out, "rb") as rest:
            whole = [line.split() for line in (heard + rest.read()).decode().split("\n")[:-1]]
        said += [(int(pk), number) for pk, number in whole]
        for child in children:
            os.waitpid(child, 0)
    return said


def complaints(pks, said) -> list[str]:
    """Return what is wrong after the kills: lost, twice, a gap, half an act."""
    registered = Order.objects.filter(pk__in=pks).exclude(number="")
    borne = dict(registered.values_list("pk", "number"))
    wrong = [f"потерян: приказ {pk} № {number}" for pk, number in said if borne.get(pk) != number]
    taken = sorted(registered.values_list("number_plain", flat=True))
    if taken != list(range(1, len(taken) + 1)):
        wrong.append(f"номера с дырами или дважды: {taken[:5]}…")
    last = NumberCounter.objects.filter(series="main").values_list("last", flat=True).first() or 0
    if last != len(taken):
        wrong.append(f"счётчик {last}, приказов {len(taken)}")
    for item in OrderItem.objects.filter(order__in=pks).select_related("order", "candidate"):
        if (item.order.state == "registered") != (item.candidate.state == "appointed"):
            wrong.append(f"приказ {item.order_id} введён наполовину")
    if Act.objects.filter(verb="register", object_id__in=pks).count() != len(taken):
        wrong.append("записей журнала не столько, сколько приказов")
    return wrong


def test_nothing_acknowledged_is_lost(shared_database, cast, figures, told):
    pks = ready_orders(cast, figures.orders)
    said = kill_many(pks, cast.clerk, figures.kills, honest, random.Random(7), figures.heard)
    wrong = complaints(pks, said)
    told(kills=figures.kills, acknowledged=len(said), wrong=len(wrong))
    assert wrong == []
    assert len(said) >= figures.kills  # the clerks were killed at work, not before it
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_an_acknowledgement_before_the_commit_is_caught(shared_database, cast):
    """The switch: whoever says «done» inside the transaction loses what was said."""
    pks = ready_orders(cast, 40)
    said = kill_many(pks, cast.clerk, 3, hasty, random.Random(7))
    assert any("потерян" in text for text in complaints(pks, said))
