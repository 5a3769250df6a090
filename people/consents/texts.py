"""The dated texts of consents: which one applies, its facts, its words as they were signed (152-ФЗ; п. 3.2, 3.3, 8.1).

A text lives in ``templates/consents/<folder>/<date>.html`` and is never edited: a new wording is a new file. What
was signed is frozen as plain words, so that a later change of templates or of persons changes no consent.
"""

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from html.parser import HTMLParser
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from mentoring_site.russian import NBSP, as_date
from people.consents.dissemination import condition_words, conditions_in_words
from people.consents.models import DISSEMINATION, DUTIES, PUBLIC_FIELDS
from people.language.declension import name_in, post_in, post_of
from people.language.organisations import name_dative
from people.register.models import Person
from people.roles import letterhead
from people.roles.holders import signer
from people.school.models import School

FOLDER = settings.BASE_DIR / "templates" / "consents"
BLOCKS = {"p", "h1", "h2", "tr", "li", "div", "table"}
SILENT = {"head", "style", "script"}
PEN = "__________"
PUBLIC_PAGES = ("home", "programs", "results", "people", "news")  # of the public section, where people are named
NOBODY = {
    "nominative": "_" * 44,
    "genitive": "_" * 32,
    "before": NBSP,
    "post": "",
    "post_genitive": "",
    "gender": "",
    "address": "",
    "phone": "",
    "email": "",
}
"""The person of a blank form: lines for a pen."""


@dataclass(frozen=True)
class Signed:
    """The words of a consent as they were signed."""

    text_date: date
    text: str
    sha256: str


def folder(purpose: str, part: str) -> str:
    """Return the name of the folder with the texts: duties have one for each part."""
    return f"{purpose}_{part}" if purpose == DUTIES else purpose


@cache
def versions(purpose: str, part: str) -> tuple[date, ...]:
    """Return the dates of all texts for a purpose, oldest first."""
    return tuple(sorted(date.fromisoformat(p.stem) for p in (FOLDER / folder(purpose, part)).glob("*.html")))


def text_date(purpose: str, part: str, on: date) -> date:
    """Return the date of the text that applied on a day: the latest not later, else the oldest there is.

    A consent on paper may be older than the application, hence the oldest.
    """
    known = versions(purpose, part)
    return max((d for d in known if d <= on), default=known[0])


def template_name(purpose: str, part: str, version: date) -> str:
    """Return the template of a dated text."""
    return f"consents/{folder(purpose, part)}/{version.isoformat()}.html"


def signed(person: Person, purpose: str, part: str, *, given_on: date, **facts: Any) -> Signed:
    """Return the words of a consent given on a day, with the date of their text and their SHA-256."""
    version = text_date(purpose, part, given_on)
    html = render_to_string(
        template_name(purpose, part, version), paper_facts(person, purpose, date=given_on.isoformat(), **facts)
    )
    text = plain_words(html)
    return Signed(version, text, hashlib.sha256(text.encode()).hexdigest())


def words_of(purpose: str, part: str, version: date, facts: dict) -> list[str]:
    """Return the lines of a text to be read on a page before it is signed."""
    return plain_words(render_to_string(template_name(purpose, part, version), facts)).split("\n")


def paper_facts(
    person: Person | None,
    purpose: str,
    *,
    fields: Collection[str] | None = None,
    conditions: dict | None = None,
    transfer: str | None = None,
    matter_words: str = "",
    until: date | None = None,
    date: str | None = None,
    mark: str | None = None,
) -> dict:
    """Return the facts of a consent for its template (documented at the top of each).

    ``person`` is None for a form that anybody may fill in by a pen. ``fields`` is a collection of allowed codes, or
    None where the choice is left to the pen, ``conditions`` and ``transfer`` as the consent keeps them; ``date`` is an
    ISO date or None for a form to be signed; ``mark`` are the words of a confirmation in the application.
    """
    school = School.get()
    facts = {
        "school": operator_facts(),
        "person": person_facts(person) if person else dict(NOBODY),
        "date": date,
        "mark": mark,
        "until": until.isoformat() if until else None,
    }
    if purpose == DUTIES:
        return facts | {
            "director": director_facts(as_date(date)),
            "pairing": matter_words or f"в наставнической паре (группе) с {'_' * 34}",
            "since": None,
            "outside": bool(school and person and school.organisation_id not in _employers(person)),
        }
    if purpose == DISSEMINATION:
        return facts | _dissemination_facts(school, fields, conditions or {}, transfer)
    return facts


