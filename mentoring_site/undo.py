"""Taking an act back while nobody has acted on it.

A feature declares which of its acts can be undone, and how (``register``, called once when the app is ready). What is
undone is itself an act of the log: its row names the act that it undoes (``facts["undone"]``). Letters of the act that
have not left yet never leave; to whom one has left, a short one says that it is undone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from mentoring_site import mail
from mentoring_site.locks import locked
from mentoring_site.models import Act
from mentoring_site.russian import full_stop, ruday, rutime
from mentoring_site.workflow import Already, BaseRight, NotAllowed, Refused

WITHIN = timedelta(days=3)
UNDONE = "undone"
"""The fact of an act that undoes another: the key of that one."""
PART_OF = "part_of"
"""The fact of an act that another one brought about: the key of that one, with which it is taken back."""


def always(later: Act, act: Act) -> bool:
    """Every later act on the same object counts."""
    return True


@dataclass(frozen=True)
class Undoable:
    """How one kind of act is taken back.

    ``what`` names it in «Отменить …?»; ``undo(act, thing, by=)`` gets its object under a lock, claims what it changes,
    refuses with sentences and records itself with ``undone=act.pk``; ``concerns(later, act)`` says which later acts on
    the object count as somebody having acted on it; ``instead`` is what to do then. ``right`` allows others than the
    actor. ``effects`` are what a confirmation names; an act without them is undone by one press. ``page`` is the
    address of a page of its own. ``in_confidence``: the letter to whom one has left already names nobody.
    """

    what: str
    undo: Callable[..., Any]
    instead: str
    concerns: Callable[[Act, Act], bool] = always
    right: BaseRight | None = None
    effects: tuple[str, ...] = ()
    page: Callable[[Act], str] | None = None
    names: Callable[[Act, Any], bool] = lambda later, user: True  # whether the user may know whose later act it is
    in_confidence: bool = False

    def allows(self, act: Act, user: Any) -> bool:
        """Whether the user may take the act back: whoever did it, or whom the right allows."""
        return act.actor_id == user.pk or bool(self.right and user.can(self.right))


_KINDS: dict[tuple[str, str], Undoable] = {}


def register(model: str, verb: str, kind: Undoable) -> None:
    """Let the act ``verb`` on things of ``model`` («programs.pairing») be undone."""
    _KINDS[model.lower(), verb] = kind


def kind_of(act: Act) -> Undoable | None:
    """Return how the act is undone, or None."""
    model = act.object_type.model_class()
    return _KINDS.get((model._meta.label_lower, act.verb)) if model else None


def acted_since(act: Act, kind: Undoable, log: Iterable[Act]) -> Act | None:
    """Return the first later act on the same object that stands against undoing; ``log`` are acts on that object."""
    rows = list(log)
    taken_back = {row.facts[UNDONE] for row in rows if UNDONE in row.facts}
    past = {act.pk, *taken_back}  # neither these stand against it nor what they brought about
    later = [
        row
        for row in rows
        if row.pk > act.pk and UNDONE not in row.facts and row.pk not in past and row.facts.get(PART_OF) not in past
    ]
    return next((row for row in sorted(later, key=lambda row: row.pk) if kind.concerns(row, act)), None)


def refusal(act: Act, kind: Undoable, log: Iterable[Act], user: Any) -> Refused | None:
    """Return why the act cannot be undone now, or None."""
    rows = list(log)
    if any(row.facts.get(UNDONE) == act.pk for row in rows):
        return Already("Это уже отменено")
    if timezone.now() - act.at > WITHIN:
        return Refused([f"Отменить можно в течение трёх дней: это сделано {full_stop(ruday(act.at))}", kind.instead])
    if later := acted_since(act, kind, rows):
        if not kind.names(later, user):
            return Refused(["Отменить уже нельзя: после этого уже сделан следующий шаг", kind.instead])
        others = later.actor if later.actor_id != act.actor_id else None
        who = f", {others.person.short_name}" if others else ""
        when = f"{ruday(later.at)}, {rutime(later.at)}"
        return Refused([f"Отменить уже нельзя: {when} — {later.words}{who}", kind.instead])
    return None


@transaction.atomic
def undo(act: Act, *, by: Any) -> None:
    """Take an act back. Raises ``NotAllowed``, ``Already``; ``Refused`` when somebody has acted on it since."""
    kind = kind_of(act)
    if kind is None or not kind.allows(act, by):
        raise NotAllowed("Отменить может только тот, кто это сделал")
    if act.object is None:
        raise Already("Это уже отменено, или самой записи больше нет")
    thing = locked(act.object)
    if reason := refusal(act, kind, log_of(act), by):
        raise reason
    kind.undo(act, thing, by=by)
    mail.take_back(act, who="" if kind.in_confidence else by.person.short_name)


def found(pk: int, user: Any) -> tuple[Act | None, Undoable | None]:
    """Return an act that the user could take back, with its kind; nothing for a foreign act or an unseen object."""
    act = Act.objects.select_related("actor__person", "object_type").filter(pk=pk).first()
    kind = kind_of(act) if act else None
    if act is None or kind is None or not kind.allows(act, user):
        return None, None
    objects: Any = act.object_type.model_class()._default_manager  # type: ignore[union-attr]
    if act.object is not None and hasattr(objects, "visible_to"):
        return (act, kind) if objects.visible_to(user).filter(pk=act.object_id).exists() else (None, None)
    return act, kind


def log_of(act: Act) -> list[Act]:
    """Return the act with all later ones on the same object."""
    found = Act.objects.filter(object_type=act.object_type_id, object_id=act.object_id, pk__gte=act.pk)
    return list(found.select_related("actor__person", "object_type"))


def offers(acts: Iterable[Act], user: Any) -> dict[int, str]:
    """Return act pk -> address of taking it back, of acts that were read with all later ones on the same objects."""
    by_object: dict[tuple[int, int], list[Act]] = {}
    for act in acts:
        by_object.setdefault((act.object_type_id, act.object_id), []).append(act)
    return {
        act.pk: address(act)
        for log in by_object.values()
        for act in log
        if timezone.now() - act.at <= WITHIN
        if (kind := kind_of(act)) and kind.allows(act, user) and refusal(act, kind, log, user) is None
    }


def address(act: Act) -> str:
    """Return the page that asks before the act is taken back."""
    kind = kind_of(act)
    return kind.page(act) if kind and kind.page else reverse("undo", args=[act.pk])


def say(request: HttpRequest, sentence: str, obj: Model, verb: str) -> None:
    """Tell of a success together with the way back: «Отменить» under the message."""
    user: Any = request.user
    act = Act.objects.about(obj).filter(verb=verb, actor=user.pk).select_related("object_type").last()
    kind = kind_of(act) if act else None
    if act is None or kind is None or refusal(act, kind, log_of(act), user):
        messages.success(request, sentence)
    elif kind.effects or kind.page:
        messages.success(request, sentence, extra_tags=f"ask:{address(act)}")
    else:
        messages.success(request, sentence, extra_tags=f"undo:{address(act)}")
