"""Those who leave and what hangs on them: a task of the curator and the clerk (п. 3.4)."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.russian import joined, plural, rudate
from people.accounts.models import User
from people.language.names import agree
from people.register.leaving import hanging_on, last_days
from people.register.models import Person
from people.rights import CURATOR, DIRECTOR, Right
from people.roles.instead import grants_of_today

AHEAD = timedelta(days=60)
NAMED = 3
AT_MOST = 30


def items(user: User) -> Iterator[InboxItem]:
    """Return the people who leave soon or have left with something that hangs on them; one query for each part."""
    if not user.can(Right.PEOPLE_EDIT) and DIRECTOR not in user.roles:
        return
    today = timezone.localdate()
    days = {person: last for person, last in last_days().items() if last <= today + AHEAD}
    if not user.can(Right.PEOPLE_EDIT):  # the director is asked where the curator leaves
        days = {person: last for person, last in days.items() if person in grants_of_today(user).get(CURATOR, ())}
    things = hanging_on(days)
    people = Person.objects.filter(pk__in=things).order_by("pk")[:AT_MOST]
    for person in people:
        last, found = days[person.pk], things[person.pk]
        needed = [thing.what for thing in found if not thing.by_itself]
        gone = last < today
        if gone and not needed:
            continue
        said = needed or [thing.what for thing in found]
        more = len(said) - NAMED
        names = said[:NAMED] + ([f"ещё {plural(more, 'дело,дела,дел')}"] if more > 0 else [])
        title = f"{agree(person.gender, 'Уволен', 'Уволена')}: " if gone else "Увольняется: "
        yield InboxItem(
            f"{title}{person.short_name}",
            f"Последний день — {rudate(last)} Остаётся: {joined(names)}",
            reverse("people:leaving", args=[person.pk]),
            "Открыть и решить",
            until=last,
            weight=85,
            group=Group.PEOPLE,
            key=f"person:{person.pk}:leaving",
            binding=True,
        )
