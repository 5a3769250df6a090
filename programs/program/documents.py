"""Facts of the program as a document: title page, sections, approval sheet (п. 1.2, 3.5, 5.1).

The title page: docs/law.md#papers-title-pages-and-minutes.
"""

from django.utils import timezone

from mentoring_site.russian import rushort, school_year
from people.roles.holders import holder
from people.roles.letterhead import director_facts, school_facts
from programs.program.sections import people_rows, sections
from programs.program.states import NOT_AGREED
from programs.program.versions import text_of


def facts(program, version=None, *, own: set | None = None, by_grif: bool = False) -> dict:
    """Return what ``documents/program.html`` reads.

    ``version`` is the frozen version to print, None for the present words; ``own`` are the candidates of whom the
    reader may read (None: of all); ``by_grif`` prints «УТВЕРЖДАЮ» with a line for the pen instead of the order.
    """
    text = version.text if version else text_of(program)
    agreed = version.stage == "agreed" if version else program.state not in NOT_AGREED
    approved = agreed and program.order_date and (version is None or is_last(program, version))
    return {
        "school": school_facts(),
        "council": _council(program, agreed),
        "director": director_facts(),
        "by_grif": program.by_grif if approved else by_grif,
        "number": program.order_number if approved and not program.by_grif else None,
        "date": str(program.order_date) if approved else None,
        "draft": "" if agreed else _draft_words(version),
        "title": "Персонализированная программа наставничества",
        "subject": text["title"],
        "year": f"{school_year(text['school_year'], full=True)} учебный год",
        "start": text["starts_on"] or None,
        "end": text["ends_on"] or None,
        "authors": people_rows(text),
        "sections": sections(text, own),
        "approval_sheet": _approval_sheet(program, version, approved, by_grif) if version else [],
        "version": f"редакция {version.number}, SHA-256 {version.sha256}" if version else "",
        "place": school_facts()["city"],
        "made_year": str(timezone.localdate(version.at).year if version else timezone.localdate().year),
    }


def is_last(program, version) -> bool:
    """Whether it is the version that was agreed last: the order approves that one."""
    return not program.versions.filter(stage="agreed", number__gt=version.number).exists()


def _draft_words(version) -> str:
    if version is None:
        return f"Проект, распечатан {rushort(timezone.localdate())}"
    return f"Проект, передан куратору {rushort(timezone.localdate(version.at))}"


def _council(program, agreed) -> dict:
    chair = holder("chair")
    return {
        "chair_before": chair.signature_name if chair else "",
        "date": str(program.minutes_date) if agreed and program.minutes_date else None,
        "minutes": program.minutes_number if agreed and program.minutes_number else None,
    }


def _approval_sheet(program, version, approved, by_grif) -> list[dict]:
    """Who confirmed, supported, agreed and approved these very words, when and how."""
    rows = _since_submission(program, version)
    if approved:
        how = "на бумаге: гриф «УТВЕРЖДАЮ»" if program.by_grif else f"на бумаге: приказ № {program.order_number}"
        rows.append(
            {
                "who": "Директор",
                "post": "",
                "what": "программа утверждена (п. 3.3)",
                "on": str(program.order_date),
                "how": how,
            }
        )
    return rows


def _since_submission(program, version) -> list[dict]:
    """Rows of the version, before the council's with the hand-over of the same words."""
    rows = list(version.signatures)
    if version.stage != "agreed":
        return rows
    handed = program.versions.filter(stage="submitted", number__lt=version.number).order_by("-number").first()
    over = [r for r in handed.signatures if "передан" in r["what"]] if handed else []
    confirmed = [r for r in rows if "подтверждён" in r["what"]]
    return [*confirmed, *over, *[r for r in rows if r not in confirmed]]
