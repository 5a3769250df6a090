"""Texts of help as they lie in the folder: a head of «name: value» lines, an empty line, then Markdown."""

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from django.urls import reverse

from mentoring_site.help import Help
from mentoring_site.markdown import render
from people.language.word_forms import text_key
from people.rights import ACTING, CHAIR, DIRECTOR, SECRETARY

FOLDER = Path(__file__).parent
VISITOR = "visitor"
ROLES = {
    "director": "Директору",
    "curator": "Куратору",
    "council": "Методическому совету",
    "clerk": "Специалисту по кадрам",
    "sysadmin": "Системному администратору",
    "mentor": "Наставнику",
    "mentee": "Наставляемому",
    "visitor": "Всем, кто открыл сайт",
}
"""Whose life a topic is about, in the order of the page."""
EVERYBODY = "Всем, кто входит в систему"
SAME = {ACTING: DIRECTOR, CHAIR: "council", SECRETARY: "council"}
"""Roles that read the topics of another."""


@dataclass(frozen=True)
class Topic:
    """One page of help: for whom, about what, its Markdown. ``covers`` are features and rights (help.py)."""

    slug: str
    title: str
    lead: str
    roles: tuple[str, ...]
    covers: tuple[str, ...]
    order: int
    text: str

    @property
    def is_general(self) -> bool:
        """Whether it is about the life of everybody who logs in, and not of one role."""
        return set(self.roles) >= set(ROLES) - {VISITOR}

    @property
    def url(self) -> str:
        """Its address."""
        return reverse("reports:help_topic", args=[self.slug])

    @cached_property
    def html(self) -> str:
        """The text as clean HTML."""
        return render(self.text)

    @cached_property
    def key(self) -> str:
        """What the search looks in: all words and their normal forms."""
        return text_key(self.title, self.lead, self.text)


@dataclass(frozen=True)
class Term:
    """A word of the regulation in plain words; ``clause`` is where it stands: «п. 1.2 Положения»."""

    slug: str
    title: str
    clause: str
    text: str
    also: tuple[str, ...] = field(default=())

    @property
    def url(self) -> str:
        """Its place in the glossary."""
        return f"{reverse('reports:terms')}#{self.slug}"

    @cached_property
    def html(self) -> str:
        """The text as clean HTML."""
        return render(self.text)

    @cached_property
    def key(self) -> str:
        """What the search looks in."""
        return text_key(self.title, self.text, self.clause, *self.also)


def head_and_text(raw: str) -> tuple[dict[str, str], str]:
    """Part the «name: value» lines before the first empty line from the text after it."""
    head, _, text = raw.strip().partition("\n\n")
    pairs = (line.partition(":") for line in head.splitlines())
    return {name.strip(): value.strip() for name, _, value in pairs}, text.strip()


def _listed(value: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in value.split(",") if word.strip())


@lru_cache(maxsize=1)
def topics() -> tuple[Topic, ...]:
    """Return all topics in the order of a life: the earlier step first."""
    found = []
    for path in sorted((FOLDER / "topics").glob("*.md")):
        head, text = head_and_text(path.read_text(encoding="utf-8"))
        roles, covers = _listed(head["roles"]), _listed(head.get("covers", ""))
        found.append(Topic(path.stem, head["title"], head["lead"], roles, covers, int(head["order"]), text))
    return tuple(sorted(found, key=lambda topic: (topic.order, topic.title)))


@lru_cache(maxsize=1)
def terms() -> tuple[Term, ...]:
    """Return the glossary, in alphabetical order."""
    found = []
    for part in _parts("terms.md"):
        head, text = head_and_text(part)
        found.append(Term(head["slug"], head["term"], head["clause"], text, _listed(head.get("also", ""))))
    return tuple(sorted(found, key=lambda term: term.title.lower()))


@lru_cache(maxsize=1)
def tours() -> dict[str, str]:
    """Return the words about a kind of page by the name of its address."""
    parts = (head_and_text(part) for part in _parts("tours.md"))
    return {head["page"]: " ".join(text.split()) for head, text in parts}


def _parts(name: str) -> list[str]:
    raw = (FOLDER / name).read_text(encoding="utf-8")
    return [part for part in raw.split("\n---\n") if part.strip()]


def covered() -> dict[str, Help]:
    """Return what each topic covers, for ``mentoring_site.help``; an app that becomes ready has no addresses yet."""
    return {name: Help(topic.title, f"/help/{topic.slug}/") for topic in topics() for name in topic.covers}
