"""History in words: acts from the log, and for director and curator the changed fields with private
ones masked (п. 3.4).

Field changes are kept by auditlog, which sees ``save()``; acts by queryset write their own rows of the log. Contacts
and birth dates are masked before they are written down.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import JSONField, Q, QuerySet

from mentoring_site import undo
from mentoring_site.models import Act
from mentoring_site.workflow import FRESH_ACCESS

Keep = Callable[[Act], bool]
MASK = "скрыто"
TOGETHER = timedelta(seconds=10)


def mask_value(value) -> str:
    """Stand in for a private value; an empty one stays empty, so that «was empty» is visible."""
    return MASK if value not in (None, "", "None") else ""


def entries(
    objects: Iterable, *, fields: bool = False, limit: int = 200, keep: Keep | None = None, user: Any = None
) -> list[dict]:
    """Return the history of several objects for ``components/history.html``, newest first; two queries.

    ``objects`` are saved objects and querysets (their rows are not read). ``fields`` adds what was changed in which
    field (for those with the right ``people.audit``). ``keep(act)`` says which acts the reader may know of; ``user`` is
    the reader, who is offered to take back what can be undone (``mentoring_site/undo.py``).
    """
    objects = [o for o in objects if o is not None]
    if not objects:
        return []
    acts = list(
        Act.objects.filter(_about(objects, "object_type", "object_id"))
        .select_related("actor__person", "object_type")
        .order_by("-at", "-pk")[:limit]
    )
    undoable = undo.offers(acts, user) if user is not None else {}
    rows = [
        {
            "at": act.at,
            "who": act.actor.person.short_name if act.actor_id else "",
            "text": capital(act.words),
            "changes": [],
            "actor": act.actor_id,
            "object": (act.object_type_id, act.object_id),
            "fresh": act.facts.get(FRESH_ACCESS, False),
            "undo": undoable.get(act.pk, ""),
        }
        for act in acts
        if keep is None or keep(act)
    ]
    if fields:
        _add_changes(rows, objects, limit)
        rows.sort(key=lambda row: row["at"], reverse=True)
    return rows[:limit]


def capital(text: str) -> str:
    """Return the text with a capital first letter."""
    return text[:1].upper() + text[1:]


def _about(objects, type_field: str, id_field: str) -> Q:
    """All objects in one condition."""
    found = Q(pk__in=[])
    for thing in objects:
        rows = isinstance(thing, QuerySet)
        kind = ContentType.objects.get_for_model(thing.model if rows else thing)
        chosen = thing.order_by().values("pk") if rows else [thing.pk]
        found |= Q(**{type_field: kind, f"{id_field}__in": chosen})
    return found


def _add_changes(rows, objects, limit):
    """Put changed fields under the act of the same user and moment, else as an entry of their own."""
    logged = LogEntry.objects.filter(_about(objects, "content_type", "object_id")).filter(action=LogEntry.Action.UPDATE)
    for entry in logged.select_related("actor__person", "content_type").order_by("-timestamp")[:limit]:
        changes = _in_words(entry)
        if not changes:
            continue
        for row in rows:
            same_hand = entry.actor_id in (None, row["actor"])  # without a request auditlog knows no actor
            if same_hand and abs(row["at"] - entry.timestamp) < TOGETHER:
                row["changes"] += [c for c in changes if c not in row["changes"]]
                break
        else:
            rows.append(
                {
                    "at": entry.timestamp,
                    "who": entry.actor.person.short_name if entry.actor_id else "",
                    "text": "Изменены сведения",
                    "changes": changes,
                    "actor": entry.actor_id,
                    "object": None,
                    "fresh": False,
                }
            )


def former_values(obj: Any, *fields: str) -> list[str]:
    """Return the texts that stood in fields of ``obj`` before the present ones, without repeats."""
    logged = LogEntry.objects.get_for_object(obj).filter(action=LogEntry.Action.UPDATE)
    found = [(entry.changes or {}).get(name, [""])[0] for entry in logged for name in fields]
    now = {str(getattr(obj, name)) for name in fields}
    return [value for value in dict.fromkeys(found) if value and value not in now]


def _in_words(entry) -> list[str]:
    """«телефон: скрыто → скрыто», «должность: преподаватель → методист»."""
    model = entry.content_type.model_class()
    lines = []
    for name, change in (entry.changes or {}).items():
        if isinstance(change, dict) or len(change) != 2:
            continue
        field = model._meta.get_field(name)
        if isinstance(field, JSONField):  # answers to many questions: that they changed is all a line can say
            lines.append(f"{field.verbose_name}: изменено")
            continue
        before, after = (_shown(field, value) for value in change)
        lines.append(f"{field.verbose_name}: {before} → {after}")
    return lines


def _shown(field, value) -> str:
    if value in (None, "", "None"):
        return "не указано"
    if value in ("True", "False"):
        return "да" if value == "True" else "нет"
    return str(dict(field.flatchoices).get(value, value)) if field.choices else str(value)
