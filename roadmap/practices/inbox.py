"""What waits: practices for the council, returned ones for their authors, accepted ones for a word about the site."""

from collections.abc import Iterator

from mentoring_site.inbox import Group, HeldItem, InboxItem
from people.accounts.models import User
from people.rights import Right
from roadmap.practices.models import Practice, PracticeAuthor
from roadmap.practices.rules import parties

AT_MOST = 20
State = Practice.State


def items(user: User) -> Iterator[InboxItem]:
    """Return what the user has to read, correct or decide."""
    waiting = {State.REVIEW: Right.PRACTICES_REVIEW, State.ACCEPTED: Right.PRACTICES_PUBLISH}
    states = [state for state, right in waiting.items() if user.can(right)]
    if states:
        found = Practice.objects.filter(state__in=states, inside_at__isnull=True).prefetch_related("authors")
        for practice in found.order_by("submitted_at", "pk")[:AT_MOST]:
            if user.person_id not in parties(practice):
                yield _to_read(practice) if practice.state == State.REVIEW else _to_decide(practice)
    yield from (_to_correct(practice) for practice in _own(user) if practice.state == State.RETURNED)


def _own(user: User) -> list[Practice]:
    """Return what the user writes and the council has seen; read once for a user object, that is for a request."""
    if not hasattr(user, "_own_practices"):
        mine = PracticeAuthor.objects.filter(person=user.person_id).exclude(part=PracticeAuthor.Part.MENTEE)
        states = (State.RETURNED, State.REVIEW)
        found = Practice.objects.filter(state__in=states, authors__in=mine.values("pk")).order_by("submitted_at", "pk")
        user._own_practices = list(found[:AT_MOST])  # type: ignore[attr-defined]
    return user._own_practices  # type: ignore[attr-defined]


def _to_read(practice: Practice) -> InboxItem:
    return InboxItem(
        f"Рассмотреть практику: {practice}",
        "Совет принимает её в копилку или возвращает с замечаниями (п. 3.5)",
        f"{practice.get_absolute_url()}review/",
        "Прочитать",
        since=practice.submitted_at,
        group=Group.COUNCIL,
        key=f"practice:{practice.pk}:review",
    )


def _to_decide(practice: Practice) -> InboxItem:
    return InboxItem(
        f"Решить, показать ли на сайте: {practice}",
        "Совет принял практику в копилку",
        practice.get_absolute_url(),
        "Открыть практику",
        since=practice.reviewed_at or practice.created_at,
        group=Group.SITE,
        key=f"practice:{practice.pk}:site",
    )


def _to_correct(practice: Practice) -> InboxItem:
    return InboxItem(
        f"Поправить практику: {practice}",
        "Совет вернул её с замечаниями",
        practice.get_absolute_url(),
        "Открыть практику",
        since=practice.reviewed_at,
        group=Group.COUNCIL,
        key=f"practice:{practice.pk}",
    )


def held(user: User) -> Iterator[HeldItem]:
    """Return the user's own practices that the council reads; no query besides that of ``items``."""
    for practice in _own(user):
        if practice.state == State.REVIEW:
            url, key = practice.get_absolute_url(), f"practice:{practice.pk}"
            yield HeldItem(f"Практика: {practice}", "методический совет", url, key, since=practice.submitted_at)
