"""People in the words of orders: sides of a pair, lists of names in a case, names with posts."""

from mentoring_site.russian import joined
from people.language.declension import name_in, named_with_post, post_of

PAIRINGS = {
    "pair": ("наставническую пару", "наставнические пары", "наставнической пары", "наставнических пар"),
    "group": ("наставническую группу", "наставнические группы", "наставнической группы", "наставнических групп"),
}
"""One and many in the accusative, one and many in the genitive."""


def side(pairing, part: str) -> list:
    """Return the persons of one part of a pair or group."""
    return [p.person for p in pairing.people if p.part == part]


def named(people, case: str) -> str:
    """Return «Очирову С. Д. и Басангова О. С.»."""
    return joined([name_in(p, case, short=True) for p in people])


def mentees(people, case: str) -> str:
    """Return «наставляемая Лиджиева К. Б.», «наставляемым Очировым С. Д.», «наставляемые … и …»."""
    forms = {
        "nominative": ("наставляемый", "наставляемая", "наставляемые"),
        "genitive": ("наставляемого", "наставляемой", "наставляемых"),
        "dative": ("наставляемому", "наставляемой", "наставляемым"),
        "accusative": ("наставляемого", "наставляемую", "наставляемых"),
        "instrumental": ("наставляемым", "наставляемой", "наставляемыми"),
    }[case]
    word = forms[2] if len(people) > 1 else forms[people[0].gender == "f"]
    return f"{word} {named(people, case)}"


def posts_line(participation) -> str:
    """Return «Очирова Светлана Дмитриевна, преподаватель по классу фортепиано, высшая категория» for a table."""
    person = participation.person
    parts = [person.full_name, post_of(person, participation.employment)]
    if person.category in ("first", "highest"):
        parts.append(f"{person.get_category_display()} категория")
    return ", ".join(filter(None, parts))


def staff_rows(people, notes=()) -> list[list[str]]:
    """Return rows of a list of persons: number, full name, post, and a note where there is one."""
    noted = dict(notes)
    return [[str(n), p.full_name, post_of(p), noted.get(p.pk, "")] for n, p in enumerate(people, 1)]


def part_of(user, pairing):
    """Return the latest participation of the user's person in a pair or group, or None."""
    return pairing.participations.filter(person=user.person_id).order_by("-since", "-pk").first()


def reads_program(program, user) -> bool:
    """Whether a sheet about a program is only about the user or the user's mentees."""
    mine = part_of(user, program.pairing)
    return mine is not None and (mine.part == "mentor" or program.pairing.kind == "pair")


def aside(person, case: str, employment=None, **how) -> str:
    """Return «Басангову Анну Петровну, преподавателя по классу домры,» closed by a comma when the
    sentence goes on after a post.
    """
    text = named_with_post(person, case, employment, **how)
    return f"{text}," if "," in text else text
