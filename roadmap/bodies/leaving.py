"""Members of bodies who leave the school: their place ends with the last day (п. 3.4)."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from mentoring_site.russian import rudate
from mentoring_site.workflow import record
from people.register.leaving import Hanging, Part
from people.register.models import Person
from roadmap.bodies.models import BodyMember


def _hanging(days: dict[int, date]) -> Iterator[Hanging]:
    for one in BodyMember.objects.filter(person__in=list(days)).select_related("body"):
        if one.until is None or one.until > days[one.person_id]:
            url = one.body.get_absolute_url()
            yield Hanging(one.person_id, f"место в органе «{one.body.name}»", "закончится само", url, by_itself=True)


def _end(person: Person, last: date) -> None:
    open_places = BodyMember.objects.filter(Q(until__isnull=True) | Q(until__gt=last), person=person)
    for one in open_places.select_for_update(of=("self",)).select_related("body", "person"):
        BodyMember.objects.filter(pk=one.pk).update(until=max(last, one.since))
        words = f"в составе по {rudate(last)} {person.short_name}: работа окончена"
        record(one.body, "end_member", by=None, words=words[:300], member=one.pk)


PART = Part(_hanging, _end)
