"""Heads of departments: recorded, ended, found for a person (п. 1.4).

A head proposes who teaches instead of a colleague and confirms that teaching goes on.
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from mentoring_site.locks import locked, one_at_a_time
from mentoring_site.rights import require
from mentoring_site.workflow import Already, Refused, record
from people.language.names import agree
from people.register.models import Employment, Person, PersonQuerySet
from people.rights import Actor, Right
from people.roles.models import DepartmentHead
from people.school.models import Department


@transaction.atomic
def appoint(department: Department, person: Person, *, by: Actor, since: date) -> DepartmentHead:
    """Record who heads a department from a day; who headed it before ends the day before.

    Raises ``NotAllowed``; ``Refused`` for somebody who does not work at the school; ``Already``.
    """
    require(by, Right.PEOPLE_EDIT)
    one_at_a_time("roles")
    place = locked(department)
    at_work = Employment.objects.current(max(since, timezone.localdate()))
    if not at_work.filter(person=person, organisation=place.organisation_id).exists():
        raise Refused(
            f"{person.short_name} не работает в организации этого отделения: заведует тот, кто в ней работает"
        )
    now = DepartmentHead.objects.filter(department=place, until=None).first()
    if now and now.person_id == person.pk:
        raise Already(f"{person.short_name} уже заведует этим отделением")
    if now and now.since >= since:
        raise Refused(f"{now.person.short_name} заведует с {now.since:%d.%m.%Y}: новый начинает позже этого дня")
    if now:
        DepartmentHead.objects.filter(pk=now.pk).update(until=since - timedelta(days=1))
    made = DepartmentHead.objects.create(department=place, person=person, since=since, given_by_id=by.pk)
    said = agree(person.gender, "назначен заведующим", "назначена заведующей")
    record(place, "head", by=by, words=f"{person.short_name} {said}", person=person.pk)
    return made


def candidates(department: Department) -> PersonQuerySet:
    """Return those who work in the organisation of a department today."""
    jobs = Employment.objects.current().filter(organisation=department.organisation_id)
    return Person.objects.filter(pk__in=jobs.values("person")).order_by("search", "pk")


@transaction.atomic
def end(head: DepartmentHead, *, by: Actor, until: date) -> DepartmentHead:
    """Write down the last day of a head. Raises ``NotAllowed``; ``Refused`` for a wrong day; ``Already``."""
    require(by, Right.PEOPLE_EDIT)
    one_at_a_time("roles")
    place = locked(head.department)
    head.refresh_from_db()
    if head.until is not None and head.until <= until:
        raise Already("Последний день уже записан")
    if until < head.since:
        raise Refused("Последний день не может быть раньше первого")
    DepartmentHead.objects.filter(pk=head.pk).update(until=until)
    words = f"{head.person.short_name}: последний день заведования {until:%d.%m.%Y}"
    record(place, "head-end", by=by, words=words, person=head.person_id)
    head.refresh_from_db()
    return head


def heads_of(user: Actor | None = None) -> dict[int, set[int]]:
    """Return person -> heads of the departments in which the person works today, by keys; read once for a user."""
    if user is not None and hasattr(user, "_department_heads"):
        return user._department_heads
    found: dict[int, set[int]] = {}
    rows = Employment.objects.current().filter(department__heads__in=DepartmentHead.objects.live())
    for person, head in rows.order_by().values_list("person", "department__heads__person"):
        found.setdefault(person, set()).add(head)
    if user is not None:
        user._department_heads = found  # type: ignore[attr-defined]
    return found
