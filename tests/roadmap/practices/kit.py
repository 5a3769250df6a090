"""Practices for tests: from a finished program, in any state on the way."""

from django.utils import timezone

from roadmap.practices import acts
from roadmap.practices.models import Practice, PracticeAuthor
from tests.factories import make_consent
from tests.programs.journal.kit import make_published

TEXTS = {
    "title": "Как чтение с листа стало игрой",
    "problem": "На уроках почти не читали с листа: ученики боялись новых нот.",
    "done": "Три месяца каждый урок начинали с пяти минут ансамбля с листа.",
    "result": "Ученики берут незнакомую пьесу сами, без просьбы.",
}
NAMED = ["name", "program", "results", "post"]


def make_draft(cast, **texts) -> Practice:
    """Return a draft from a finished program, with words that may be shown."""
    program, _, _ = make_published(cast)
    made = acts.from_program(program, by=cast.curator)
    return acts.change(made, by=cast.curator, version=made.version, **(TEXTS | texts))


def make_accepted(cast, **texts) -> Practice:
    """Return a practice that the council has taken into the bank."""
    made = acts.submit(make_draft(cast, **texts), by=cast.curator)
    return acts.answer(made, by=cast.council, accepts=True)


def consent_of_all(practice, by) -> None:
    """Let every author be named."""
    for author in practice.authors.exclude(person__consents__purpose="dissemination"):
        make_consent(author.person, "dissemination", by=by, fields=NAMED)


def nameless(practice) -> None:
    """Name nobody on the site."""
    PracticeAuthor.objects.filter(practice=practice).update(shown="post")


def make_public(cast, **texts) -> Practice:
    """Return a practice on the site, whose mentor is named."""
    made = make_accepted(cast, **texts)
    nameless(made)
    mentor = made.authors.get(part="mentor")
    make_consent(mentor.person, "dissemination", by=cast.curator, fields=NAMED)
    mentor.shown = "name"
    mentor.save()
    return acts.publish(made, by=cast.director)


def today():
    return timezone.localdate()
