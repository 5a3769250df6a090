"""What a reader of help sees: one's own topics first, what a search finds."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from mentoring_site.russian import joined
from people.language.word_forms import normal_forms, words_of
from reports.help.texts import EVERYBODY, ROLES, SAME, VISITOR, Term, Topic, terms, topics
from roadmap.regulation.models import Regulation


@dataclass(frozen=True)
class Shelf:
    """Topics of one role under its heading; ``own`` when it is the reader's."""

    role: str
    title: str
    topics: list[Topic]
    own: bool


def roles_of(user: Any) -> list[str]:
    """Return whose topics are the reader's own; a visitor's for somebody who has not logged in."""
    if not user.is_authenticated:
        return [VISITOR]
    own = {SAME.get(role, role) for role in user.roles}
    return [role for role in ROLES if role in own]


def shelves(user: Any) -> list[Shelf]:
    """Return all topics by role, those of the reader's roles first."""
    own = roles_of(user)
    order = [*own, *(role for role in ROLES if role not in own)]
    found = [Shelf(r, ROLES[r], [t for t in topics() if r in t.roles and not t.is_general], r in own) for r in order]
    general = Shelf("", EVERYBODY, [t for t in topics() if t.is_general], user.is_authenticated)
    found.insert(len(own), general)
    return [shelf for shelf in found if shelf.topics]


def whom(topic: Topic) -> str:
    """Name those whose life a topic is about: «Наставнику и наставляемому»."""
    names = [ROLES[role] for role in ROLES if role in topic.roles]
    if topic.is_general:
        return EVERYBODY
    return joined([names[0], *(name[:1].lower() + name[1:] for name in names[1:])])


def found_topics(text: str, user: Any) -> list[Topic]:
    """Return topics that have all words of a query in any form: in the title before in the text, one's own first."""
    words, own = words_of(text), set(roles_of(user))
    hits = [topic for topic in topics() if words and _has(topic.key, words)]
    return sorted(hits, key=lambda t: (not _has_in_title(t.title, words), not own & set(t.roles), t.order))


def found_terms(text: str) -> list[Term]:
    """Return words of the glossary that a query is about: named by it, before only spoken of."""
    words = words_of(text)
    hits = [term for term in terms() if words and _has(term.key, words)]
    return sorted(hits, key=lambda term: not _has_in_title(term.title, words))


def regulation_url(user: Any) -> str:
    """Where the reader may open the Положение; nowhere while there is none."""
    if not Regulation.objects.filter(state=Regulation.State.APPROVED).exists():
        return ""
    return reverse("roadmap:regulation" if user.is_authenticated else "public:regulation")


def _has(key: str, words: Iterable[str]) -> bool:
    return all(_has_word(key, word) for word in words)


def _has_word(key: str, word: str) -> bool:
    return f" {word}" in key or any(f" ={form} " in key for form in normal_forms(word))


def _has_in_title(title: str, words: Iterable[str]) -> bool:
    from_title = {form for part in words_of(title) for form in (part, *normal_forms(part))}
    return all(
        {word, *normal_forms(word)} & from_title or any(f.startswith(word) for f in from_title) for word in words
    )
