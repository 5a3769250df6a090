"""The term of a programme: 3 months to 1 year (п. 1.2), kept in columns, so that the database can check it."""

from mentoring_site.russian import add_months, months_between, period, plural, rudate
from programs.pairings.terms import LIMITS, bounds


def set_term(program, starts_on, ends_on) -> None:
    """Set the term of an unsaved programme and its bounds; a recorded decision keeps the bounds that it set."""
    program.starts_on, program.ends_on = starts_on, ends_on
    if not program.term_decision:
        program.earliest_end, program.latest_end = bounds(starts_on) if starts_on else (None, None)


def complaint(starts_on, ends_on, *, earliest=None, latest=None) -> str:
    """Say what is wrong with a term, or return an empty string; ``earliest`` and ``latest`` come from a decision.

    «Срок программы — от 3 месяцев до 1 года (п. 1.2 Положения). Указано: 2 месяца 10 дней».
    """
    if not starts_on or not ends_on:
        return ""
    if ends_on <= starts_on:
        return "Программа не может закончиться раньше, чем началась"
    decided = earliest is not None and latest is not None
    if not decided:
        earliest, latest = bounds(starts_on)
    if earliest <= ends_on <= latest:
        return ""
    if decided:
        return (
            f"По решению об особом сроке программа заканчивается {period(earliest, latest)} Указано: {rudate(ends_on)}"
        )
    return f"Срок программы — {LIMITS}. Указано: {_length(starts_on, ends_on)}"


def _length(starts_on, ends_on) -> str:
    """«2 месяца 10 дней», counted from the first day to the last as the bounds are, so that it never
    says «3 месяца».
    """
    months = months_between(starts_on, ends_on)
    years, rest = divmod(months, 12)
    days = (ends_on - add_months(starts_on, months)).days
    parts = [(years, "год,года,лет"), (rest, "месяц,месяца,месяцев"), (days, "день,дня,дней")]
    return " ".join(plural(number, forms) for number, forms in parts if number)


def complaint_of(program) -> str:
    """Say what is wrong with the term of a programme, with the decision that it carries."""
    if program.term_decision:
        return complaint(program.starts_on, program.ends_on, earliest=program.earliest_end, latest=program.latest_end)
    return complaint(program.starts_on, program.ends_on)
