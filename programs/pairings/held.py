"""Pairs and groups that wait for the answers of their people or for the council (п. 3.5, 6.1)."""

from collections.abc import Iterator

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import HeldItem
from mentoring_site.russian import joined
from people.accounts.models import User
from people.rights import Right
from programs.pairings.inbox import PATIENCE
from programs.pairings.models import Pairing, present
from programs.pairings.reminders import awaits_council, may_remind
from programs.pairings.rules import pairing_title

AT_MOST = 30


def held(user: User) -> Iterator[HeldItem]:
    """Return the proposed pairs that others answer about: all for the curator, else those proposed or one's own.

    Answers are given in confidence: who takes part is told that others are asked, not who is silent. Two queries.
    """
    proposed = Pairing.objects.filter(state=Pairing.State.PROPOSED)
    if not user.can(Right.PAIRINGS_ANSWER_FOR_OTHERS):
        mine = proposed.filter(pk__in=user.person.participations.live().values("pairing"))
        proposed = mine | proposed.filter(proposed_by=user) if user.can(Right.PAIRINGS_PROPOSE) else mine
    people = Prefetch("participations", present().select_related("person"), to_attr="people")
    rows = proposed.order_by("proposed_at", "pk").prefetch_related(people)  # type: ignore[no-redef]
    for pairing in rows[:AT_MOST]:
        mine_here = next((p for p in pairing.people if p.person_id == user.person_id), None)
        if mine_here is not None:
            if mine_here.wish:
                yield _item(pairing, "остальные участники и совет", "own")
        elif silent := [p for p in pairing.people if not p.wish]:
            if pairing.proposed_at >= timezone.now() - PATIENCE:  # after that the curator is asked to remind
                yield _item(pairing, joined([p.person.short_name for p in silent]), "silent", _remind(user, silent))
        elif awaits_council(pairing):
            url = reverse("programs:pairing_remind_council", args=[pairing.pk]) if may_remind(user) else ""
            what = "recommend" if pairing.topics_confirmed_at else "topics"
            yield _item(pairing, "методический совет", what, url)


def _remind(user: User, silent: list) -> str:
    """One silent person can be reminded from here, several from the page of the pair."""
    if len(silent) != 1 or not may_remind(user):
        return ""
    return reverse("programs:pairing_remind", args=[silent[0].pairing_id, silent[0].pk, "answer"])


def _item(pairing: Pairing, who: str, what: str, remind_url: str = "") -> HeldItem:
    return HeldItem(
        f"Предложение: {pairing_title(pairing)}",
        who,
        pairing.get_absolute_url(),
        f"pairing:{pairing.pk}:{what}",
        since=pairing.proposed_at,
        remind_url=remind_url,
    )
