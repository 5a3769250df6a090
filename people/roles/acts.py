"""Acts of roles: give and end, with dates and, where the regulation asks, by order (п. 3.3, 3.4).

Director, acting director and curator hold their roles by an order. Mentor and mentee are not given here: they come from
pairs by order. Every act is logged on the person.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mentoring_site.locks import one_at_a_time
from mentoring_site.rights import require
from mentoring_site.russian import full_stop, period, rudate
from mentoring_site.workflow import Already, Refused, record
from people.register.leaving import beyond_work
from people.register.models import Employment, Person
from people.rights import ACTING, CHAIR, CURATOR, DIRECTOR, PRIVILEGED, ROLES, SECRETARY, SYSADMIN, Actor, Right, label
from people.roles.models import RoleGrant, RoleGrantQuerySet
from people.school.models import School

BY_ORDER = frozenset({DIRECTOR, ACTING, CURATOR})
ONE_HOLDER = frozenset({DIRECTOR, ACTING})
APPROVING = frozenset({CHAIR, SECRETARY})
NOT_TO_ONESELF = ONE_HOLDER | APPROVING  # who agrees must not be who endorses (п. 3.5)


def warnings(person: Person, role: str, on: date) -> list[str]:
    """Return what is unusual about giving the role: not forbidden, but to be said before (п. 3.4, 3.5).

    The regulation says that the curator is one of the deputies of the head; what the curator supports the council
    agrees.
    """
    found = []
    if role == CURATOR and not is_deputy(person, on):
        found.append(
            f"{person.short_name} не занимает должность заместителя директора, а куратор назначается из числа "
            "заместителей руководителя (п.\u00a03.4 Положения). Назначить можно, если так сказано в подписанном приказе"
        )
    opposite = APPROVING if role == CURATOR else {CURATOR} if role in APPROVING else set()
    held = (
        RoleGrant.objects.filter(Q(until=None) | Q(until__gte=on), person=person, role__in=opposite)
        .order_by("since")
        .first()
    )
    if held:
        found.append(
            f"{person.short_name} — {label(held.role)}, {full_stop(period(held.since, held.until))}"
            " Один и тот же человек поддерживал"
            " бы программы как куратор и согласовывал их от имени методического совета (п.\u00a03.4, 3.5"
            " Положения): программы, которые поддержит сам, он согласовать не сможет, это сделает другой председатель"
            " или секретарь совета"
        )
    return found


def is_deputy(person: Person, on: date) -> bool:
    """Whether one of the person's posts on a date is that of a deputy head (п. 3.4)."""
    posts = Employment.objects.current(on).filter(person=person).values_list("post", flat=True)
    return any("заместител" in post.lower() for post in posts)


@transaction.atomic
def give(
    person: Person,
    role: str,
    *,
    by: Actor,
    since: date,
    until: date | None = None,
    order_number: str = "",
    order_date: date | None = None,
    at_setup: bool = False,
    released: bool = False,
) -> RoleGrant:
    """Give a role from a date, without end or to a date.

    A role that approves, signs or administers is given at the setup, or when another person has ``released`` it
    (people/access). Returns the grant. Raises ``NotAllowed``; ``Refused`` with what ``check`` finds.
    """
    one_at_a_time("roles")
    order_number = order_number.strip()
    check(person, role, by=by, since=since, until=until, number=order_number, day=order_date, at_setup=at_setup)
    if role in PRIVILEGED and not (at_setup or released):
        raise Refused(f"Роль «{label(role)}» один просит, другой подтверждает: подайте запрос на экране «Роли»")
    grant = RoleGrant.objects.create(
        person=person,
        role=role,
        since=since,
        until=until,
        order_number=order_number,
        order_date=order_date,
        given_by_id=by.pk,
    )
    record(person, "role-give", by=by, words=f"дана роль «{label(role)}»", role=role, grant=grant.pk)
    return grant


def check(
    person: Person,
    role: str,
    *,
    by: Actor,
    since: date,
    until: date | None = None,
    number: str = "",
    day: date | None = None,
    at_setup: bool = False,
) -> None:
    """Raise what stands against giving a role; writes nothing.

    ``NotAllowed``; ``Refused`` when the order is missing or impossible, when the person has the role already, when
    another director holds office, and when somebody makes oneself director outside the setup.
    """
    if not at_setup:
        require(by, Right.ROLES_MANAGE)
        if role in NOT_TO_ONESELF and by.person_id == person.pk:
            raise Refused(f"Дать себе роль «{label(role)}» нельзя: её запишет другой человек, который ведёт роли")
    if complaints := _complaints(person, role, since, until, number.strip(), day):
        raise Refused(complaints)


@transaction.atomic
def by_order(
    person: Person,
    role: str,
    *,
    by: Actor,
    since: date,
    until: date | None,
    order_number: str,
    order_date: date,
    instead_of: Person | None = None,
) -> RoleGrant:
    """Give a role by a registered order; who held it before ends the day before. Called by registration (п. 3.3).

    The person holds the role from that day; its rights wait until the access is released: a paper that one person has
    registered alone opens nothing (docs/decisions/0013). Raises ``NotAllowed`` when ``by`` does not register orders,
    ``Refused`` with what stands against it.
    """
    require(by, Right.ORDERS_REGISTER)
    one_at_a_time("roles")
    if instead_of:
        for old in RoleGrant.objects.live(since).filter(person=instead_of, role=role):
            last = since - timedelta(days=1)
            if last < old.since:
                old.delete()
            else:
                RoleGrant.objects.filter(pk=old.pk).update(until=last)
            record(instead_of, "role-end", by=by, words=f"роль «{label(role)}» закончена приказом", role=role)
    if found := _complaints(person, role, since, until, order_number, order_date):
        raise Refused(found)
    grant = RoleGrant.objects.create(
        person=person,
        role=role,
        since=since,
        until=until,
        order_number=order_number,
        order_date=order_date,
        given_by_id=by.pk,
        waits=role in PRIVILEGED,
    )
    record(person, "role-give", by=by, words=f"дана роль «{label(role)}» приказом", role=role, grant=grant.pk)
    if role == CURATOR:
        School.objects.update(curator_number=order_number, curator_date=order_date)
    return grant


