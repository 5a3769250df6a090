"""What training asks: records to confirm, records sent back, invitations to learn (п. 3.4, 5.1)."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse

from mentoring_site.inbox import Group, HeldItem, InboxItem
from people.accounts.models import User
from people.rights import Right
from roadmap.training.models import Training, TrainingInvitation

AT_MOST, READ_AT_MOST = 20, 50
ENTERED, RETURNED = Training.State.ENTERED, Training.State.RETURNED


def items(user: User) -> Iterator[InboxItem]:
    """Return one's own records sent back and invitations, and for keepers what is to be confirmed; two queries."""
    asked = Q(person=user.person_id, state=RETURNED)
    if keeps := user.can(Right.TRAINING_EDIT):
        asked |= Q(state=ENTERED) & ~Q(person=user.person_id)
    found = list(Training.objects.filter(asked).select_related("person").order_by("-created_at", "-pk")[:READ_AT_MOST])
    for one in found:
        if one.state == RETURNED:
            yield InboxItem(
                f"Уточнить запись об обучении: {one.topic}",
                one.remark,
                f"{one.get_absolute_url()}edit/",
                "Уточнить",
                since=one.answered_at,
                weight=20,
                group=Group.TRAINING,
                key=f"training:{one.pk}:clear",
            )
    for invitation in TrainingInvitation.objects.open().filter(person=user.person_id):
        yield InboxItem(
            "Вас приглашают учиться наставничеству",
            invitation.text,
            invitation.get_absolute_url(),
            "Прочитать",
            since=invitation.invited_at,
            until=invitation.due_on,
            weight=20,
            group=Group.TRAINING,
            key=f"training-invitation:{invitation.pk}",
        )
    if keeps:
        yield from _to_confirm([one for one in found if one.state == ENTERED])


def _to_confirm(found: list[Training]) -> Iterator[InboxItem]:
    if len(found) > AT_MOST:
        yield InboxItem(
            "Подтвердить записи об обучении",
            f"Ждёт больше {AT_MOST}: сверьте их с документами",
            f"{reverse('roadmap:trainings')}?state=entered&year=all",
            "Открыть записи",
            since=found[-1].created_at,
            weight=15,
            group=Group.TRAINING,
            key=f"training:confirm:{found[0].pk}",
        )
        return
    for one in found:
        yield InboxItem(
            f"Подтвердить обучение: {one.person.short_name}",
            f"{one.topic}: сверьте с документом",
            f"{one.get_absolute_url()}check/",
            "Проверить",
            since=one.created_at,
            weight=15,
            group=Group.TRAINING,
            key=f"training:{one.pk}:confirm",
        )


def held(user: User) -> Iterator[HeldItem]:
    """Return the user's own records that wait to be confirmed."""
    for one in Training.objects.filter(person=user.person_id, state=ENTERED)[:AT_MOST]:
        key, who = f"training:{one.pk}:clear", Right.TRAINING_EDIT.who
        yield HeldItem(f"Подтверждение обучения: {one.topic}", who, one.get_absolute_url(), key, since=one.created_at)
