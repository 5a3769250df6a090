"""Facts of the mentor's report and of the mentee's review, filled and blank (п. 4.1, 5.2, 7.1).

Where the questions come from: docs/law.md#papers-report-and-review.
"""

from django.db.models import Count, Exists, OuterRef, Sum
from django.utils import timezone

from mentoring_site.russian import number_text, period, plural, rushort
from people.language.declension import name_in, post_in, post_of
from people.language.names import agree
from people.roles.letterhead import CATEGORIES, school_facts
from programs.completion.models import Completion
from programs.journal.models import Meeting, MeetingAttendance
from programs.pairings.models import Participation, present
from programs.program.models import ActivityResult, Program

POINTS = (
    ("norms", "Знание и применение нормативных актов (п. 5.2)"),
    ("motivation", "Заинтересованность и инициатива"),
    ("independence", "Самостоятельность в решениях"),
    ("discipline", "Дисциплинированность, организованность и культура в работе (п. 5.2)"),
)
"""Points of the short characteristic and the fields of a completion that hold them."""
MARKS = {"checked": "выполнено, проверено", "done": "отмечено, ждёт проверки", "returned": "возвращено на доработку"}
SCALE = (
    "Достаточно ли времени наставник уделял Вам",
    "Насколько ясны и посильны были требования наставника",
    "Насколько пригодились теоретические знания",
    "Насколько пригодились практические навыки: урок, показ, репертуар",
    "Насколько помогло освоиться знакомство с историей, традициями и порядком школы",
    "Насколько Вы готовы работать самостоятельно",
)
WAYS = (
    "самостоятельное изучение, ответы наставника по электронной почте",
    "то же, ответы по телефону",
    "консультации в условленное время",
    "консультации по мере надобности",
    "совместный пошаговый разбор: взаимные посещения и разбор уроков",
)
OPEN = (
    "Какой способ работы был самым действенным и почему",
    "Что самое важное Вы узнали и чему научились",
    "Кто ещё из коллег Вам помог и чем",
    "Что в начале работы далось труднее всего",
    "Ваши предложения",
)
"""Questions of a review in the words of an arts school."""


def report(program: Program, participation: Participation, completion: Completion | None = None) -> dict:
    """Return what ``documents/mentor_report.html`` reads; without a completion only names and tasks are filled in."""
    return {
        **_people(program, participation),
        "blank": completion is None,
        "tasks": _tasks(program, participation, marked=completion is not None),
        "meetings": _meetings(program, participation),
        "outcomes": _outcomes(program, participation, completion),
        "points": [{"label": label, "text": getattr(completion, name) if completion else ""} for name, label in POINTS],
        "conclusion": completion.conclusion if completion else "",
        "reason": completion.get_reason_display() if completion else "",
        "verdicts": _verdicts(participation, completion),
        "date": str(timezone.localdate(completion.concluded_at)) if completion and completion.concluded_at else None,
    }


def review(program: Program, participation: Participation, completion: Completion | None = None) -> dict:
    """Return what ``documents/mentee_review.html`` reads; without a written review questions with lines for a pen."""
    written = completion if completion and completion.review else None
    return {
        **_people(program, participation),
        "blank": written is None,
        "review": written.review if written else "",
        "outcomes": [o for o in _outcomes(program, participation, completion) if o["word"]] if written else [],
        "scale": list(SCALE),
        "ways": list(WAYS),
        "open": list(OPEN),
        "date": str(timezone.localdate(written.reviewed_at)) if written else None,
    }


def _people(program: Program, participation: Participation) -> dict:
    mentors = present().filter(pairing=program.pairing_id, part=Participation.Part.MENTOR)
    mentor = mentors.select_related("person", "employment").first()
    approved = program.approval.replace("\u00a0", " ")
    return {
        "school": school_facts(),
        "mentor": (
            _person(mentor)
            if mentor
            else {"name": "", "post": "", "category": "", "before": "", "gender": "m", "about": ""}
        ),
        "mentee": _person(participation),
        "program": {
            "title": program.title,
            "term": (
                period(program.started_on or program.starts_on, program.ends_on or program.ended_on)
                if program.starts_on
                else ""
            ),
            "order": approved,
        },
    }


def _person(p: Participation) -> dict:
    person = p.person
    post = p.employment.post if p.employment else post_of(person)
    about = name_in(person, "prepositional")
    return {
        "name": person.full_name,
        "post": post,
        "category": CATEGORIES.get(person.category, ""),
        "before": person.signature_name,
        "gender": person.gender,
        "about": f"{about}, {post_in(person, post, 'prepositional')}" if post else about,
    }


def _tasks(program: Program, participation: Participation, *, marked: bool) -> list[dict]:
    """Tasks of the plan with their quantity, period and mark of completion for one mentee."""
    rows = ActivityResult.objects.filter(activity__program=program, participation=participation)
    results = {r.activity_id: r for r in rows} if marked else {}
    return [
        {
            "what": a.title,
            "amount": a.expected_result,
            "when": period(a.starts_on or a.due_on, a.due_on),
            "mark": _mark(results.get(a.pk)) if marked else "",
        }
        for a in program.activities.all()
    ]


def _mark(result: ActivityResult | None) -> str:
    if result is None:
        return "не выполнено"
    day = rushort(timezone.localdate(result.checked_at or result.done_at))
    return f"{MARKS[result.state]} {day}"


def _meetings(program: Program, participation: Participation) -> str:
    """«12 встреч, 9,5 часа»: those with this mentee that both sides confirmed."""
    both = [
        Exists(MeetingAttendance.objects.filter(meeting=OuterRef("pk"), confirmed_at__isnull=False, **side))
        for side in ({"participation": participation}, {"participation__part": Participation.Part.MENTOR})
    ]
    total = (
        Meeting.objects.filter(*both, program=program).order_by().aggregate(count=Count("pk"), minutes=Sum("minutes"))
    )
    if not total["count"]:
        return ""
    hours = round(total["minutes"] / 60, 1)
    return f"{plural(total['count'], 'встреча,встречи,встреч')}, {number_text(hours)} ч"


def _outcomes(program: Program, participation: Participation, completion: Completion | None) -> list[dict]:
    """What became of each difficulty; without a completion the difficulties with empty cells."""
    difficulties = program.difficulties.filter(candidate=participation.candidate_id).order_by("pk")
    known = {o.difficulty_id: o for o in completion.outcomes.all()} if completion else {}
    return [
        {
            "text": d.text,
            "word": known[d.pk].get_level_display() if d.pk in known else "",
            "comment": known[d.pk].comment if d.pk in known else "",
        }
        for d in difficulties
    ]


def _verdicts(participation: Participation, completion: Completion | None) -> list[dict]:
    gender = participation.person.gender
    chosen = completion.verdict if completion else ""
    return [{"words": agree(gender, words), "chosen": value == chosen} for value, words in Completion.Verdict.choices]
