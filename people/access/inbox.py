"""What waits: requests to release, slips to print, what has happened to the own access, what the director must know."""

from django.utils import timezone

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.russian import upper_first
from people.access import acts, presenters, rules
from people.access.models import WAITS, AccessRequest
from people.accounts.models import User
from people.rights import Right

WEIGHT = 90  # before everything but the first setup: an intruder does not wait


def items(user: User) -> list[InboxItem]:
    """Return what waits for the user about access: of others, and the own."""
    found = [
        InboxItem(
            f"Изменился доступ к Вашей учётной записи: {request.get_kind_display()}",
            "Скажите, знаете ли Вы об этом. Если это не Вы, вход сразу закроется",
            request.get_absolute_url(),
            "Ответить",
            since=request.released_at,
            until=timezone.localdate(),  # an intruder does not wait: before everything, on every day
            weight=WEIGHT,
            group=Group.ACCESS,
            key=f"access:{request.pk}:answer",
            binding=True,
        )
        for request in AccessRequest.objects.told_to(user.person_id)
    ]
    found += _to_print(user)
    return [*found, *_to_release(user), *_to_note(user)] if user.can(Right.ACCESS_RELEASE) else found


def _to_release(user: User) -> list[InboxItem]:
    asked = AccessRequest.objects.filter(state="asked").select_related("person", "asked_by__person")
    return [
        InboxItem(
            f"Подтвердить доступ: {acts.what(request)}",
            f"Просит {request.asked_by.person.short_name}"
            if request.asked_by
            else "Из списка, загруженного на сервере",
            request.get_absolute_url(),
            "Посмотреть",
            since=request.asked_at,
            until=(request.asked_at + WAITS).date(),
            weight=WEIGHT,
            group=Group.ACCESS,
            key=f"access:{request.pk}:release",
            binding=True,
        )
        for request in asked
        if rules.may_release(request, user)
    ]


def _to_note(user: User) -> list[InboxItem]:
    return [
        InboxItem(
            f"{upper_first(request.get_kind_display())}: {request.person.short_name}",
            "Владелец говорит, что это не он" if request.answer else "Сделано на сервере, без подтверждения в системе",
            request.get_absolute_url(),
            "Посмотреть",
            since=request.released_at,
            until=timezone.localdate(),
            weight=WEIGHT,
            group=Group.ACCESS,
            key=f"access:{request.pk}:note",
            binding=True,
        )
        for request in AccessRequest.objects.to_note().select_related("person")
        if acts.may_note(request, user)
    ]


def _to_print(user: User) -> list[InboxItem]:
    mine = AccessRequest.objects.filter(asked_by=user.pk, state="released", invitation=None).exclude(part_hash="")
    return [
        InboxItem(
            f"Напечатать листок: {request.person.short_name}",
            "Доступ подтверждён. Отдайте листок лично; второй код владельцу скажет тот, кто подтвердил",
            request.get_absolute_url(),
            "Открыть",
            since=request.released_at,
            until=request.usable_until.date(),
            group=Group.ACCESS,
            key=f"access:{request.pk}:print",
            binding=True,
        )
        for request in mine.select_related("person", "invitation")
        if presenters.can_print(request, user)
    ]
