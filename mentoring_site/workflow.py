"""The engine of every legal state change.

A workflow is a table that reads like the regulation: each ``Transition`` says from which states, to which state,
who may do it and what must be there first. ``complaints()`` says what is missing and whose move it is: the page
shows it next to the switched-off button. ``perform()`` is the only place that moves a state.
"""

from collections.abc import Callable, Iterable
from dataclasses import KW_ONLY, dataclass
from typing import Any, Protocol

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from mentoring_site.help import about as help_about
from mentoring_site.interest import OTHERS, is_interested
from mentoring_site.models import Act
from mentoring_site.russian import joined
from mentoring_site.ui.elements import Action, Check

FRESH_ACCESS = "fresh_access"
"""The mark of the log: done within a day after others changed the access to the account."""


class Refused(Exception):
    """An act cannot be done now. ``sentences`` say in Russian what is missing and who supplies it.

    ``about`` names the right or the feature that refuses: the page of help is found by it (``help.py``).
    """

    def __init__(self, sentences: str | Iterable[str], *, about: tuple[str, ...] = ()):
        self.about = about
        self.sentences = [sentences] if isinstance(sentences, str) else [str(s) for s in sentences]
        super().__init__(" ".join(self.sentences))


class NotAllowed(Refused, PermissionDenied):
    """The object is known to the user, but the act belongs to somebody else; a page answers 403 with the sentence."""


class Already(Refused):
    """The state has moved meanwhile: pressed twice, or somebody else was first."""


class Stale(Refused):
    """The object was edited by somebody else since the form was opened."""


@dataclass(frozen=True)
class Complaint:
    """One missing thing: what, who supplies it, and where (address and words of the link)."""

    text: str
    who: str = ""
    url: str = ""
    link: str = ""
    remind: int | None = None  # pk of the person who can be reminded

    def __str__(self):
        return f"{self.text.removesuffix('.')}. {self.who}" if self.who else self.text


@dataclass(frozen=True)
class Requirement:
    """A condition of a transition: the sentence shown when it is met, and the search for what is missing."""

    met: str
    missing: Callable

    def complaints(self, obj) -> list[Complaint]:
        """Return what is missing on ``obj``; an empty list means that the requirement is met."""
        found = self.missing(obj)
        if not found:
            return []
        found = [found] if isinstance(found, str | Complaint) else list(found)
        return [c if isinstance(c, Complaint) else Complaint(c) for c in found]


def requirement(met: str):
    """Decorate a function ``obj -> str | Complaint | list of them | None`` into a ``Requirement``."""
    return lambda missing: Requirement(met, missing)


class BaseRight(Protocol):
    """What a transition asks of a right (``mentoring_site.rights``)."""

    @property
    def holders(self) -> list[str]: ...


@dataclass(frozen=True)
class Transition:
    """One line of the workflow: whose act it is, from which states to which, and what must be there first.

    ``right`` is the right that roles give; ``may(obj, user)`` is a relation to the object that allows the act too, and
    ``who`` names it in Russian: «сам человек». A line has one of them at least. A line that decides about people names
    them by ``parties(obj)``, keys of persons: none of them decides (``mentoring_site/interest.py``).
    """

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    words: str  # for the history: «согласована методическим советом»
    requirements: tuple[Requirement, ...] = ()
    _: KW_ONLY
    right: BaseRight | None = None
    may: Callable[[Any, Any], bool] | None = None
    who: str = ""
    parties: Callable[[Any], Iterable[int]] | None = None

    def allows(self, obj, user) -> bool:
        """Whether the act is the user's: a role gives the right, or a relation to the object does."""
        if self.parties and is_interested(user, self.parties(obj)):
            return False
        return bool(self.right and user.can(self.right)) or bool(self.may and self.may(obj, user))

    def require(self, obj, user) -> None:
        """Refuse a user whose act it is not. Raises ``NotAllowed``, which a page answers with 403."""
        if not self.allows(obj, user):
            raise NotAllowed(f"«{self.label}» может только {self.holders}", about=self.about(obj))

    def about(self, obj: Any) -> tuple[str, ...]:
        """Return the names by which the help about this step is found: the step, then the feature of the object."""
        place = type(obj).__module__
        return (f"{place.rpartition('.')[0]}#{self.name}", place)

    @property
    def holders(self) -> str:
        """Name those who may, for a refusal: «куратор или специалист по кадрам»."""
        named = joined([self.who, *(self.right.holders if self.right else [])], "или")
        return f"{named}, {OTHERS}" if self.parties else named


