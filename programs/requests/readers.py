"""Who reads a request, by name, before it is filed: said beside the field («кто это видит»)."""

from mentoring_site.russian import joined
from people.register.models import Person
from programs.requests.deciding import deciders, holders
from programs.requests.kinds.base import RequestKind, Route
from programs.requests.models import Request
from programs.requests.subjects import Subject


def people_who_read(kind: RequestKind, route: Route, subject: Subject, author: Person | None) -> list[Person]:
    """Return those who will read the words besides the author: who decides first, and relations that the kind names."""
    draft = Request(kind=kind.code, route=route.code, author=author, pairing=subject.pairing, person=subject.person)
    found = deciders(draft)[1] | holders(draft, route.readers)
    people = Person.objects.filter(pk__in=found - {draft.author_id, None})
    return list(people.order_by("last_name", "first_name", "pk"))


def readers_of(kind: RequestKind, route: Route, subject: Subject, author: Person | None) -> str:
    """«прочтут Вы и Мельник О. Л.»."""
    names = [p.short_name for p in people_who_read(kind, route, subject, author)]
    if author:
        return f"прочтёте только Вы и {joined(names)}" if names else "прочтёте только Вы"
    return f"прочтут тот, кто просит, и {joined(names)}"


def sentence(kind: RequestKind, route: Route, subject: Subject, author: Person | None) -> str:
    """The words under the field: the rule, and whom it means now."""
    names = [p.short_name for p in people_who_read(kind, route, subject, author)]
    now = f". Сейчас это {joined(names)}" if names else ""
    return f"{route.promise.sentence}{now}"
