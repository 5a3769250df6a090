"""The stages of a pair: Банк → Пара → Приказ → Программа → Реализация → Завершение → Публикация, with dates."""

from datetime import timedelta
from typing import Any

from mentoring_site.russian import ruday
from programs.pairings.models import Pairing

STAGES = ("Банк", "Пара", "Приказ", "Программа", "Реализация", "Завершение", "Публикация")
BANK, PAIR, ORDER, PROGRAM, RUNNING, END, PUBLICATION = range(7)
PAIR_WORDS: dict[str, str] = {
    Pairing.State.PROPOSED: "складывается",
    Pairing.State.RECOMMENDED: "рекомендована",
    Pairing.State.DECLINED: "не сложилась",
    Pairing.State.WITHDRAWN: "снята",
}


def state_words(program: Any) -> str:
    """Return where a program stands in words of the school: «проект у куратора», «ждёт приказа»."""
    if program.state == "running" and getattr(program, "paused", False):
        return paused_words(program)
    if program.is_expired:
        return program.get_state_display()
    if program.state == "submitted":
        return "у методического совета" if program.endorsed_at else "у куратора"
    return {
        "draft": "проект составляют",
        "agreed": "ждёт приказа",
        "approved": "утверждена",
        "running": "реализуется",
        "completed": "завершена",
        "terminated": "прекращена",
        "dropped": "снята до утверждения",
    }[program.state]


def paused_words(program: Any) -> str:
    """Return «приостановлена по 15 января» for a program read ``with_pause()``."""
    last = program.paused_resumes - timedelta(days=1) if program.paused_resumes else program.paused_until
    return f"приостановлена по\u00a0{ruday(last)}" if last else "приостановлена"


def stage_line(pairing: Pairing, program: Any = None, *, order_next: bool = False) -> list[dict]:
    """Return the stages for ``components/stage_line.html``: what has passed and when, where we are, what is next.

    Reads the prefetched ``pairing.people`` with candidates. ``order_next`` means that the pair only waits for its
    order.
    """
    now = _place(pairing, program, order_next)
    notes = _notes(pairing, program, now)
    tones = ["done" if i < now else "now" if i == now else "ahead" for i in range(len(STAGES))]
    return [
        {"label": label, "note": note, "tone": tone} for label, note, tone in zip(STAGES, notes, tones, strict=True)
    ]


def _place(pairing: Pairing, program: Any, order_next: bool) -> int:
    if program is not None:
        if program.results_published_at:
            return len(STAGES)
        if program.is_expired:
            return END
        return {"running": RUNNING, "completed": PUBLICATION, "terminated": PUBLICATION}.get(program.state, PROGRAM)
    if pairing.order_number:
        return PROGRAM
    return ORDER if order_next else PAIR


def _notes(pairing: Pairing, program: Any, now: int) -> list[str]:
    entered = [p.candidate.decided_at for p in pairing.people if p.candidate and p.candidate.decided_at]
    pair = ruday(pairing.minutes_date) if pairing.minutes_date else PAIR_WORDS.get(pairing.state, "")
    notes = [
        "" if pairing.from_paper or not entered else ruday(max(entered)),
        pair,
        f"№\u00a0{pairing.order_number}" if pairing.order_number else "готовится" if now == ORDER else "",
    ]
    if program is None:
        return [*notes, "ещё не начата" if now == PROGRAM else "", "", "", ""]
    approved = (
        (f"№\u00a0{program.order_number}" if program.order_number else "гриф")
        if program.order_date
        else state_words(program)
    )
    begins = program.started_on or program.starts_on
    ends = program.ended_on or program.ends_on
    return [
        *notes,
        approved,
        f"с\u00a0{ruday(begins)}" if begins else "",
        f"срок истёк {ruday(ends)}" if program.is_expired else ruday(ends) if ends else "",
        ruday(program.results_published_at) if program.results_published_at else "",
    ]
