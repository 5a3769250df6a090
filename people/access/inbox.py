"""What waits: requests to release, slips to print, what has happened to the own access, what the director must know."""

from django.urls import reverse
from django.utils import timezone

from mentoring_site.inbox import Group, InboxItem
from mentoring_site.russian import joined, plural_word, upper_first
from people.access import acts, rules
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
    """One thing for all slips: they are printed together."""
    found = list(AccessRequest.objects.to_print(user).select_related("person"))
    if not found:
        return []
    names = joined([request.person.short_name for request in found])
    return [
        InboxItem(
            f"Напечатать {plural_word(len(found), 'листок,листки,листки')}: {names}",
            "Доступ подтверждён. Отдайте лично; второй код владельцу скажет тот, кто подтвердил",
            reverse("people:access_slips"),
            "Напечатать",
            since=min(r.released_at for r in found if r.released_at),
            until=min(r.usable_until for r in found).date(),
            group=Group.ACCESS,
            key=f"access:{max(r.pk for r in found)}:print",
            binding=True,
        )
    ]
