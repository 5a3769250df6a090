"""Global search: people by beginnings of name words, programmes by words of the title, orders by number or words."""

from django.db.models import Q

from people.models import Person
from programs.models import Program
from reports.models import Order

LIMIT = 20


def search(user, text: str) -> list[dict]:
    """Return groups of findings that the user may see: ``{"title", "rows": [{"label", "note", "url"}]}``."""
    text = " ".join(text.split())[:100]
    if len(text) < 2:
        return []
    people = Person.objects.visible_to(user).found_by(text).with_posts()[:LIMIT]
    programs = Program.objects.visible_to(user).filter(_words("title", text))[:LIMIT]
    orders = Order.objects.visible_to(user).filter(_words("heading", text) | _number(text))[:LIMIT]
    groups = (
        (
            "Люди",
            [
                {"label": p.full_name, "note": p.posts[0].post if p.posts else "", "url": p.get_absolute_url()}
                for p in people
            ],
        ),
        (
            "Программы",
            [{"label": p.title, "note": p.get_state_display(), "url": p.get_absolute_url()} for p in programs],
        ),
        (
            "Приказы",
            [
                {"label": str(o), "note": o.heading if o.date else o.get_state_display(), "url": o.get_absolute_url()}
                for o in orders
            ],
        ),
    )
    return [{"title": title, "rows": rows} for title, rows in groups if rows]


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
    digits = text.removeprefix("№").strip().split("-")[0]
    return Q(number=int(digits)) if digits.isascii() and digits.isdigit() and len(digits) < 7 else Q(pk__in=[])