class Workflow:
    """The transitions of one model by name."""

    def __init__(self, *transitions: Transition):
        self.transitions = {t.name: t for t in transitions}
        if len(self.transitions) != len(transitions):
            raise ValueError("two transitions with one name")

    def __getitem__(self, name) -> Transition:
        return self.transitions[name]

    def __iter__(self):
        return iter(self.transitions.values())

    def open_to(self, obj, user) -> list[Transition]:
        """Transitions that start in the object's state and belong to the user, ready or not."""
        return [t for t in self if obj.state in t.sources and t.allows(obj, user)]


def complaints(obj, name: str) -> list[Complaint]:
    """Return everything that is missing for the transition; an empty list means that it can be done.

    Reads only what ``with_requirements()`` of the model's queryset prefetched.
    """
    return [c for r in obj.WORKFLOW[name].requirements for c in r.complaints(obj)]


def readiness(obj, name: str) -> list[Check]:
    """Return the checklist of a transition: each requirement, met or missing, and who supplies what is missing."""
    checks = []
    for condition in obj.WORKFLOW[name].requirements:
        missing = [Check(False, c.text, c.who, c.url, c.link, c.remind) for c in condition.complaints(obj)]
        checks += missing or [Check(True, condition.met)]
    return checks


def action(obj, name: str, user, url: str, *, primary: bool = False) -> Action | None:
    """Return the button of a transition, or None when the act is not of this state or not this user's."""
    transition = obj.WORKFLOW[name]
    if obj.state not in transition.sources or not transition.allows(obj, user):
        return None
    reasons = tuple(str(c) for c in complaints(obj, name))
    topic = help_about(*transition.about(obj)) if reasons else None
    return Action(name, transition.label, url, primary, enabled=not reasons, reasons=reasons, help=topic)


def reload(obj):
    """Read the object again with all that its requirements read."""
    objects = type(obj).objects
    return (objects.with_requirements() if hasattr(objects, "with_requirements") else objects).get(pk=obj.pk)


def check(fresh, name: str, *, by) -> None:
    """Raise what ``perform`` would raise; writes nothing. ``fresh`` was read by ``reload``."""
    transition = fresh.WORKFLOW[name]
    if by is not None:
        transition.require(fresh, by)
    if fresh.state not in transition.sources:
        raise Already(_already(fresh, transition))
    missing = complaints(fresh, name)
    if missing:
        raise Refused([str(c) for c in missing], about=transition.about(fresh))


@transaction.atomic
def perform(obj, name: str, *, by, columns: dict | None = None, **facts):
    """Move the state of ``obj`` by the named transition.

    ``by`` is the acting user (None for the clock), ``columns`` are written together with the state, ``facts`` go
    to the log (ids, not values). Returns the object, read again.

    Raises ``NotAllowed`` when the act belongs to somebody else, ``Refused`` with every complaint when something is
    missing, ``Already`` when the state has moved meanwhile.
    """
    model, transition = type(obj), obj.WORKFLOW[name]
    fresh = reload(obj)
    check(fresh, name, by=by)
    moved = model.objects.filter(pk=obj.pk, state=fresh.state, version=fresh.version).update(
        state=transition.target, version=fresh.version + 1, **(columns or {})
    )
    if not moved:
        raise Already(_already(model.objects.get(pk=obj.pk), transition))
    record(fresh, name, by=by, words=transition.words, source=fresh.state, target=transition.target, **facts)
    obj.refresh_from_db()
    return obj


def record(obj, verb: str, *, by, words: str, source="", target="", **facts) -> Act:
    """Write one row of the log of acts about ``obj`` (also for acts that move no state).

    What an account does within a day after others changed the access to it is marked (docs/decisions/0013).
    """
    if getattr(by, "has_fresh_access", False):
        facts[FRESH_ACCESS] = True
    return Act.objects.create(
        object=obj, verb=verb, words=words, source=source, target=target, actor=by, at=timezone.now(), facts=facts
    )


def claim_version(obj, version: int):
    """Claim the version of ``obj`` for a form edit, inside the caller's transaction.

    Raises ``Stale`` when somebody else has changed the object since ``version`` was shown.
    """
    claimed = type(obj).objects.filter(pk=obj.pk, version=version).update(version=version + 1)
    if not claimed:
        raise Stale("Пока Вы вносили правки, кто-то изменил эти сведения. Ваш текст сохранён в полях ниже")
    obj.version = version + 1


def _already(obj, transition: Transition) -> str:
    last = Act.objects.about(obj).select_related("actor__person").last()
    if last is None:
        return f"«{transition.label}» сейчас нельзя: состояние уже другое. Обновите страницу"
    when = timezone.localtime(last.at)
    return f"«{transition.label}»: уже не нужно. {when:%d.%m.%Y в %H:%M} — {last.words}{_by(last)}"


def _by(act: Act) -> str:
    return f" ({act.actor.person.short_name})" if act.actor_id else ""
