"""One act over many candidates of a bank: a reminder of the questionnaire (п. 3.4)."""

from typing import Any
from uuid import UUID

from mentoring_site.ui.bulk_act import BulkAct, Chosen
from people.accounts.models import User
from people.banks import acts
from people.banks.models import Candidate
from people.banks.rules import NEEDED_STATEMENTS
from people.rights import Right


def _look(candidates: list[Any], by: User) -> list[Chosen]:
    """Say of each candidate whether the questionnaire is still awaited; reads what the list has prefetched."""
    found = []
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
        elif not candidate.person.email:
            reasons.append("нет e-mail: заполните анкету со слов")
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
        "Напоминания об анкете уходят письмом",
        _look,
        _remind,
        consequences=lambda ready, by: ["Каждый получит письмо со ссылкой на свою анкету, не чаще раза в день."],
    )
    for part, word in ((Candidate.Part.MENTEE, "mentees"), (Candidate.Part.MENTOR, "mentors"))
}
