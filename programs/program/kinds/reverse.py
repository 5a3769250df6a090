"""Reverse: the younger teaches the new, the experienced teaches the method; each is a mentor in one's own (п. 2.3)."""

from people.language.declension import name_in
from programs.pairings.models import Pairing, Participation
from programs.program.kinds.declaration import CHOICE, Ask, Declaration, mentees_of, mentor_of

WHO = (("mentee", "наставляемый (по приказу о паре)"), ("mentor", "наставник (по приказу о паре)"))


def sides(program, answers):
    """Return (younger, experienced) participations, or None while it is not said who is the younger."""
    mentor, mentees = mentor_of(program), mentees_of(program)
    if mentor is None or len(mentees) != 1 or answers.get("younger") not in ("mentor", "mentee"):
        return None
    pair = (mentees[0], mentor)
    return pair if answers["younger"] == "mentee" else pair[::-1]


def counterpart(program):
    """Return the assigned pair of the same two people with the parts exchanged, or None."""
    mentor, mentees = mentor_of(program), mentees_of(program)
    if mentor is None or len(mentees) != 1:
        return None
    exchanged = ((mentees[0].person_id, "mentor"), (mentor.person_id, "mentee"))
    found = Pairing.objects.filter(state=Pairing.State.ASSIGNED, kind=Pairing.Kind.PAIR)
    for person, part in exchanged:
        found = found.filter(pk__in=Participation.objects.live().filter(person=person, part=part).values("pairing"))
    return found.first()


def _unfit(program):
    if program.pairing.kind == "group":
        return ["Реверсивное наставничество — двое, которые учат друг друга, а здесь группа"]
    mentor, mentees = mentor_of(program), mentees_of(program)
    if mentor is None or not mentees or counterpart(program) is not None:
        return []
    return [
        "Реверсивное наставничество: каждый должен быть наставником в своём вопросе, а встречной пары, где наставник —"
        f" {mentees[0].person.short_name}, а наставляемый — {mentor.person.short_name}, приказом ещё не закреплено"
    ]


def _lacking(program, answers):
    found = sides(program, answers)
    born = [side.person.birth_date for side in found or ()]
    if len(born) == 2 and all(born) and born[0] < born[1]:
        return [f"{found[0].person.short_name} старше: младшим по возрасту назовите другого участника"]
    return []


def _more(program, answers):
    found = sides(program, answers)
    if found is None:
        return []
    younger, older = (side.person for side in found)
    return [
        ("Новые тенденции и технологии", f"{younger.short_name} — наставник {name_in(older, 'genitive', short=True)}"),
        (
            "Методика и учебно-воспитательный процесс",
            f"{older.short_name} — наставник {name_in(younger, 'genitive', short=True)}",
        ),
    ]


REVERSE = Declaration(
    "reverse",
    "Двое учат друг друга: младший — новым тенденциям и технологиям, опытный — методике и организации"
    " учебно-воспитательного процесса. В своём вопросе каждый наставник, в другом — наставляемый, поэтому нужны две"
    " пары, закреплённые приказом, с ролями наоборот; у каждой — свой план и журнал.",
    (
        Ask("younger", "Кто младше по возрасту", type=CHOICE, choices=WHO),
        Ask("modern", "Чему учит младший", "Новые тенденции, технологии: программы, запись, дистанционный урок"),
        Ask("method", "Чему учит опытный", "Методика и организация учебно-воспитательного процесса"),
    ),
    unfit=_unfit,
    lacking=_lacking,
    more=_more,
)
