"""Acts about bodies: recorded, renamed, a member taken in and out, the members set by an order (п. 3.4, 3.5)."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from mentoring_site.locks import locked, one_at_a_time
from mentoring_site.rights import require
from mentoring_site.russian import full_stop, period, rudate
from mentoring_site.workflow import Already, Refused, record
from people.accounts.models import User
from people.register.leaving import beyond_work
from people.register.models import Person
from people.rights import Right
from roadmap.bodies.models import Body, BodyMember

Part = BodyMember.Part
BY_ROLES = (
    "Состав методического совета ведут на экране «Роли»: председатель, секретарь и члены совета — это роли,"
    " и второго списка нет"
)
OFFICERS = (Part.CHAIR, Part.SECRETARY)


@transaction.atomic
def save(body: Body | None, *, by: User, name: str, genitive: str, kind: str, quorum: str) -> Body:
    """Record a body or change its names and quorum. Raises ``NotAllowed``; ``Refused`` for a second name."""
    require(by, Right.BODIES_EDIT)
    one_at_a_time("bodies")
    name, genitive = " ".join(name.split()), " ".join(genitive.split())
    name, genitive = name[:1].lower() + name[1:], genitive[:1].lower() + genitive[1:]
    if not name or not genitive:
        raise Refused("Напишите название и как оно звучит после слова «заседания»")
    others = Body.objects.exclude(pk=body.pk) if body else Body.objects.all()
    if others.filter(name=name).exists():
        raise Refused(f"«{name}» уже есть в списке")
    fresh = body is None
    made = body or Body(kind=kind)
    if made.by_roles and kind != made.kind:
        raise Refused("Методический совет остаётся методическим советом: на нём держатся роли")
    if not made.by_roles and kind == Body.Kind.METHODICAL and others.filter(kind=kind).exists():
        raise Refused("Методический совет в школе один")
    made.name, made.genitive, made.kind, made.quorum = name, genitive, kind, quorum
    made.save()
    record(made, "enter" if fresh else "edit", by=by, words=f"{'записан' if fresh else 'изменён'} орган: {name}")
    return made


@transaction.atomic
def take_in(
    body: Body,
    person: Person,
    *,
    by: User,
    part: str,
    since: date,
    until: date | None = None,
    ground: str = "",
) -> BodyMember:
    """Take a person into a body from a day. Raises ``NotAllowed``; ``Refused`` with what stands against it."""
    require(by, Right.BODIES_EDIT)
    return _taken_in(body, person, by=by, part=part, since=since, until=until, ground=ground)


def _taken_in(
    body: Body, person: Person, *, by: User, part: str, since: date, until: date | None, ground: str
) -> BodyMember:
    one_at_a_time(f"body:{body.pk}")
    if body.by_roles:
        raise Refused(BY_ROLES)
    if until and until < since:
        raise Refused("Последний день не может быть раньше первого")
    if past := beyond_work([person], until or since, f"место в органе «{body.name}»"):
        raise Refused(past)
    same = BodyMember.objects.filter(Q(until__isnull=True) | Q(until__gte=since), body=body)
    same = same.filter(since__lte=until) if until else same
    if mine := same.filter(person=person).first():
        raise Already(f"{person.short_name}: уже в составе, {period(mine.since, mine.until)}")
    if part in OFFICERS and (other := same.filter(part=part).select_related("person").first()):
        raise Refused(
            f"{Part(part).label.capitalize()} уже есть: {full_stop(other.person.short_name)} Сначала закончите его срок"
        )
    made = BodyMember.objects.create(
        body=body, person=person, part=part, since=since, until=until, ground=ground.strip(), recorded_by=by
    )
    words = f"в составе с {rudate(since)} {person.short_name}, {Part(part).label}"
    record(body, "take_in", by=by, words=words[:300], member=made.pk)
    return made


@transaction.atomic
def end(member: BodyMember, *, by: User, until: date) -> BodyMember:
    """Write the last day of a member; a day before the first takes the record away.

    Raises ``NotAllowed``, ``Already``; ``Refused`` for a later last day than the known one.
    """
    require(by, Right.BODIES_EDIT)
    fresh = locked(member)
    if fresh.until != member.until:
        raise Already("Состав уже изменён другим человеком")
    name = fresh.person.short_name
    if until < fresh.since:
        record(fresh.body, "forget_member", by=by, words=f"убран из состава: {name}", member=fresh.pk)
        fresh.delete()
        return member
    if fresh.until and until > fresh.until:
        raise Refused(f"Срок уже заканчивается {rudate(fresh.until)} Чтобы продлить его, запишите человека заново")
    BodyMember.objects.filter(pk=fresh.pk).update(until=until)
    record(fresh.body, "end_member", by=by, words=f"в составе по {rudate(until)} {name}", member=fresh.pk)
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def set_by_order(
    body: Body, head: Person | None, others: Iterable[Person], *, by: User, since: date, ground: str
) -> list[BodyMember]:
    """Write down the members whom a registered order has named; who was there before and is not named leaves.

    Called by the registration of an order. Raises ``NotAllowed`` when ``by`` does not register orders.
    """
    require(by, Right.ORDERS_REGISTER)
    one_at_a_time(f"body:{body.pk}")
    wanted = {head.pk: (head, Part.CHAIR)} if head else {}
    for person in others:
        wanted.setdefault(person.pk, (person, Part.MEMBER))
    for old in BodyMember.objects.filter(Q(until__isnull=True) | Q(until__gte=since), body=body):
        if old.since >= since:
            old.delete()
        else:
            BodyMember.objects.filter(pk=old.pk).update(until=since - timedelta(days=1))
    return [
        _taken_in(body, person, by=by, part=part, since=since, until=None, ground=ground)
        for person, part in wanted.values()
    ]


def association() -> Body:
    """Return the association of mentors."""
    kind = Body.Kind.ASSOCIATION
    found = Body.objects.filter(kind=kind).first()
    names = {"name": "методическое объединение наставников", "genitive": "методического объединения наставников"}
    return found or Body.objects.create(kind=kind, **names)
