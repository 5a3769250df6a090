"""What the table of terms says of a document: in words, and until which day (приказ Росархива № 236)."""

from dataclasses import dataclass
from datetime import date

from mentoring_site.russian import NBSP, plural, rudate
from people.retention.models import RetentionTerm
from people.school.models import School

Kind = RetentionTerm.Kind
UNDECIDED = "срок не установлен: решает школа"


@dataclass(frozen=True)
class Kept:
    """A term as papers and pages tell it: «50 лет ЭПК», its article, the last day when it is known."""

    words: str
    article: str
    until: date | None = None

    def __str__(self) -> str:
        until = f"по{NBSP}{rudate(self.until)}, " if self.until else ""
        return f"{until}{self.words}{f' ({self.article})' if self.article else ''}"


def kept(code: str, since: date | None = None) -> Kept:
    """Return how long a document of a kind is kept; ``since`` is its day, or the day when it came to an end."""
    term = RetentionTerm.objects.filter(code=code).first()
    if term is None:
        return Kept(UNDECIDED, "")
    return Kept(words(term, archive_source()), term.article, until(term, since))


def archive_source() -> str:
    """Return «yes» or «no»: whether the school hands papers to a state archive; empty while it has not said."""
    school = School.get()
    return school.archive_source if school else ""


def words(term: RetentionTerm, source: str) -> str:
    """«50 лет ЭПК»; «постоянно» is «до ликвидации организации» where the school is no source of an archive."""
    if term.kind == Kind.YEARS:
        assert term.years is not None, "constraint retention_years_whole"
        return f"{plural(term.years, 'год,года,лет')}{f'{NBSP}ЭПК' if term.by_commission else ''}"
    if term.kind == Kind.UNDECIDED:
        return UNDECIDED
    by_source = {"yes": "постоянно", "no": "до ликвидации организации"}
    return by_source.get(source, "постоянно или до ликвидации организации: школа не указала, источник ли она архива")


def until(term: RetentionTerm, since: date | None) -> date | None:
    """Return the last day of a term in years: it runs from 1 January of the next year, or from the day itself."""
    if since is None or term.kind != Kind.YEARS or term.years is None:
        return None
    year = since.year + term.years
    if not term.from_day:
        return date(year, 12, 31)
    return since.replace(year=year, day=28 if (since.month, since.day) == (2, 29) else since.day)


def over_before(code: str, today: date) -> date | None:
    """Return the day before which documents of a kind have ended to be past their term today; None: never by itself.

    What the expert commission decides about (ЭПК), and what has no term in years, is never past its term by itself.
    """
    term = RetentionTerm.objects.filter(code=code, kind=Kind.YEARS, by_commission=False).first()
    if term is None or term.years is None:
        return None
    year = today.year - term.years
    if not term.from_day:
        return date(year, 1, 1)
    return today.replace(year=year, day=28 if (today.month, today.day) == (2, 29) else today.day)
