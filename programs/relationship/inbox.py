"""The question that waits for its person, and low answers for who reads them."""

from collections.abc import Iterator

from django.utils import timezone

from mentoring_site.inbox import Group, InboxItem
from people.accounts.models import User
from people.rights import MENTEE, MENTOR
from people.school.workdays import is_workday
from programs.relationship.models import RelationshipAnswer

AT_MOST = 30
QUESTION = "Как Вам работается вместе?"


def items(user: User) -> Iterator[InboxItem]:
    """Return the user's open questions, not on days off, and the low answers that the user reads."""
    today = timezone.localdate()
    if user.roles & {MENTOR, MENTEE}:
        own = RelationshipAnswer.objects.of(user).waiting().undisturbed(today).select_related("program")
        if (found := list(own.order_by("asked_on", "pk")[:AT_MOST])) and is_workday(today):
            yield from (_question(one) for one in found)
    yield from (_low(one) for one in RelationshipAnswer.objects.low_for(user)[:AT_MOST])


def _question(found: RelationshipAnswer) -> InboxItem:
    return InboxItem(
        QUESTION,
        f"«{found.program.title}»: один ответ из трёх, доверительно",
        f"{found.get_absolute_url()}answer/",
        "Ответить",
        since=found.asked_on,
        weight=10,
        group=Group.MEETINGS,
        key=f"relationship:{found.pk}",
    )


def _low(found: RelationshipAnswer) -> InboxItem:
    talk = found.level == RelationshipAnswer.Level.TALK
    return InboxItem(
        f"Поговорить: {found.participation.person.short_name}",
        f"«{found.program.title}»: {'просит о разговоре' if talk else 'в работе вместе есть трудности'}",
        found.get_absolute_url(),
        "Прочитать ответ",
        since=found.answered_at,
        weight=70 if talk else 55,
        group=Group.PROGRAMS,
        key=f"relationship:{found.pk}:low",
    )
