"""Acts on what the choice goes by: change its rules, write a wish down, take it back (п. 3.5, 6.1).

The log never says about whom somebody wrote or what: a wish is a matter between its author and the curator.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from mentoring_site.locks import one_at_a_time
from mentoring_site.rights import require
from mentoring_site.workflow import Already, NotAllowed, Refused, record
from people.accounts.models import User
from people.register.models import Person
from people.rights import Right
from programs.pairings.choosing.models import ChoiceRules, ColleagueWish
from programs.pairings.matching import CAN_BE_MUST, IMPORTANCE, MUST, USUAL_WEIGHTS, Criterion, Rules


def rules() -> Rules:
    """Return the rules of the school, or the usual ones."""
    kept = ChoiceRules.objects.filter(pk=1).first()
    if kept is None:
        return Rules()
    weights = {criterion: kept.weights.get(criterion, usual) for criterion, usual in USUAL_WEIGHTS.items()}
    return Rules(weights, kept.hours_each, kept.heads)


@transaction.atomic
def change_rules(*, by: User, weights: Mapping[Criterion, int], hours_each: int, heads: bool) -> ChoiceRules:
    """Keep how much each criterion counts, for everybody who chooses. Raises ``NotAllowed``, ``Refused``."""
    require(by, Right.PAIRINGS_ANSWER_FOR_OTHERS, act="изменить правила подбора")
    one_at_a_time("rules of the choice of pairs")
    for criterion, weight in weights.items():
        if weight not in IMPORTANCE or (weight == MUST and criterion not in CAN_BE_MUST):
            raise Refused(f"«{criterion.label}»: выберите важность из списка")
    if not any(weights.values()):
        raise Refused("Хотя бы один признак должен что-то значить")
    values = {"weights": {str(k): v for k, v in weights.items()}, "hours_each": hours_each, "heads": heads}
    kept, _ = ChoiceRules.objects.update_or_create(
        pk=1, defaults=values | {"changed_at": timezone.now(), "changed_by": by}
    )
    record(kept, "change", by=by, words="изменены правила подбора пар", **values)
    return kept


@transaction.atomic
def wish(author: Person, about: Person, kind: str, *, by: User, reason: str = "") -> ColleagueWish:
    """Write down what ``author`` wishes about a pair with ``about``; a later word replaces the earlier.

    The curator writes it down in somebody's words, but not a wish about the curator. Raises ``NotAllowed``; ``Refused``
    for oneself or without a reason where one is asked to be kept apart.
    """
    _check_may(by, author, about)
    if author.pk == about.pk:
        raise Refused("Выберите коллегу: о себе пожелания не пишут")
    if kind not in ColleagueWish.Kind.values:
        raise Refused("Выберите, что Вы хотите сказать")
    if kind != ColleagueWish.Kind.PREFER and not reason.strip():
        raise Refused("Напишите в двух словах, почему: без этого куратор не поймёт, кого предложить вместо")
    one_at_a_time(f"wishes of {author.pk}")
    values = {"kind": kind, "reason": reason.strip(), "recorded_at": timezone.now(), "recorded_by": by}
    made, _ = ColleagueWish.objects.update_or_create(author=author, about=about, defaults=values)
    record(made, "wish", by=by, words="записано пожелание о паре")
    return made


@transaction.atomic
def take_back(made: ColleagueWish, *, by: User) -> None:
    """Forget a wish; nothing of it stays. Raises ``NotAllowed``, ``Already``."""
    _check_may(by, made.author, made.about)
    found = ColleagueWish.objects.select_for_update().filter(pk=made.pk).first()
    if found is None:
        raise Already("Этого пожелания уже нет")
    record(found, "take_back", by=by, words="пожелание о паре снято")
    found.delete()


def _check_may(by: User, author: Person, about: Person) -> None:
    writes_for_others = by.can(Right.PAIRINGS_ANSWER_FOR_OTHERS) and about.pk != by.person_id
    if by.person_id != author.pk and not writes_for_others:
        raise NotAllowed(f"Пожелание пишет сам человек, с его слов — {Right.PAIRINGS_ANSWER_FOR_OTHERS.who}")
