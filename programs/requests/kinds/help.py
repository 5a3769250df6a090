"""A mentee asks the mentor for help, or the curator alone (п. 2.3, ситуационное наставничество; п. 5.1)."""

from typing import Any

from people.promises import Promise
from people.rights import CURATOR
from programs.program.kinds.situational import response_hours
from programs.program.models import Program
from programs.program.states import State
from programs.requests.kinds.base import AUTHOR, LADDER, MENTEE, MENTOR, RequestKind, Route, Step, Term

DAY = 24  # hours


def _promised(subject: Any) -> int | None:
    """Return within how many working days the mentor of a situational program has promised to answer (п. 2.3)."""
    running = Program.objects.filter(pairing=subject.pairing, state=State.RUNNING, kinds__code="situational")
    hours = [found for program in running if (found := response_hours(program))]
    return -(-min(hours) // DAY) if hours else None


HELP = RequestKind(
    code="help",
    position=10,
    name="просьба о помощи",
    genitive="просьбы о помощи",
    offer="Попросить помощи",
    submit="Отправить",
    filed="Отправлено. Ответ будет здесь",
    lead="По должностным обязанностям и работе: наставнику или только куратору.",
    ask="Что случилось или чего не хватает",
    about="pairing",
    filers=(MENTEE,),
    routes=(
        Route("mentor", Promise.HELP, ((MENTOR,),), "Наставнику", known_to=(CURATOR,), parties=(AUTHOR,)),
        Route("curator", Promise.HELP_APART, LADDER, "Только куратору"),
    ),
    terms=(
        Term("week", lambda school: _setting(school, "help_days", 5), "На этой неделе", promised=_promised),
        Term("urgent", lambda school: _setting(school, "help_urgent_days", 1), "Срочно", promised=_promised),
    ),
    accept=Step(
        label="Ответить",
        heading="Ответить на просьбу",
        success="Ответ отправлен",
        words="дан ответ",
        state="отвечено",
        ask="Ваш ответ",
        effects=("Ответ увидит тот, кто просил: он останется здесь.",),
    ),
    state_words={"filed": "ждёт ответа"},
)


def _setting(school: Any, name: str, otherwise: int) -> int:
    return getattr(school, name) if school else otherwise
