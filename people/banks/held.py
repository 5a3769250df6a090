"""Candidates whose questionnaire or decision is with others, for whoever proposes them (п. 3.3, 3.4)."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import HeldItem
from mentoring_site.russian import plural
from people.banks.acts import TO_BANK
from people.banks.inbox import PATIENCE
from people.banks.models import Candidate
from people.rights import Actor, Right

AT_MOST = 30


def held(user: Actor) -> Iterator[HeldItem]:
    """Return the questionnaires that people fill in, and one line about what the director decides; one query."""
    if not user.can(Right.BANKS_PROPOSE):
        return
    applied = Candidate.objects.filter(state=Candidate.State.APPLIED).exclude(person=user.person_id)
    if not user.can(Right.BANKS_FILL_FOR_OTHERS):
        applied = applied.filter(proposed_by=user.pk)
    ready = []
    for candidate in applied.select_related("person").order_by("proposed_at")[:AT_MOST]:
        if candidate.filled_at is not None:
            ready.append(candidate)
        elif candidate.proposed_at >= timezone.now() - PATIENCE:  # after that it is asked of the curator
            yield HeldItem(
                f"Анкета: предложение {TO_BANK[candidate.part]}",
                candidate.person.short_name,
                candidate.get_absolute_url(),
                f"candidate:{candidate.pk}:fill",
                since=candidate.proposed_at,
                remind_url=reverse("people:candidate_remind", args=[candidate.pk]),
            )
    if ready:
        one = ready[0]
        yield HeldItem(
            f"Решение о кандидатах: {plural(len(ready), 'человек,человека,человек')}"
            if len(ready) > 1
            else f"Решение о кандидате: {one.person.short_name}",
            Right.BANKS_APPROVE.who,
            reverse("people:bank_approve") if user.can(Right.BANKS_APPROVE) else reverse("people:banks"),
            f"candidate:{one.pk}:decide" if len(ready) == 1 else f"banks:decide:{max(c.pk for c in ready)}",
            since=min(c.filled_at for c in ready if c.filled_at),
        )
