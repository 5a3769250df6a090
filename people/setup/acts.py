"""First start: the one-time address, the steps that follow, and what the school still lacks (п. 3.1, 3.3, 3.4)."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.workflow import Already, Refused, record
from people.access import acts as access_acts
from people.accounts import acts as account_acts
from people.accounts.models import FirstSetup, User
from people.register.models import Employment, Person
from people.rights import ACTING, CURATOR, DIRECTOR, SYSADMIN
from people.roles import acts as role_acts
from people.roles.models import RoleGrant
from people.school.acts import save_school
from people.school.models import School

LINK_LIFE = timedelta(hours=24)
STEPS_LIFE = timedelta(hours=24)  # the steps ask for no right: they close by themselves
HOW_TO_CONTINUE = "Новый адрес для продолжения печатает на сервере команда manage.py setup_link"
STEPS = {
    "school": "Школа",
    "director": "Директор",
    "curator": "Куратор",
    "orders": "Приказы",
}


@dataclass(frozen=True)
class Order:
    """Number and date of a signed order; both empty means «позже»."""

    number: str = ""
    day: date | None = None


@transaction.atomic
def new_link() -> str | None:
    """Return a fresh one-time address: it begins the first setup, or goes on with the one left unfinished.

    The address before it stops working. None when there is nothing to set up: somebody has an account that no setup
    has made, the setup is finished, or the school lives already.
    """
    begun = FirstSetup.objects.exclude(user=None).filter(finished_at=None).select_related("user").first()
    if User.objects.exists() and not (begun and _is_alone(begun.user)):
        return None
    token = secrets.token_urlsafe(32)
    FirstSetup.objects.update_or_create(
        pk=1, defaults={"token_hash": _hash(token), "expires_at": timezone.now() + LINK_LIFE}
    )
    return settings.SITE_URL + reverse("people:setup_begin", args=[token])


def opened_by(token: str) -> FirstSetup | None:
    """Return the setup that this token opens; None when it is too old, replaced or used, or the school lives already.

    The setup has a user when the address goes on with what that user has begun.
    """
    found = FirstSetup.objects.filter(token_hash=_hash(token), expires_at__gt=timezone.now(), finished_at=None)
    setup = found.select_related("user__person").first()
    if setup is None or not setup.user_id:
        return None if User.objects.exists() else setup
    return setup if _is_alone(setup.user) else None


@transaction.atomic
def begin(setup: FirstSetup, *, person: Person, post: str, username: str, email: str, password: str) -> User:
    """Create the first administrator. Raises ``Already`` when somebody was first."""
    _use_up(setup)
    if User.objects.exists():
        raise Already("Первая учётная запись уже есть")
    person.save()
    user = User.objects.create_user(username, person, email=email, password=password)
    role_acts.give(person, SYSADMIN, by=user, since=timezone.localdate(), at_setup=True)
    FirstSetup.objects.filter(pk=setup.pk).update(user=user, post=post)
    record(person, "setup", by=user, words="заведён первый администратор")
    access_acts.note_server(user, "setup")
    return user


@transaction.atomic
def reopen(setup: FirstSetup, *, password: str) -> User:
    """Open the steps again by a fresh address; the first administrator gets a new password.

    Raises ``Already`` when the address was used or replaced.
    """
    _use_up(setup)
    user = User.objects.select_related("person").get(first_setup=setup)
    account_acts.set_password(user, password)
    record(user.person, "setup-again", by=user, words="первая настройка продолжена по новому адресу")
    access_acts.note_server(user, "setup")
    return user


def _use_up(setup: FirstSetup) -> None:
    """Use an address up: it opens the steps for a day and is no address any more."""
    now = timezone.now()
    same = FirstSetup.objects.filter(pk=setup.pk, user=setup.user_id, token_hash=setup.token_hash, expires_at__gt=now)
    if not same.update(token_hash="", expires_at=now, open_until=now + STEPS_LIFE):
        raise Already("Этой ссылкой уже воспользовались")


def unfinished(user: User | AnonymousUser) -> FirstSetup | None:
    """Return the setup that this user has begun and not finished, open or not; None when the school lives already."""
    if not user.is_authenticated:
        return None
    setup = FirstSetup.objects.filter(user=user.pk, finished_at=None).select_related("user").first()
    return setup if setup and _is_alone(setup.user) else None


def is_open(setup: FirstSetup) -> bool:
    """Whether the steps may be taken now: they ask for no right, so an abandoned setup closes."""
    return setup.open_until is not None and setup.open_until > timezone.now()


def _is_alone(user: User | None) -> bool:
    """Whether nobody but the first administrator, who is still one, has ever logged in.

    Afterwards roles and the school's particulars are changed by those who have the right to.
    """
    if user is None:
        return False
    return SYSADMIN in user.roles and not User.objects.exclude(pk=user.pk).exclude(last_login=None).exists()


@transaction.atomic
def enter_school(setup: FirstSetup, *, by: User, version: int = 0, **values: Any) -> School:
    """Step «Школа»; the first administrator's post gets its organisation."""
    locked(setup)
    school = save_school(School.get(), by=by, version=version, at_setup=True, **values)
    if setup.post:
        _employ(by.person, setup.post, school)
    _mark_done(setup, "school")
    return school


