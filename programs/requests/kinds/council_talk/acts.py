"""Acts of a talk with the council: invitation, another day, what came of it, both sides confirm (п. 3.5)."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from mentoring_site.locks import locked
from mentoring_site.mail import letters_of
from mentoring_site.russian import rudate, rutime
from mentoring_site.workflow import Already, NotAllowed, Refused, record, reload
from people.accounts.models import User
from people.register.models import Person
from people.rights import CHAIR, COUNCIL, SECRETARY, Right
from people.roles.letters import mail_person
from people.roles.models import RoleGrant
from programs.requests import acts as request_acts
from programs.requests.deciding import interested
from programs.requests.kinds.base import ACCEPTED
from programs.requests.kinds.council_talk.models import CouncilCase
from programs.requests.models import Request

MEMBERS = (CHAIR, SECRETARY, COUNCIL)


def mediators(request: Any) -> set[int]:
    """Return the keys of members of the council who may lead the talk: nobody interested."""
    held = RoleGrant.objects.in_force().filter(role__in=MEMBERS).order_by()
    return set(held.values_list("person", flat=True)) - interested(request)


def leads(request: Any, user: User) -> bool:
    """Whether the user leads the talk, or names who does and is not interested."""
    if user.person_id == request.council_case.mediator_id:
        return True
    return user.can(Right.COUNCIL_TALKS) and user.person_id not in interested(request, user)


def sides(request: Any) -> list[Person]:
    """Return the author and, in a mediation, the other side."""
    return [request.author, *([request.person] if request.person else [])]


def invite(request: Request, *, mediator: Person | None, meets_at: dt.datetime | None, place: str) -> None:
    """Name the mediator, the day and the place and invite, inside the act that does so. Raises ``Refused``."""
    case = locked(request.council_case)
    if mediator is None or mediator.pk not in mediators(request):
        raise Refused("Ведёт беседу член методического совета, которого дело не касается")
    if meets_at is None or meets_at <= timezone.now():
        raise Refused("Назначьте день и час, которые впереди")
    if not place.strip():
        raise Refused("Напишите, где беседа")
    CouncilCase.objects.filter(pk=case.pk).update(
        mediator=mediator, meets_at=meets_at, place=place.strip(), invited_at=timezone.now()
    )
    case.refresh_from_db()
    for person in {*sides(request), mediator}:
        mail_person(person, "talk_invited", asks=str(case.pk), person=person, talk=case, asked=request)


def take_back(request: Request) -> None:
    """Invite nobody, inside the act that takes the decision back. Raises ``Refused``.

    A talk that was held stays; in an ended pair nobody could decide the request again.
    """
    case = locked(request.council_case)
    if case.held_on:
        raise Refused("Беседа уже прошла: отменить приглашение нельзя")
    if request.pairing and request.pairing.state != request.pairing.State.ASSIGNED:
        raise Refused("Пара уже завершена: беседу можно перенести или завершить, но не вернуть на решение")
    CouncilCase.objects.filter(pk=case.pk).update(mediator=None, meets_at=None, place="", invited_at=None)


@transaction.atomic
def move(request: Request, *, by: User, mediator: Person, meets_at: dt.datetime, place: str) -> Request:
    """Another day, place or mediator. Raises ``NotAllowed``, ``Refused``."""
    fresh = _open(request, by)
    if fresh.council_case.held_on:
        raise Refused("Беседа уже прошла")
    words = f"беседа назначена на {rudate(meets_at)} в {rutime(timezone.localtime(meets_at))}"
    act = record(fresh, "move", by=by, words=words)
    with letters_of(act):
        invite(fresh, mediator=mediator, meets_at=meets_at, place=place)
    return reload(fresh)


def _open(request: Request, by: User) -> Request:
    locked(request)
    fresh = reload(request)
    if not leads(fresh, by):
        raise NotAllowed("Это делает тот, кто ведёт беседу, или председатель методического совета")
    if fresh.state != ACCEPTED:
        raise Refused("Сейчас беседа не идёт")
    return fresh


@transaction.atomic
def hold(request: Request, *, by: User, held_on: dt.date, result: str, reached: bool | None = None) -> Request:
    """Write down the talk. Advice and a talk without an agreement end the case; an agreement waits for both sides.

    Words that are changed before both have confirmed are confirmed anew. Raises ``NotAllowed``, ``Refused``.
    """
    fresh = _open(request, by)
    case = locked(fresh.council_case)
    mediation = fresh.person is not None
    if held_on > timezone.localdate() or held_on < timezone.localdate(fresh.created_at):
        raise Refused("День беседы — не раньше обращения и не позже сегодняшнего дня")
    if not result.strip():
        raise Refused("Напишите, чем закончилась беседа")
    if mediation and reached is None:
        raise Refused("Отметьте, договорились ли стороны")
    CouncilCase.objects.filter(pk=case.pk).update(
        held_on=held_on,
        result=result.strip(),
        reached=reached if mediation else None,
        author_agreed_at=None,
        author_agreed_by=None,
        other_agreed_at=None,
        other_agreed_by=None,
    )
    record(fresh, "hold", by=by, words=f"беседа прошла {rudate(held_on)}")
    case.refresh_from_db()
    if not case.reached:
        return request_acts.close(reload(fresh), by=None)
    for person in sides(fresh):
        mail_person(person, "council_agreement", asks=f"{case.pk}:{person.pk}", person=person, asked=fresh)
    return reload(fresh)


def side_of(request: Any, user: User) -> str:
    """Return «author» or «other» of a user who is a side, else an empty string."""
    if user.person_id == request.author_id:
        return "author"
    return "other" if request.person_id and user.person_id == request.person_id else ""


@transaction.atomic
def confirm(request: Request, *, by: User, side: str = "") -> Request:
    """A side confirms the words of the agreement; whoever leads the talk records what a side has signed on paper.

    The case ends when both have. Raises ``NotAllowed``, ``Refused``, ``Already``.
    """
    locked(request)
    fresh = reload(request)
    case = locked(fresh.council_case)
    own = side_of(fresh, by)
    side = own or side
    if side not in ("author", "other") or (not own and by.person_id != case.mediator_id):
        raise NotAllowed("Подтверждают стороны; с бумаги записывает тот, кто ведёт беседу")
    if fresh.state != ACCEPTED or not case.reached:
        raise Refused("Подтверждать пока нечего: договорённость не записана")
    if getattr(case, f"{side}_agreed_at"):
        raise Already("Уже подтверждено")
    CouncilCase.objects.filter(pk=case.pk).update(**{f"{side}_agreed_at": timezone.now(), f"{side}_agreed_by": by})
    who = fresh.author if side == "author" else fresh.person
    assert who is not None  # only a mediation has an agreement
    words = "договорённость подтверждена" if own else f"записано с бумаги: договорённость подтверждает {who.short_name}"
    record(fresh, "confirm", by=by, words=words)
    case.refresh_from_db()
    if case.waits_for_sides:
        return reload(fresh)
    return request_acts.close(reload(fresh), by=None)


def erase(rows: Any) -> None:
    """Destroy what was written of talks."""
    for found in CouncilCase.objects.filter(request__in=rows):
        case = locked(found)
        CouncilCase.objects.filter(pk=case.pk).update(result="уничтожено" if case.result else "", place="")


def _ahead(key: str, person: int | None) -> bool:
    return CouncilCase.objects.filter(pk=key, request__state=ACCEPTED, held_on=None).exists()


def _unconfirmed(key: str, person: int | None) -> bool:
    pk, _, who = key.partition(":")
    case = CouncilCase.objects.filter(pk=pk, request__state=ACCEPTED, reached=True).select_related("request").first()
    if case is None:
        return False
    return not (case.author_agreed_at if str(case.request.author_id) == who else case.other_agreed_at)


NEEDED = {"talk_invited": _ahead, "council_agreement": _unconfirmed}
NEWS = {"council_asked"}
