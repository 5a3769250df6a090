"""Roles of somebody who leaves: which end by themselves, which need a successor first, and who is told (п. 3.3–3.5)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse

from mentoring_site.russian import rudate
from mentoring_site.workflow import record
from people.register.leaving import Hanging, Part
from people.register.models import Person
from people.rights import CURATOR, DIRECTOR, SYSADMIN, Actor, Right, label
from people.roles.letters import mail_right_holders
from people.roles.models import DepartmentHead, RoleGrant, RoleGrantQuerySet

SUCCESSOR = {
    DIRECTOR: "сама не закончится: директора назначает учредитель; роль новому записывает куратор",
    SYSADMIN: f"сама не закончится, пока нет другого: дайте её другому. Это может {Right.ROLES_MANAGE.who}",
}
"""What is said of a role that the system cannot be without: it stays until somebody else has it."""


def _reaching(last: Q | date) -> Q:
    return Q(until=None) | Q(until__gt=last)


def _open(person: int, last: date) -> RoleGrantQuerySet:
    """Grants of the person that reach past the last day of work."""
    return RoleGrant.objects.filter(_reaching(last), person=person)


def stays(grant: RoleGrant, last: date) -> bool:
    """Whether nobody else holds a role that the system cannot be without on the day after."""
    if grant.role not in SUCCESSOR:
        return False
    others = RoleGrant.objects.filter(_reaching(last), role=grant.role, waits=False, person__user__is_active=True)
    return not others.exclude(person=grant.person_id).exists()


def _hanging(days: dict[int, date]) -> Iterator[Hanging]:
    url = reverse("people:roles")
    for grant in RoleGrant.objects.filter(person__in=days).order_by("role"):
        last = days[grant.person_id]
        if grant.until is not None and grant.until <= last:
            continue
        what = f"роль «{label(grant.role)}»"
        if stays(grant, last):
            yield Hanging(grant.person_id, what, SUCCESSOR[grant.role], url)
            continue
        then = f"закончится сама {rudate(last)}"
        if grant.role == CURATOR:
            then += " Нового куратора назначает приказ директора (п. 3.3)"
        yield Hanging(grant.person_id, what, then, url, by_itself=True)
    places = reverse("people:organisations")
    for head in DepartmentHead.objects.filter(person__in=days).select_related("department").order_by("pk"):
        last = days[head.person_id]
        if head.until is None or head.until > last:
            then = f"закончится {rudate(last)} Назначьте нового заведующего"
            yield Hanging(head.person_id, f"заведование: {head.department.name}", then, places, by_itself=True)


def _end(person: Person, last: date) -> None:
    for grant in _open(person.pk, last):
        if stays(grant, last):
            continue
        if grant.since > last:
            grant.delete()
        else:
            RoleGrant.objects.filter(pk=grant.pk).update(until=last)
        words = f"роль «{label(grant.role)}» закончена: работа окончена"
        record(person, "role-end", by=None, words=words, role=grant.role, grant=grant.pk)
    heads = DepartmentHead.objects.filter(_reaching(last), person=person)
    for head in heads.select_related("department"):
        if head.since > last:
            head.delete()
        else:
            DepartmentHead.objects.filter(pk=head.pk).update(until=last)
        record(
            head.department, "head-end", by=None, words=f"{person.short_name}: заведование закончено, работа окончена"
        )


def tell(person: Person, last: date, things: list[Hanging], by: Actor | None) -> None:
    """Write to those who keep the list of people, and to the director where the curator leaves."""
    about: dict[str, Any] = {
        "person": person,
        "last": last,
        "things": things,
        "url": reverse("people:leaving", args=[person.pk]),
    }
    mail_right_holders(Right.PEOPLE_EDIT, "leaving", but=by, **about)
    if RoleGrant.objects.live(last).filter(person=person, role=CURATOR).exists():
        mail_right_holders(Right.BANKS_APPROVE, "leaving", but=by, **about)


PART = Part(_hanging, _end)
