"""What the system itself knows to be done: lines of the template roadmap that facts prove (приложение, этапы 1–5)."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from mentoring_site.journeys import answers
from mentoring_site.locks import locked
from mentoring_site.paper_ref import PaperRef
from mentoring_site.workflow import record
from people.banks.models import Candidate
from people.school.models import School
from programs.pairings.models import Pairing
from programs.program.models import Program
from programs.program.states import ENDED, IN_FORCE
from roadmap.plan.models import Roadmap, Task

Fact = tuple[str, Callable[[int], Any], str | Callable[[int], str]]
"""The text of a line, what proves it in a school year, and what came of it: words, or what says them with numbers."""


def _regulation(year: int) -> Any:
    return Exists(School.objects.filter(regulation_date__isnull=False).order_by())


def _pairs(year: int) -> Any:
    return Exists(_assigned(year))


def _assigned(year: int) -> Any:
    return Pairing.objects.filter(state=Pairing.State.ASSIGNED, school_year=year, from_paper=False).order_by()


def _programs(year: int) -> Any:
    approved = Program.objects.filter(state__in=(*IN_FORCE, *ENDED))
    without = _assigned(year).filter(~Exists(approved.filter(pairing=OuterRef("pk"))))
    return Exists(_assigned(year)) & ~Exists(without)


def _regulation_words(year: int) -> str:
    school = School.get()
    if school is None:
        return "Положение утверждено"
    return f"Положение утверждено приказом {PaperRef(school.regulation_number, school.regulation_date)}"


def _pairs_words(year: int) -> str:
    """Name the orders: «Закреплено приказами от 02.09.2026 № 41-од, от 05.10.2026 № 52-од»."""
    papers = _assigned(year).order_by("order_date", "order_number").values_list("order_number", "order_date").distinct()
    named = [str(PaperRef(number, day)) for number, day in papers[:NAMED]]
    word = "приказом" if len(named) == 1 else "приказами"
    more = " и другими" if papers.count() > NAMED else ""
    return f"Закреплено {word} {', '.join(named)}{more}"


def _bank(part: str, **facts: Any) -> Callable[[int], Any]:
    return lambda year: Exists(Candidate.objects.filter(part=part, **facts).order_by())


def _recommended(year: int) -> Any:
    return Exists(Pairing.objects.filter(school_year=year, minutes_date__isnull=False).order_by())


NAMED = 5
STANDING = {"state__in": Candidate.STANDING_STATES}
FILLED = {"state__in": Candidate.LIVE_STATES, "filled_at__isnull": False}
FACTS: tuple[Fact, ...] = (
    (
        "Подготовка и принятие локальных нормативных актов о наставничестве, ознакомление с ними работников",
        _regulation,
        _regulation_words,
    ),
    (
        "Издание приказов о закреплении наставнических пар (групп) с письменного согласия участников",
        _pairs,
        _pairs_words,
    ),
    ("Подготовка персонализированных программ наставничества", _programs, "Программы утверждены"),
    (
        "Сбор информации о профессиональных запросах педагогов",
        _bank("mentee", **FILLED),
        "Анкеты наставляемых заполнены",
    ),
    (
        "Формирование банка данных наставляемых, получение согласий на обработку персональных данных",
        _bank("mentee", **STANDING),
        "Банк наставляемых заполнен, согласия записаны",
    ),
    (
        "Анкетирование потенциальных наставников, желающих участвовать в программах",
        _bank("mentor", **FILLED),
        "Анкеты наставников заполнены",
    ),
    (
        "Формирование банка данных наставников, получение согласий на обработку персональных данных",
        _bank("mentor", **STANDING),
        "Банк наставников заполнен, согласия записаны",
    ),
    (
        "Анализ банка наставников и выбор подходящих для программ педагогов и групп педагогов",
        _recommended,
        "Методический совет рекомендовал пару, протокол записан",
    ),
    ("Формирование наставнических пар и групп", _pairs, _pairs_words),
    (
        "Разработка персонализированных программ для каждой пары и группы",
        _programs,
        "У каждой закреплённой пары есть утверждённая программа",
    ),
)


def proved(year: int) -> dict[str, str]:
    """Return the lines that facts prove in a school year, with what came of each; one query, more for named papers."""
    found = answers([partial(evidence, year) for _, evidence, _ in FACTS])
    return {
        text: words if isinstance(words, str) else words(year)
        for (text, _, words), holds in zip(FACTS, found, strict=True)
        if holds
    }


@transaction.atomic
def tick(roadmap: Roadmap) -> int:
    """Mark the lines of an approved roadmap that facts prove; nobody is named as who did. Returns how many.

    A mark that the curator has taken back is not made again.
    """
    roadmap = locked(roadmap)
    words = proved(roadmap.school_year)
    waiting = Task.objects.filter(stage__roadmap=roadmap, done_on__isnull=True, text__in=words, done_note="")
    marked = list(waiting.select_related("stage"))
    for task in marked:
        Task.objects.filter(pk=task.pk).update(done_on=timezone.localdate(), done_note=words[task.text])
        said = f"мероприятие {task.stage.number}.{task.number} выполнено: {words[task.text][0].lower()}"
        record(roadmap, "known", by=None, words=f"{said}{words[task.text][1:]}"[:300], task=task.pk)
    return len(marked)


def tick_due() -> int:
    """Mark what facts prove in the roadmaps in force, for the clock; returns how many lines."""
    open_ones = Task.objects.filter(
        done_on__isnull=True, done_note="", text__in=[text for text, _, _ in FACTS], stage__roadmap=OuterRef("pk")
    )
    roadmaps = Roadmap.objects.filter(Exists(open_ones), state=Roadmap.State.APPROVED)
    return sum(tick(roadmap) for roadmap in roadmaps)
