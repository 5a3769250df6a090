"""The engine of every legal state change.

A workflow is a table that reads like the regulation: each ``Transition`` says from which states, to which state,
who may do it and what must be there first. ``complaints()`` tells what is missing and whose move it is: the page
shows it beside the switched-off button. ``perform()`` is the only place that moves a state.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from mentoring_site.models import Act


class Refused(Exception):
    """An act cannot be done now. ``sentences`` say in Russian what is missing and who supplies it."""

    def __init__(self, sentences: str | Iterable[str]):
        self.sentences = [sentences] if isinstance(sentences, str) else [str(s) for s in sentences]
        super().__init__(" ".join(self.sentences))


class NotAllowed(Refused):
    """The object is known to the user, but the act belongs to somebody else."""


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

    def look(self, obj) -> list[Complaint]:
        """Return what is missing on ``obj``; an empty list means that the requirement is met."""
        found = self.missing(obj)
        if not found:
            return []
        found = [found] if isinstance(found, str | Complaint) else list(found)
        return [c if isinstance(c, Complaint) else Complaint(c) for c in found]


def requirement(met: str):
    """Decorate a function ``obj -> str | Complaint | list of them | None`` into a ``Requirement``."""
    return lambda missing: Requirement(met, missing)


@dataclass(frozen=True)
class Transition:
    """One line of the workflow. ``may(obj, user)`` answers whose act it is, ``who`` names them in Russian."""

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    may: Callable
    who: str
    words: str  # for the history: «согласована методическим советом»
    requirements: tuple[Requirement, ...] = field(default=())


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
        return [t for t in self if obj.state in t.sources and t.may(obj, user)]


def complaints(obj, name: str) -> list[Complaint]:
    """Return everything that is missing for the transition; an empty list means that it can be done.

    Reads only what ``with_requirements()`` of the model's queryset prefetched.
    """
    return [c for r in obj.WORKFLOW[name].requirements for c in r.look(obj)]


def readiness(obj, name: str) -> list[dict]:
    """Return the readiness light of a transition: each requirement, met or missing, and whose move it is."""
    checks = []
    for condition in obj.WORKFLOW[name].requirements:
        missing = condition.look(obj)
        checks += [
            {"met": False, "text": c.text, "who": c.who, "url": c.url, "link": c.link, "remind": c.remind}
            for c in missing
        ] or [{"met": True, "text": condition.met}]
    return checks


def action(obj, name: str, user, url: str, *, primary=False, confirm=True) -> dict | None:
    """Return a button for ``components/acts.html``, or None when the act is not of this state or this user."""
    transition = obj.WORKFLOW[name]
    if obj.state not in transition.sources or not transition.may(obj, user):
        return None
    reasons = [str(c) for c in complaints(obj, name)]
    return {
        "verb": name,
        "label": transition.label,
        "url": url,
        "primary": primary,
        "enabled": not reasons,
        "reasons": reasons,
        "confirm": confirm,
    }


def anew(obj):
    """Return the object read anew with all that its requirements read."""
    objects = type(obj).objects
    return (objects.with_requirements() if hasattr(objects, "with_requirements") else objects).get(pk=obj.pk)


def check(fresh, name: str, *, by) -> None:
    """Raise what ``perform`` would raise; writes nothing. ``fresh`` was read by ``anew``."""
    transition = fresh.WORKFLOW[name]
    if by is not None and not transition.may(fresh, by):
        raise NotAllowed(f"«{transition.label}» может только {transition.who}")
    if fresh.state not in transition.sources:
        raise Already(_already(fresh, transition))
    missing = complaints(fresh, name)
    if missing:
        raise Refused([str(c) for c in missing])


@transaction.atomic
def perform(obj, name: str, *, by, columns: dict | None = None, **facts):
    """Move the state of ``obj`` by the named transition.

    ``by`` is the acting user (None for the clock), ``columns`` are written together with the state, ``facts`` go
    to the log (ids, not values). Returns the object read anew.

    Raises ``NotAllowed`` when the act belongs to somebody else, ``Refused`` with every complaint when something is
    missing, ``Already`` when the state has moved meanwhile.
    """
    model, transition = type(obj), obj.WORKFLOW[name]
    fresh = anew(obj)
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
    """Write one row of the log of acts about ``obj`` (also for acts that move no state)."""
    return Act.objects.create(
        object=obj, verb=verb, words=words, source=source, target=target, actor=by, at=timezone.now(), facts=facts
    )


def claim(obj, version: int):
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
