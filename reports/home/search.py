"""Global search: people by beginnings of name words, programmes and pairs by words and people, orders
by number or words.
"""

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode

from people.register.models import Person
from people.rights import Right
from programs.pairings.acts import pairing_title
from programs.pairings.models import Pairing
from programs.program.models import Program
from reports.orders.models import Order

LIMIT = 10
SHORTEST = 2


def search(user, text: str) -> list[dict]:
    """Return groups of findings that the user may see: ``{"title", "rows": [{"label", "note", "url"}], "more"}``.

    ``more`` is the address of the full list when not everything is shown. Takes a constant number of queries.
    """
    text = " ".join(text.split())[:100]
    if is_short(text):
        return []
    groups = [_people(user, text), _programs(user, text), _pairings(user, text), _orders(user, text)]
    return [group for group in groups if group["rows"]]


def is_short(text: str) -> bool:
    """Whether there is too little to look for: one letter finds everybody, one digit is the number of an order."""
    return len(text) < SHORTEST and not (text.isascii() and text.isdigit())


def _group(title, found, row, more="") -> dict:
    found = list(found[: LIMIT + 1])
    return {"title": title, "rows": [row(x) for x in found[:LIMIT]], "more": more if len(found) > LIMIT else ""}


def _people(user, text) -> dict:
    people = Person.objects.visible_to(user).found_by(text).order_by("last_name", "first_name", "pk").with_posts()
    more = f"{reverse('people:register')}?{urlencode({'q': text})}" if user.can(Right.PEOPLE_SEE_ALL) else ""
    return _group(
        "Люди",
        people,
        lambda p: {"label": p.full_name, "note": p.posts[0].post if p.posts else "", "url": p.get_absolute_url()},
        more,
    )


def _programs(user, text) -> dict:
    programs = Program.objects.visible_to(user).found_by(text).with_people()
    return _group(
        "Программы",
        programs,
        lambda p: {
            "label": p.title,
            "note": f"{pairing_title(p.pairing)}, {p.get_state_display()}",
            "url": p.get_absolute_url(),
        },
        f"{reverse('programs:programs')}?{urlencode({'q': text})}",
    )


def _pairings(user, text) -> dict:
    pairings = Pairing.objects.visible_to(user).found_by(text).with_people()
    return _group(
        "Пары и группы",
        pairings,
        lambda p: {"label": pairing_title(p), "note": p.get_state_display(), "url": p.get_absolute_url()},
        f"{reverse('programs:pairings')}?{urlencode({'q': text})}",
    )


def _orders(user, text) -> dict:
    orders = Order.objects.visible_to(user).filter(_words("heading", text) | _number(text))
    return _group(
        "Приказы",
        orders,
        lambda o: {
            "label": str(o),
            "note": o.heading if o.date else o.get_state_display(),
            "url": o.get_absolute_url(),
        },
        f"{reverse('reports:orders')}?{urlencode({'q': text})}",
    )


def _words(column: str, text: str) -> Q:
    """Every word stands in the column; on SQLite case is folded by trying the usual spellings of a word."""
    found = Q()
    for word in text.split():
        found &= (
            Q(**{f"{column}__contains": word})
            | Q(**{f"{column}__contains": word.lower()})
            | Q(**{f"{column}__contains": word.capitalize()})
        )
    return found


def _number(text: str) -> Q:
    """«41», «№ 41-од», «41-од»."""
    digits = text.removeprefix("№").strip().split("-")[0]
    return Q(number=int(digits)) if digits.isascii() and digits.isdigit() and len(digits) < 7 else Q(pk__in=[])
