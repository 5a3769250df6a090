"""Letters of requests: to whoever decides, to whoever asked; the words of a request stand in none of them."""

from collections.abc import Iterable

from mentoring_site.russian import upper_first
from people.accounts.models import User
from people.register.models import Person
from people.rights import CURATOR
from people.roles.letters import mail_person
from programs.pairings.letters import holders as holders_of
from programs.requests.deciding import deciders, holders, interested, movers, related
from programs.requests.kinds.base import FILED
from programs.requests.models import Request


def tell_deciders(request: Request, *, by: User) -> None:
    """Write to everybody who prepares or decides the request now."""
    _write("request_filed", request, movers(request)[1], but=by, asks=str(request.pk))


def tell_notified(request: Request, *, by: User) -> None:
    """Write to the roles that the kind notifies: only that there is one; to nobody whom it concerns or who decides."""
    if people := holders(request, request.type.notifies):
        _write("council_asked", request, people - interested(request) - deciders(request)[1], but=by)


def remind_deciders(request: Request, *, by: User | None) -> None:
    """Write to everybody who decides, and when it is late also to the curators who know of it."""
    _, people = movers(request)
    _write("request_reminder", request, people, but=by, asks=str(request.pk))
    route = request.type.route(request.route)
    if request.is_late and by is None and CURATOR in route.known_to:
        inside = related(request, "pairing") | people
        _write("request_late", request, {p.pk for p in holders_of(CURATOR)} - inside, asks=str(request.pk))


def tell_decision(request: Request, *, by: User) -> None:
    """Write to whoever asked, and to those whom the kind tells."""
    told = related(request, "author") | holders(request, request.type.tells)
    _write("request_decided", request, told, but=by)


def tell_lapse(request: Request) -> None:
    """Write to whoever asked that nobody decides it any more."""
    _write("request_lapsed", request, {request.author_id})


def _write(name: str, request: Request, people: Iterable[int], *, but: User | None = None, asks: str = "") -> None:
    preparing = "" if request.state != FILED or request.type.is_prepared(request) else request.type.preparing
    title = upper_first(request.type.name)
    context = {"asked": request, "kind": request.type, "title": title, "preparing": preparing}
    for person in Person.objects.filter(pk__in=people).select_related("user").order_by("pk"):
        if but is None or person.pk != but.person_id:
            mail_person(person, name, asks=asks, person=person, **context)


def _waits(key: str, person: int | None) -> bool:
    """Whether the request still waits for that person."""
    found = Request.objects.filter(pk=key, state=FILED).with_requirements().first()
    return found is not None and (person is None or person in movers(found)[1])


def _is_open(key: str, person: int | None) -> bool:
    return Request.objects.filter(pk=key, state=FILED).exists()


NEEDED = {"request_filed": _waits, "request_reminder": _waits, "request_late": _is_open}
NEWS = {"request_decided", "request_lapsed", "personal_file_look"}
