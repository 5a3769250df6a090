"""Accepted materials of forms and kinds, given to where one is chosen (п. 3.5)."""

from typing import Any

from django.urls import reverse

from programs.catalogs.guidance import Guide, Model
from programs.catalogs.models import MentoringForm
from roadmap.library.models import Material


def guides(model: Model, user: Any) -> dict[int, list[Guide]]:
    """Return the materials that the user reads by the key of a form or kind, the latest first; one query."""
    path = "forms" if model is MentoringForm else "kinds"
    found = Material.objects.visible_to(user).accepted().filter(**{f"{path}__isnull": False})
    by_key: dict[int, list[Guide]] = {}
    for key, pk, title in found.order_by("-accepted_at", "-pk").values_list(path, "pk", "title"):
        by_key.setdefault(key, []).append(Guide(title, reverse("roadmap:material", args=[pk])))
    return by_key
