"""How long a program lasts: 3 months to 1 year (п. 1.2), and who may decide otherwise.

The limit is decided here, in ``complaint``. The last day must lie between two columns of the program, ``earliest_end``
and ``latest_end``, which the database checks too (``program_term``). Usually ``bounds`` of
``programs/pairings/terms.py`` fills them.

An exception is a recorded decision on a special term (п. 7.2): whoever has the right
``PROGRAMS_TERM`` writes down, while the program is a draft, who decided and why, and moves both columns
(``drafting.acts.decide_term``, page «Решение об особом сроке»). A program entered from paper may carry such a decision
from the start (``programs/paper_entry``). A longer term of a running program needs an order (``programs/changes``).
"""

from datetime import date

from mentoring_site.russian import add_months, months_between, period, plural, rudate
from programs.pairings.terms import LIMITS, bounds


def set_term(program, starts_on: date | None, ends_on: date | None) -> None:
    """Set the term of an unsaved program and its bounds; a recorded decision keeps the bounds that it set."""
    program.starts_on, program.ends_on = starts_on, ends_on
    if not program.term_decision:
        program.earliest_end, program.latest_end = bounds(starts_on) if starts_on else (None, None)


def complaint(
    starts_on: date | None, ends_on: date | None, *, earliest: date | None = None, latest: date | None = None
) -> str:
    """Say what is wrong with a term, or return an empty string; ``earliest`` and ``latest`` come from a decision.

    «Срок программы — от 3 месяцев до 1 года (п. 1.2 Положения). Указано: 2 месяца 10 дней».
    """
    if not starts_on or not ends_on:
        return ""
    if ends_on <= starts_on:
        return "Программа не может закончиться раньше, чем началась"
    if earliest is not None and latest is not None:
        ends = f"По решению об особом сроке программа заканчивается {period(earliest, latest)}"
        return "" if earliest <= ends_on <= latest else f"{ends} Указано: {rudate(ends_on)}"
    earliest, latest = bounds(starts_on)
    if earliest <= ends_on <= latest:
        return ""
    return f"Срок программы — {LIMITS}. Указано: {_length(starts_on, ends_on)}"


def _length(starts_on: date, ends_on: date) -> str:
    """«2 месяца 10 дней», counted from the first day to the last as the bounds are, so that it never
    says «3 месяца».
    """
    months = months_between(starts_on, ends_on)
    years, rest = divmod(months, 12)
    days = (ends_on - add_months(starts_on, months)).days
    parts = [(years, "год,года,лет"), (rest, "месяц,месяца,месяцев"), (days, "день,дня,дней")]
    return " ".join(plural(number, forms) for number, forms in parts if number)


def complaint_of(program) -> str:
    """Say what is wrong with the term of a program, with the decision that it carries."""
    if program.term_decision:
        return complaint(program.starts_on, program.ends_on, earliest=program.earliest_end, latest=program.latest_end)
    return complaint(program.starts_on, program.ends_on)
