"""Facts of a practice as a paper: the case of a contest, and the copy that stays in the school (п. 3.4)."""

from typing import Any

from django.utils import timezone

from mentoring_site.russian import joined, period
from people.language.declension import post_of
from people.roles.letterhead import school_facts
from roadmap.practices import public
from roadmap.practices.models import Practice


def facts(practice: Practice, *, whole: bool) -> dict[str, Any]:
    """Return what ``documents/practice.html`` reads. ``whole`` names all authors: a paper for the school itself."""
    program = practice.program
    if whole:
        authors = [_whole(author) for author in practice.authors.all()]
    else:
        authors = [line.words for line in public.shown([practice])[0].authors]
    return {
        "school": school_facts(),
        "title": practice.title,
        "summary": practice.summary,
        "authors": authors,
        "inside": whole,
        "ways": joined([str(one).lower() for one in (*program.forms.all(), *program.kinds.all())]) if program else "",
        "term": _term(program) if program else "",
        "parts": [{"heading": heading, "text": text} for heading, text in public.paragraphs(practice)],
        "materials": [row.latest.name for row in practice.evidence.kept().prefetch_related("revisions")],
        "nominated": practice.nominated_at,
        "date": timezone.localdate().isoformat(),
    }


def _term(program: Any) -> str:
    since, until = program.started_on or program.starts_on, program.ended_on or program.ends_on
    return period(since, until) if since else ""


def _whole(author: Any) -> str:
    post = post_of(author.person)
    return f"{author.person.full_name}{f', {post}' if post else ''} ({author.get_part_display()})"
