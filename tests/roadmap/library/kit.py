"""Methodical materials for tests."""

from mentoring_site.files import store_bytes
from roadmap.library import acts
from roadmap.library.models import Material
from tests.paper import pdf

VALUES = {
    "title": "Памятка о первом уроке",
    "kind": "memo",
    "annotation": "Что подготовить к первому уроку и о чём спросить наставника.",
    "audience": "all",
    "source": "Методический кабинет школы",
    "licence": "inside",
}


def make_material(cast, **values) -> Material:
    """Return a draft of the curator with one file."""
    file = store_bytes(pdf(), name="Памятка.pdf", content_type="application/pdf", by=cast.curator)
    return acts.add(by=cast.curator, files=[file], **(VALUES | values))


def make_accepted(cast, **values) -> Material:
    """Return a material that the council has accepted."""
    made = acts.submit(make_material(cast, **values), by=cast.curator)
    return acts.answer(made, by=cast.council, accepts=True)
