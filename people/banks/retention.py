"""Questionnaires in an act of destruction: what is destroyed, and what an approved program still needs (ст. 21).

Programs stand above the banks, so they say themselves which statements their papers refer to (``keep_used_by``).
"""

from collections.abc import Callable

from django.db.models import F, Q, QuerySet

from mentoring_site.russian import plural
from people.banks.models import Candidate, Statement
from people.consents.destruction.erasure import ERASED, mask_history
from people.consents.destruction.retention import ErasableData
from people.register.models import Person

QUESTIONNAIRES = "answers"
ANSWERS = ("why", "capacity_hours", "capacity_persons", "wishes", "comment")
"""Fields of a candidate that the person, or somebody about the person, has filled in."""

Use = Callable[[], Q]
"""Returns the condition of the statements that the papers of one feature refer to."""
USES: list[Use] = []


def keep_used_by(*uses: Use) -> None:
    """Add conditions of statements that papers refer to, once each; called by the apps when they are ready."""
    USES.extend(use for use in uses if use not in USES)


def _statements(person: Person) -> QuerySet[Statement]:
    """Return the statements that are not destroyed yet."""
    return Statement.objects.filter(candidate__person=person).exclude(text=ERASED)


def _used() -> Q:
    """Return the condition of statements that a paper refers to."""
    condition = Q(pk__in=[])
    for use in USES:
        condition |= use()
    return condition


def _found(person: Person) -> list[str]:
    answered = ~Q(why="") | ~Q(wishes="") | ~Q(comment="")
    answered |= Q(capacity_hours__isnull=False) | Q(capacity_persons__isnull=False)
    forms = Candidate.objects.filter(answered, person=person).count()
    free = _statements(person).exclude(_used()).count()
    return [
        *([plural(forms, "анкета,анкеты,анкет")] if forms else []),
        *([f"{plural(free, 'ответ,ответа,ответов')} о затруднениях, запросах и компетенциях"] if free else []),
    ]


def _erase(person: Person) -> int:
    candidates = list(Candidate.objects.filter(person=person).values_list("pk", flat=True))
    empty = {name: None if Candidate._meta.get_field(name).null else "" for name in ANSWERS}
    Candidate.objects.filter(pk__in=candidates).update(**empty, version=F("version") + 1)
    mask_history(Candidate, candidates, ANSWERS)
    free = list(_statements(person).exclude(_used()).values_list("pk", flat=True))
    Statement.objects.filter(pk__in=free).update(text=ERASED, topic=None)
    mask_history(Statement, free, ("text", "topic"), names_itself=True)
    return len(candidates) + len(free)


def reasons(person: Person) -> list[str]:
    """Statements that stay as parts of approved programs."""
    used = _statements(person).filter(_used()).count()
    return [f"Ответы анкеты, вошедшие в программу ({used}): часть утверждённого документа"] if used else []


DATA = ErasableData(
    QUESTIONNAIRES,
    "анкеты: затруднения, запросы, сильные стороны, компетенции, интересы, пожелания",
    _found,
    _erase,
)
