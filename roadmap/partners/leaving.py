"""Who leaves the school leaves its networks; next steps of talks go to somebody else (п. 3.4)."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse

from mentoring_site.workflow import record
from people.register.leaving import Hanging, Part
from people.register.models import Person
from people.rights import Right
from roadmap.partners.models import NetworkMember, Talk


def _hanging(days: dict[int, date]) -> Iterator[Hanging]:
    for one in NetworkMember.objects.filter(person__in=list(days)).select_related("network"):
        if one.until is None or one.until > days[one.person_id]:
            what, url = f"участие в сети «{one.network}»", one.network.get_absolute_url()
            yield Hanging(one.person_id, what, "закончится само", url, by_itself=True)
    steps = Talk.objects.filter(responsible__in=list(days), done_at__isnull=True).exclude(next_step="")
    for step in steps.order_by("pk"):
        assert step.responsible_id is not None
        what = f"следующий шаг по разговору: {step.next_step}"
        then = f"передаёт другому {Right.PARTNERS_EDIT.who}"
        yield Hanging(step.responsible_id, what, then, reverse("roadmap:talks"))


def _end(person: Person, last: date) -> None:
    live = NetworkMember.objects.filter(Q(until__isnull=True) | Q(until__gt=last), person=person)
    for one in live.select_for_update(of=("self",)).select_related("network"):
        NetworkMember.objects.filter(pk=one.pk).update(until=max(last, one.since))
        record(one.network, "leave", by=None, words="участие закончено: работа окончена", member=one.pk)


PART = Part(_hanging, _end)
