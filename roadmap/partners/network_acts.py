"""Acts about networks, the school's people in them, and talks with their next steps (п. 3.4)."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mentoring_site.locks import locked, one_at_a_time
from mentoring_site.rights import require
from mentoring_site.russian import period
from mentoring_site.workflow import Already, NotAllowed, Refused, claim_version, record
from people.accounts.models import User
from people.register.leaving import beyond_work
from people.register.models import Person
from people.rights import Right
from roadmap.partners.acts import cleaned
from roadmap.partners.models import Network, NetworkMember, Partner, Talk


@transaction.atomic
def save_network(
    network: Network | None,
    *,
    by: User,
    version: int = 0,
    partners: Iterable[Partner] = (),
    request_key: UUID | None = None,
    **values: Any,
) -> Network:
    """Write down a network or a community, or change it. Raises ``NotAllowed``, ``Stale``, ``Refused``."""
    require(by, Right.PARTNERS_EDIT)
    one_at_a_time("networks")
    if network is None and request_key and (known := Network.objects.filter(request_key=request_key).first()):
        return known
    values = {name: cleaned(value) for name, value in values.items()}
    if not values.get("name"):
        raise Refused("Напишите название")
    others = Network.objects.exclude(pk=network.pk) if network else Network.objects.all()
    if others.filter(name=values["name"]).exists():
        raise Refused(f"«{values['name']}» уже есть в списке")
    if network is None:
        made = Network.objects.create(request_key=request_key, **values)
    else:
        made = locked(network)
        claim_version(made, version)
        for name, value in values.items():
            setattr(made, name, value)
        made.save()
    made.partners.set(list(partners))
    fresh = network is None
    words = "записана сеть или сообщество" if fresh else "изменены сведения"
    record(made, "enter" if fresh else "edit", by=by, words=words)
    return made


@transaction.atomic
def take_in(
    network: Network, person: Person, *, by: User, since: date, until: date | None = None, part: str = ""
) -> NetworkMember:
    """Write down that a person takes part in a network. Raises ``NotAllowed``, ``Refused``, ``Already``."""
    require(by, Right.PARTNERS_EDIT)
    locked(network)
    if until and until < since:
        raise Refused("Последний день не может быть раньше первого")
    if past := beyond_work([person], until or since, f"участие в сети «{network.name}»"):
        raise Refused(past)
    if mine := NetworkMember.objects.live(since).filter(network=network, person=person).first():
        raise Already(f"{person.short_name}: уже участвует, {period(mine.since, mine.until)}")
    made = NetworkMember.objects.create(network=network, person=person, since=since, until=until, part=cleaned(part))
    record(network, "take_in", by=by, words="записан участник", member=made.pk)
    return made


@transaction.atomic
def leave(member: NetworkMember, *, by: User, until: date) -> NetworkMember:
    """Write the last day of a person in a network. Raises ``NotAllowed``, ``Already``, ``Refused``."""
    require(by, Right.PARTNERS_EDIT)
    fresh = locked(member)
    if fresh.until is not None:
        raise Already("Последний день уже записан")
    if until < fresh.since:
        raise Refused("Последний день не может быть раньше первого")
    NetworkMember.objects.filter(pk=fresh.pk).update(until=until)
    record(fresh.network, "leave", by=by, words="записан последний день участника", member=fresh.pk)
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def talk(*, by: User, request_key: UUID | None = None, **values: Any) -> Talk:
    """Write a talk into the log: with whom, about what, what was agreed and what comes next (п. 3.4).

    Returns it, or the one made by the same ``request_key``. Raises ``NotAllowed``; ``Refused`` with what is missing.
    """
    require(by, Right.PARTNERS_EDIT, act="записывать разговоры с партнёрами")
    one_at_a_time("talks")
    if request_key and (made := Talk.objects.filter(request_key=request_key).first()):
        return made
    values = {name: cleaned(value) for name, value in values.items()}
    if values.get("next_step") and not values.get("responsible"):
        values["responsible"] = by.person
    if not values.get("next_step"):
        values |= {"next_step": "", "next_on": None, "responsible": None}
    if contact := values.get("contact"):
        values["partner"] = values.get("partner") or contact.partner
    if wrong := _missing(values):
        raise Refused(wrong)
    made = Talk.objects.create(created_by=by, request_key=request_key, **values)
    record(made, "talk", by=by, words="записан разговор")
    return made


def _missing(values: dict[str, Any]) -> list[str]:
    found = []
    if not any(values.get(name) for name in ("partner", "contact", "network")):
        found.append("Выберите, с кем был разговор: партнёр, контакт или сеть")
    if not values.get("about"):
        found.append("Напишите, о чём был разговор")
    if values["held_on"] > timezone.localdate():
        found.append("Разговор ещё не состоялся: запишите его, когда поговорите")
    if values.get("next_step") and not values.get("next_on"):
        found.append("Укажите, до какого дня сделать следующий шаг")
    return found


def makes_step(row: Talk, user: User) -> bool:
    """Whether the user may say that the next step of a talk is done."""
    return row.responsible_id == user.person_id or user.can(Right.PARTNERS_EDIT)


@transaction.atomic
def step_done(row: Talk, *, by: User) -> Talk:
    """The next step of a talk is done. Raises ``NotAllowed``; ``Already`` when it was or there is none."""
    fresh = locked(row)
    if not makes_step(fresh, by):
        raise NotAllowed(f"Отметить может тот, кто делает этот шаг, или {Right.PARTNERS_EDIT.who}")
    if not fresh.next_step or fresh.done_at:
        raise Already("Следующий шаг уже сделан")
    Talk.objects.filter(pk=fresh.pk).update(done_at=timezone.now(), done_by=by)
    record(fresh, "step", by=by, words="следующий шаг сделан")
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def undo_step(row: Talk, *, by: User, undone: int) -> None:
    """Take back that the next step is done."""
    fresh = locked(row)
    Talk.objects.filter(pk=fresh.pk).update(done_at=None, done_by=None)
    record(fresh, "unstep", by=by, words="отметка о следующем шаге отменена", undone=undone)


@transaction.atomic
def remove_talk(row: Talk, *, by: User, undone: int | None = None) -> None:
    """Take a talk out of the log: it was written down by mistake. Raises ``NotAllowed``, ``Already``."""
    require(by, Right.PARTNERS_EDIT, act="убирать разговоры с партнёрами")
    fresh = locked(row, gone="Этой записи уже нет")
    about = fresh.partner or fresh.network or fresh.contact
    if about is not None:
        record(
            about, "talk_removed", by=by, words="убрана запись о разговоре", **({"undone": undone} if undone else {})
        )
    fresh.delete()