def against(person: Person, role: str, since: date, until: date | None) -> list[str]:
    """Return what stands against giving a role by an order that has no number yet."""
    if until and until < since:
        return ["Роль не может закончиться раньше, чем началась"]
    if past := beyond_work([person], until or since, f"роль «{label(role)}»"):
        return past
    if mine := _overlapping(RoleGrant.objects.all(), role, since, until).filter(person=person).first():
        return [f"{person.short_name}: эта роль уже дана {period(mine.since, mine.until)}"]
    return []


def holds(person: Person, role: str, since: date, until: date | None) -> bool:
    """Whether one grant of the role covers all these days: an order that names the holder changes nothing."""
    mine = _overlapping(RoleGrant.objects.all(), role, since, until).filter(person=person, since__lte=since)
    return mine.filter(Q(until__isnull=True) | Q(until__gte=until) if until else Q(until__isnull=True)).exists()


def _complaints(person: Person, role: str, since: date, until: date | None, number: str, day: date | None) -> list[str]:
    """Everything that stands against the grant."""
    found = []
    if role not in ROLES:
        return ["Наставником и наставляемым делает приказ о закреплении пары"]
    if until and until < since:
        found.append("Роль не может закончиться раньше, чем началась")
    if bool(number) != bool(day):
        found.append("Укажите и номер, и дату приказа")
    elif role in BY_ORDER and not number:
        found.append(f"Роль «{label(role)}» даётся по приказу: укажите его номер и дату")
    if day and day > timezone.localdate():
        found.append("Дата приказа ещё не наступила")
    found += beyond_work([person], until or since, f"роль «{label(role)}»")
    if role == ACTING and until is None:
        found.append("Обязанности директора исполняют в назначенные дни: укажите, по какое число")
    overlapping = _locked_overlapping(role, since, until)
    if mine := overlapping.filter(person=person).first():
        found.append(f"{person.short_name}: эта роль уже дана {period(mine.since, mine.until)}")
    elif role in ONE_HOLDER and (other := overlapping.select_related("person").first()):
        found.append(
            f"«{label(role).capitalize()}» в эти дни уже {other.person.short_name},"
            f" {full_stop(period(other.since, other.until))} Сначала закончите его полномочия"
        )
    return found


def _locked_overlapping(role: str, since: date, until: date | None) -> RoleGrantQuerySet:
    """Grants of the role whose days meet the given ones, under a lock."""
    return _overlapping(RoleGrant.objects.select_for_update(), role, since, until)


def _overlapping(grants: RoleGrantQuerySet, role: str, since: date, until: date | None) -> RoleGrantQuerySet:
    found = grants.filter(Q(until__isnull=True) | Q(until__gte=since), role=role)
    return found.filter(since__lte=until) if until else found


@transaction.atomic
def end(grant: RoleGrant, *, by: Actor, until: date) -> RoleGrant:
    """End a role; ``until`` is its last day (a day before its beginning takes back a role that has not begun).

    Raises ``NotAllowed``; ``Refused`` for the last system administrator; ``Already`` when somebody ended it before.
    """
    require(by, Right.ROLES_MANAGE)
    one_at_a_time("roles")
    if grant.role == SYSADMIN and not _others(grant, until).exists():
        raise Refused("Это последний системный администратор. Сначала дайте эту роль другому")
    unchanged = RoleGrant.objects.filter(pk=grant.pk).filter(
        Q(until=grant.until) if grant.until else Q(until__isnull=True)
    )
    if until < grant.since:
        if grant.since <= timezone.localdate():
            raise Refused("Роль не может закончиться раньше, чем началась")
        if not unchanged.delete()[0]:
            raise Already("Роль уже изменена другим человеком")
        record(
            grant.person,
            "role-take-back",
            by=by,
            words=f"роль «{label(grant.role)}» отменена до начала",
            role=grant.role,
        )
        return grant
    if grant.until and until > grant.until:
        raise Refused(f"Роль уже заканчивается {rudate(grant.until)} Чтобы продлить её, дайте её заново")
    if not unchanged.update(until=until):
        raise Already("Роль уже изменена другим человеком")
    record(
        grant.person, "role-end", by=by, words=f"роль «{label(grant.role)}» закончена", role=grant.role, grant=grant.pk
    )
    grant.refresh_from_db()
    return grant


def consequences(grant: RoleGrant, by: Actor) -> list[str]:
    """Return what ending the role will mean, for the page that asks."""
    found = [f"{grant.person.full_name} потеряет права роли «{label(grant.role)}» на следующий день после указанного"]
    if grant.role in {CURATOR, DIRECTOR} and not _others(grant, timezone.localdate()).exists():
        found.append(
            f"Других людей с ролью «{label(grant.role)}» сейчас нет: её дела будут ждать, пока Вы не назначите"
            " следующего"
        )
    if grant.person_id == by.person_id:
        found.append("Это Ваша роль: вернуть её сможет только другой человек, который ведёт роли")
    return found


def _others(grant: RoleGrant, on: date) -> RoleGrantQuerySet:
    """Other people who hold the same role on the day after ``on`` and can log in."""
    following = on + timedelta(days=1)
    return (
        RoleGrant.objects.live(following)
        .filter(role=grant.role, person__user__is_active=True)
        .exclude(person=grant.person_id)
    )