@transaction.atomic
def enter_director(setup: FirstSetup, *, by: User, director: Person, post: str, order: Order, since: date) -> RoleGrant:
    """Step «Директор»: who signs orders. The person may be the administrator. Raises ``Refused``."""
    return _enter_role(setup, "director", DIRECTOR, by=by, person=director, post=post, order=order, since=since)


@transaction.atomic
def enter_acting(setup: FirstSetup, *, by: User, person: Person, order: Order, since: date, until: date) -> RoleGrant:
    """Who stands in for the director now, from–to. Raises ``Refused``."""
    return _enter_role(setup, "director", ACTING, by=by, person=person, post="", order=order, since=since, until=until)


@transaction.atomic
def enter_curator(setup: FirstSetup, *, by: User, curator: Person, post: str, order: Order, since: date) -> RoleGrant:
    """Step «Куратор»: by the director's order, which is kept among the school's particulars (п. 3.3, 3.4)."""
    grant = _enter_role(setup, "curator", CURATOR, by=by, person=curator, post=post, order=order, since=since)
    School.objects.update(curator_number=order.number, curator_date=order.day)
    return grant


@transaction.atomic
def skip(setup: FirstSetup, step: str) -> None:
    """Leave a step for later: the home page will say what waits for it."""
    _mark_done(setup, step)


@transaction.atomic
def enter_orders(setup: FirstSetup, *, by: User, regulation: Order, e_consents: Order) -> None:
    """Step «Приказы»: the signed order on the Положение, without which no program starts (п. 3.1)."""
    school = School.get()
    if school is None:
        raise Refused("Сначала запишите школу")
    save_school(
        school,
        by=by,
        version=school.version,
        at_setup=True,
        regulation_number=regulation.number,
        regulation_date=regulation.day,
        e_consents_number=e_consents.number,
        e_consents_date=e_consents.day,
    )
    _mark_done(setup, "orders")


@transaction.atomic
def finish(setup: FirstSetup, *, by: User) -> None:
    """The end of the first setup. Raises ``Refused`` while a step has not been seen."""
    setup = locked(setup)
    missing = [title for step, title in STEPS.items() if step not in setup.done]
    if missing:
        raise Refused(f"Остались шаги: {', '.join(missing)}")
    if setup.finished_at:
        raise Already("Первая настройка уже закончена")
    FirstSetup.objects.filter(pk=setup.pk).update(finished_at=timezone.now())
    record(by.person, "setup-finish", by=by, words="первая настройка закончена")


def missing_papers() -> list[str]:
    """Return sentences about what the school has still to record; the home of the curator shows them (п. 3.1, 3.3)."""
    school = School.get()
    if school is None:
        return ["Сведения о школе ещё не внесены"]
    found = []
    if not school.has_regulation:
        found.append("Ни одна программа не начнётся без приказа об утверждении Положения (п.\u00a03.1)")
    missing = missing_roles()
    if CURATOR in missing:
        found.append("Куратор не назначен: его назначает директор приказом (п.\u00a03.3)")
    if DIRECTOR in missing:
        found.append("Директор не записан: приказы подписать некому")
    return found


def missing_roles() -> set[str]:
    """Return which of director and curator nobody holds today; an acting director stands in for the director."""
    grants = RoleGrant.objects.live().filter(role__in=[DIRECTOR, ACTING, CURATOR]).order_by()
    held = set(grants.values_list("role", flat=True))
    return {DIRECTOR, CURATOR} - held - ({DIRECTOR} if ACTING in held else set())


def _enter_role(
    setup: FirstSetup,
    step: str,
    role: str,
    *,
    by: User,
    person: Person,
    post: str,
    order: Order,
    since: date,
    until: date | None = None,
) -> RoleGrant:
    """Save the person, the post, and the role in place of one entered at this step before."""
    locked(setup)
    if person.pk != by.person_id:
        person.save()
    if post:
        _employ(person, post, School.get())
    RoleGrant.objects.filter(role=role, given_by=by).delete()
    grant = role_acts.give(
        person, role, by=by, since=since, until=until, order_number=order.number, order_date=order.day, at_setup=True
    )
    _mark_done(setup, step)
    return grant


def _employ(person: Person, post: str, school: School | None) -> None:
    """Record the post of a person in the school, once."""
    if school and not Employment.objects.current().filter(person=person, organisation=school.organisation).exists():
        Employment.objects.create(person=person, organisation=school.organisation, post=post, is_teaching=False)


def _mark_done(setup: FirstSetup, step: str) -> None:
    """Mark a step; every act of the setup ends here. Raises ``Refused`` when the steps have closed meanwhile."""
    fresh = locked(setup)
    if fresh.finished_at or not is_open(fresh):
        raise Refused("Первая настройка уже закрыта")
    if step not in fresh.done:
        fresh.done = [*fresh.done, step]
        fresh.save(update_fields=["done"])
    setup.done = fresh.done


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
