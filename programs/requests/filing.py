"""Who files a request of a kind about something, oneself or from paper (п. 1.4, 2.3, 4.1, 5.1)."""

from collections.abc import Iterable

from people.accounts.models import User
from people.rights import ACTING, DIRECTOR, ROLES, Right, label
from people.roles.instead import decides as may_record_for
from programs.pairings.models import Pairing, Participation
from programs.requests import registry
from programs.requests.deciding import RELATIONS
from programs.requests.kinds.base import RequestKind
from programs.requests.subjects import Subject


def people_of(subject: Subject) -> list[Participation]:
    """Return those who take part in the pair of a subject now."""
    return [p for p in subject.pairing.people if p.until is None] if subject.pairing else []


def files_oneself(kind: RequestKind, subject: Subject, user: User) -> bool:
    """Whether the user asks in the own name: by the part in the pair, or by a role."""
    roles = {DIRECTOR if role == ACTING else role for role in user.roles}
    by_part = any(p.person_id == user.person_id and p.part in kind.filers for p in people_of(subject))
    return by_part or bool(roles & set(kind.filers) & set(ROLES))


def authors(kind: RequestKind, subject: Subject, user: User) -> list[Participation]:
    """Return those whose papers the user may record: none for whoever takes part oneself."""
    people = people_of(subject)
    if not may_record_for(user, Right.PROGRAMS_ACT_FOR_OTHERS, {p.person_id for p in people}):
        return []
    return [p for p in people if p.part in kind.filers]


def may_file(kind: RequestKind, subject: Subject, user: User) -> bool:
    """Whether the user files a request of the kind about the subject, oneself or from paper."""
    return files_oneself(kind, subject, user) or bool(authors(kind, subject, user))


def closed(kind: RequestKind, subject: Subject) -> str:
    """Say why nothing of the kind is asked there now; empty when it is."""
    if kind.lapses and subject.pairing and subject.pairing.state != Pairing.State.ASSIGNED:
        return "Так просят и предлагают, пока пара закреплена приказом"
    return kind.closed_for(subject)


def open_to(subject: Subject, about: str, user: User) -> list[RequestKind]:
    """Return the kinds that the user may file about a subject now."""
    kinds: Iterable[RequestKind] = (kind for kind in registry.kinds().values() if kind.about == about)
    return [kind for kind in kinds if may_file(kind, subject, user) and not closed(kind, subject)]


def filers_words(kind: RequestKind) -> str:
    """«наставник», «наставляемый или куратор»: who may, for a refusal."""
    return " или ".join(label(name) if name in ROLES else RELATIONS[name] for name in kind.filers)