def _dissemination_facts(
    school: School | None, fields: Collection[str] | None, conditions: dict, transfer: str | None
) -> dict:
    """Return where the data are published, the choice of data, conditions and way of transfer (приказ РКН № 18)."""
    choice = [
        {
            "label": words,
            "allowed": None if fields is None else code in fields,
            "conditions": condition_words(conditions[code]) if code in conditions else "",
        }
        for code, words in PUBLIC_FIELDS.items()
    ]
    none = None if fields is None else "не установлены"
    return {
        "resources": resources(school),
        "fields": choice,
        "conditions": "; ".join(conditions_in_words(conditions)) or none,
        "transfer": transfer or None,
    }


def resources(school: School | None) -> list[str]:
    """Return the full addresses where published data are open to all (приказ РКН № 18, п. 4)."""
    pages = [settings.SITE_URL + reverse(f"public:{page}") for page in PUBLIC_PAGES]
    return [*pages, *([school.site] if school and school.site else [])]


def _employers(person: Person) -> set[int]:
    return {e.organisation_id for e in person.employments.current()}


def operator_facts() -> dict[str, str]:
    """Return the school as operator of personal data; before the first setup all values are lines for a pen."""
    school = School.get()
    own = {field: getattr(school, field) if school else "" for field in ("address", "inn", "ogrn")}
    facts = letterhead.school_facts()
    return facts | own | {"name_dative": name_dative(facts["full_name"])}


def person_facts(person: Person) -> dict:
    """Return a person as papers name them, in the cases that papers need."""
    post = post_of(person)
    return {
        "nominative": person.full_name,
        "genitive": name_in(person, "genitive"),
        "before": person.signature_name,
        "post": post,
        "post_genitive": post_in(person, post, "genitive"),
        "gender": person.gender,
        "address": person.address,
        "phone": person.phone,
        "email": person.email,
    }


def director_facts(on: date | None = None) -> dict | None:
    """Return post and name of the head on a day in the dative, or None when nobody is recorded as director."""
    head, post = signer(on)
    if head is None:
        return None
    return {"post_dative": post_in(head, post, "dative"), "name_dative": name_in(head, "dative")}


def confirmation_mark(moment: datetime, address: str) -> str:
    """Return the words that stand for a signature given in the application."""
    when = f"{timezone.localtime(moment):%d.%m.%Y в %H:%M}"
    return f"Подтверждено паролем в системе «Наставничество» {when}, адрес устройства {address}."


class _Words(HTMLParser):
    """Collects the words of a rendered paper: a line for each block, a bar between cells, a line for a pen."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.lines, self.silent, self.hint = [""], 0, False

    def handle_starttag(self, tag, attrs):
        classes = set(dict(attrs).get("class", "").split())
        self.hint = self.hint or (tag == "p" and "hint" in classes)  # what is printed under a line for the pen
        if tag in SILENT:
            self.silent += 1
        elif tag in BLOCKS:
            self.lines.append("")
        elif tag == "br":
            self.lines[-1] += " "
        elif tag in {"td", "th"} and self.lines[-1].strip():
            self.lines[-1] += " | "
        elif tag == "span" and {"pen", "rule"} & classes:
            self.lines[-1] += PEN

    def handle_endtag(self, tag):
        self.hint = self.hint and tag != "p"
        if tag in SILENT:
            self.silent -= 1
        elif tag in BLOCKS:
            self.lines.append("")

    def handle_data(self, data):
        if not self.silent and not self.hint:
            self.lines[-1] += data


def plain_words(html: str) -> str:
    """Return the words of a rendered paper as lines of plain text."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    lines = (re.sub(r"[ \n\t]+", " ", line).strip() for line in parser.lines)  # no-break spaces stay
    return "\n".join(line for line in lines if line.strip(" |"))
