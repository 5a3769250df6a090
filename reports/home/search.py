"""Global search: people, partners, programs, pairs, orders, materials, practices by names and words (п. 1.2)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from people.accounts.models import User
from people.language.name_text import search_terms
from people.register.acts import sees_contacts
from people.register.models import Person
from people.rights import Right
from programs.pairings.acts import pairing_title
from programs.pairings.models import Pairing
from programs.program.models import Program
from reports.orders.models import Order
from roadmap.library.models import Material
from roadmap.partners.models import Partner
from roadmap.practices.models import Practice

LIMIT = 10
SHORTEST = 2


@dataclass(frozen=True)
class Hit:
    """Something found, with a word about it."""

    label: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class HitGroup:
    """What was found of one type; ``more`` is the address of the full list when not everything is shown."""

    title: str
    rows: list[Hit]
    more: str


def search(user: User, text: str) -> list[HitGroup]:
    """Return groups of findings that the user may see. Takes a constant number of queries."""
    text = " ".join(text.split())[:100]
    if is_short(text):
        return []
    groups = [_people(user, text), _programs(user, text), _pairings(user, text), _orders(user, text)]
    groups.append(_partners(user, text))
    groups += [_materials(user, text), _practices(user, text)]
    return [group for group in groups if group.rows]


def is_short(text: str) -> bool:
    """Whether there is too little to look for: one letter finds everybody, one digit is the number of an order."""
    return len(text) < SHORTEST and not (text.isascii() and text.isdigit())


def _group(title: str, found: QuerySet, hit: Callable[[Any], Hit], more: str) -> HitGroup:
    objects = list(found[: LIMIT + 1])
    return HitGroup(title, [hit(thing) for thing in objects[:LIMIT]], more if len(objects) > LIMIT else "")


def _list_url(name: str, text: str) -> str:
    return f"{reverse(name)}?{urlencode({'q': text})}"


def _people(user: User, text: str) -> HitGroup:
    found = Person.objects.visible_to(user).found_by(text).order_by("last_name", "first_name", "pk").with_posts()
    more = _list_url("people:register", text) if user.can(Right.PEOPLE_SEE_ALL) else ""
    terms = search_terms(text)

    def hit(person: Person) -> Hit:
        notes = [person.posts[0].post] if person.posts else []
        by_former = not all(term in person.search for term in terms)
        if by_former and sees_contacts(user, person):  # why this person is found
            notes += [f"прежнее имя: {former}" for former in person.former_names.all()]
        return Hit(person.full_name, person.get_absolute_url(), "; ".join(notes))

    return _group("Люди", found.prefetch_related("former_names"), hit, more)


def _programs(user: User, text: str) -> HitGroup:
    found = Program.objects.visible_to(user).found_by(text).with_people()
    return _group("Программы", found, _program_hit, _list_url("programs:programs", text))


def _program_hit(program: Program) -> Hit:
    note = f"{pairing_title(program.pairing)}, {program.get_state_display()}"
    return Hit(program.title, program.get_absolute_url(), note)


def _materials(user: User, text: str) -> HitGroup:
    found = Material.objects.visible_to(user).found_by(text)
    return _group("Методические материалы", found, _described_hit, _list_url("roadmap:library", text))


def _practices(user: User, text: str) -> HitGroup:
    found = Practice.objects.visible_to(user).found_by(text)
    return _group("Лучшие практики", found, _described_hit, _list_url("roadmap:practices", text))


def _described_hit(thing: Material | Practice) -> Hit:
    return Hit(thing.title, thing.get_absolute_url(), thing.get_state_display())


def _pairings(user: User, text: str) -> HitGroup:
    found = Pairing.objects.visible_to(user).found_by(text).with_people()
    return _group("Пары и группы", found, _pairing_hit, _list_url("programs:pairings", text))


def _pairing_hit(pairing: Pairing) -> Hit:
    return Hit(pairing_title(pairing), pairing.get_absolute_url(), pairing.get_state_display())


def _orders(user: User, text: str) -> HitGroup:
    found = Order.objects.visible_to(user).found_by(text)
    return _group("Приказы", found, _order_hit, _list_url("reports:orders", text))


def _order_hit(order: Order) -> Hit:
    return Hit(str(order), order.get_absolute_url(), order.heading if order.date else order.get_state_display())


def _partners(user: User, text: str) -> HitGroup:
    found = Partner.objects.visible_to(user).select_related("organisation").order_by("search", "pk")
    for term in search_terms(text):
        found = found.filter(search__contains=term)
    return _group("Партнёры", found, _partner_hit, _list_url("roadmap:partners", text))


def _partner_hit(partner: Partner) -> Hit:
    return Hit(str(partner), partner.get_absolute_url(), partner.organisation.get_kind_display())
