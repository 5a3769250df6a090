"""What hangs on rows that somebody wants to take back: rows of other models that refer to them, acts done since."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.contrib.contenttypes.models import ContentType
from django.db import models

from mentoring_site.models import Act

CHUNK = 500
Found = dict[int, list[str]]
"""What hangs on a row, in words, by its key; a ``defaultdict(list)``."""


def _batches(pks: Sequence[int]) -> Iterator[list[int]]:
    return (list(pks[start : start + CHUNK]) for start in range(0, len(pks), CHUNK))


def related(
    model: type[models.Model],
    pks: Sequence[int],
    found: Found,
    *,
    own: Iterable[type[models.Model]] = (),
    known: Mapping[type[models.Model], Iterable[int]] | None = None,
) -> None:
    """Note the rows of other models that refer to these ones, however features of today and tomorrow call them.

    Models in ``own`` are parts of the row; rows in ``known`` were written with it and do not count.
    """
    for relation in model._meta.related_objects:
        other = relation.related_model
        if other in own:
            continue
        name, words = relation.field.name, str(other._meta.verbose_name)
        if other._meta.auto_created:
            words = str(relation.field.model._meta.verbose_name)
        with_it = set((known or {}).get(other, ()))
        for some in _batches(pks):
            rows = other._base_manager.filter(**{f"{name}__in": some})
            for pk, value in rows.values_list("pk", name):
                if value in some and pk not in with_it:
                    found[value].append(words)


def acts_since(model: type[models.Model], pks: Sequence[int], since: models.Q, found: Found) -> None:
    """Note whatever was done about these rows; ``since`` says which acts are later."""
    kind = ContentType.objects.get_for_model(model)
    for some in _batches(pks):
        acts = Act.objects.filter(object_type=kind, object_id__in=some)
        for act in acts.filter(since).select_related("actor__person"):
            found[act.object_id].append(f"{act.words} ({act.actor.person.short_name})" if act.actor else act.words)
