"""A practice as a visitor sees it: names only with a live consent, asked at each look (п. 8.1; 152-ФЗ, ст. 10.1)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from mentoring_site.russian import lower_first, upper_first
from people.consents.dissemination import Allowed, allowed_fields, public_name, published_conditions
from people.language.declension import department_in, post_of
from people.register.models import Employment
from roadmap.practices.models import Practice, PracticeAuthor
from roadmap.practices.rules import lacking

CROWD = 5  # people of a department: among fewer a post could reveal one of them
COMMON_POSTS = ("преподаватель", "концертмейстер")
SOMEBODY = "сотрудник школы"
PREFIX = {"mentor": "Наставник", "mentee": "Наставляемый", "curator": "Куратор", "council": "Методический совет"}
NOBODY = Allowed()


@dataclass(frozen=True)
class PublicAuthor:
    """An author as a visitor reads one; ``conditions`` are published beside the name (ст. 10.1, ч. 10)."""

    words: str
    conditions: str = ""
    named: bool = False


@dataclass(frozen=True)
class PublicPractice:
    """A practice with the authors that a visitor may read of."""

    practice: Practice
    authors: list[PublicAuthor] = field(default_factory=list)

    @property
    def lead(self) -> str:
        """What the list says of it."""
        return self.practice.summary or self.practice.problem


def shown(practices: Iterable[Practice]) -> list[PublicPractice]:
    """Return practices read ``with_authors`` with what may be said of their authors; two queries for any number."""
    rows = list(practices)
    people = {author.person_id for row in rows for author in row.authors.all()}
    allowed = allowed_fields(people) if people else {}
    crowded = _crowded()
    return [PublicPractice(row, authors(row.authors.all(), allowed, crowded)) for row in rows]


def lines(found: Sequence[PracticeAuthor]) -> list[PublicAuthor | None]:
    """Return what a visitor reads of each of these authors now; None for who is left out."""
    allowed, crowded = allowed_fields([author.person_id for author in found]), _crowded()
    return [_line(author, allowed.get(author.person_id, NOBODY), crowded) for author in found]


def authors(found: Iterable[PracticeAuthor], allowed: dict[int, Allowed], crowded: set[int]) -> list[PublicAuthor]:
    """Return the lines of authors: named with consent, without a name, or left out as they wish."""
    lines: list[PublicAuthor] = []
    for author in found:
        line = _line(author, allowed.get(author.person_id, NOBODY), crowded)
        if line and line not in lines:
            lines.append(line)
    return lines


def _line(author: PracticeAuthor, fields: Allowed, crowded: set[int]) -> PublicAuthor | None:
    if author.shown == PracticeAuthor.Shown.HIDDEN:
        return None
    if author.shown == PracticeAuthor.Shown.NAME and not lacking(author, fields):
        post = post_of(author.person) if "post" in fields else ""
        words = ", ".join(filter(None, [public_name(author.person, fields), post]))
        return PublicAuthor(words, published_conditions(fields), named=True)
    return PublicAuthor(upper_first(nameless(author.person, crowded)))


def nameless(person: Any, crowded: set[int]) -> str:
    """«преподаватель фортепианного отделения», where enough people work there; else «сотрудник школы»."""
    job = next((one for one in person.posts if one.is_teaching), None)
    word = next((post for post in COMMON_POSTS if job and job.post.lower().startswith(post)), "")
    if not job or not word:
        return SOMEBODY
    if job.department_id in crowded:
        return f"{word} {lower_first(department_in(job.department, 'genitive'))}"
    return f"{word} школы"


def _crowded() -> set[int]:
    jobs = Employment.objects.current().filter(is_teaching=True, department__isnull=False).order_by()
    pairs = set(jobs.values_list("department", "person"))
    number = Counter(department for department, _ in pairs)
    return {department for department, people in number.items() if people >= CROWD}


def paragraphs(practice: Practice) -> Sequence[tuple[str, str]]:
    """Return the headings and texts of a practice that has them."""
    rows = (
        ("В чём была трудность", practice.problem),
        ("Что сделали", practice.done),
        ("Что получилось", practice.result),
        ("В цифрах", practice.figures),
        ("Кому пригодится и как повторить", practice.advice),
    )
    return [(heading, text) for heading, text in rows if text.strip()]
