"""One act over many candidates of a bank: a reminder of the questionnaire (п. 3.4)."""

from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.utils import timezone

from mentoring_site.models import Act
from mentoring_site.told import by_letter
from mentoring_site.ui.bulk_act import BulkAct, Chosen
from people.accounts.models import User
from people.banks import acts
from people.banks.models import Candidate
from people.banks.rules import NEEDED_STATEMENTS
from people.rights import Right
from people.roles.letters import number_of_letters, unreachable


def _look(candidates: list[Any], by: User) -> list[Chosen]:
    """Say of each candidate whether the questionnaire is still awaited; reads what the list has prefetched."""
    found = []
    reminded = set(
        Act.objects.about_all(candidates)
        .filter(verb="remind", at__gte=timezone.now() - acts.REMIND_PAUSE)
        .values_list("object_id", flat=True)
    )
    prefetch_related_objects([candidate.person for candidate in candidates], "user")
    for candidate in candidates:
        have = {statement.kind for statement in candidate.statements.all()}
        filled = set(NEEDED_STATEMENTS[candidate.part]) <= have and (
            candidate.part == Candidate.Part.MENTEE or bool(candidate.capacity_persons)
        )
        reasons = []
        if candidate.state not in Candidate.LIVE_STATES:
            reasons.append("в банке уже не стоит")
        elif filled:
            reasons.append("анкета уже заполнена")
        elif candidate.pk in reminded:
            reasons.append("сегодня уже напоминали")
        elif why := unreachable(candidate.person, "заполните анкету со слов"):
            reasons.append(why)
        name = candidate.person.short_name
        found.append(Chosen(candidate, name, candidate.get_absolute_url(), candidate.post or "", tuple(reasons)))
    return found


def _remind(candidate: Candidate, *, by: User, key: UUID) -> None:
    acts.remind(candidate, by=by)


REMIND = {
    part: BulkAct(
        "Напомнить об анкете",
        f"people:remind_{word}",
        Right.BANKS_PROPOSE,
        "письмо,письма,писем",
        "Напоминания об анкете написаны",
        _look,
        _remind,
        consequences=lambda ready, by: [
            number_of_letters(len(ready)),
            by_letter("Каждый получит письмо со ссылкой на свою анкету, не чаще раза в день."),
        ],
    )
    for part, word in ((Candidate.Part.MENTEE, "mentees"), (Candidate.Part.MENTOR, "mentors"))
}
