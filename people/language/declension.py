"""A person's name and post in the case that a paper needs, with the corrections remembered for that person."""

from people.language.names import PARTS, decline, decline_short
from people.language.posts import decline_department, decline_post, written_out

KINDS = ("main", "internal", "external")


def overrides_of(person) -> dict[str, dict[str, str]]:
    """Return the person's corrected forms as ``{case: {part: form}}``; reads the prefetched ``name_forms``.

    A correction of a former surname, or of the other sex, is none.
    """
    name = person.name_to_correct
    found = {}
    for form in person.name_forms.all():
        if form.corrects.get("gender") == name["gender"]:
            parts = [part for part in PARTS if getattr(form, part) and form.corrects.get(part) == name[part]]
            found[form.case] = {part: getattr(form, part) for part in parts}
    return found


def name_in(person, case: str, *, short: bool = False) -> str:
    """Return «Очировой Светлане Дмитриевне», or with ``short`` «Очировой С. Д.»."""
    declined = decline_short if short else decline
    return declined(
        person.last_name, person.first_name, person.middle_name, person.gender, case, overrides=overrides_of(person)
    )


def post_of(person, employment=None, *, teaching: bool = False) -> str:
    """Return the post on papers, in whole words («исполняющий обязанности», «заместитель»): of the given employment,
    else of the main current one.

    With ``teaching`` a teaching post goes first: a deputy head who also teaches is a mentor as a teacher (п. 1.2).
    """
    return written_out(_post_of(person, employment, teaching))


def _post_of(person, employment, teaching) -> str:
    if employment is not None:
        return employment.post
    if not teaching and hasattr(person, "main_post"):
        return person.main_post
    posts = getattr(person, "posts", None)
    if posts is None:
        posts = list(person.employments.current())
    main = sorted(posts, key=lambda e: (teaching and not e.is_teaching, KINDS.index(e.kind)))
    return main[0].post if main else ""


def post_in(person, post: str, case: str) -> str:
    """Return a person's post in a case, with the form corrected for that person if there is one."""
    return decline_post(post, case, person.gender, overrides=post_forms_of(person, post))


def post_forms_of(person, post: str) -> dict[str, str]:
    """Return the corrected forms of a post, which may have been written with abbreviations then or now."""
    if not person.post_forms or post in person.post_forms:
        return person.post_forms.get(post, {})
    whole = written_out(post).lower()
    return next((forms for key, forms in person.post_forms.items() if written_out(key).lower() == whole), {})


def department_in(department, case: str) -> str:
    """Return «фортепианного отделения», with the form corrected for that department if there is one."""
    return decline_department(department.name, case, overrides=department.forms.get(department.name))


def named_with_post(person, case: str, employment=None, *, teaching: bool = False) -> str:
    """Return «Очирову Светлану Дмитриевну, преподавателя по классу фортепиано»."""
    post = post_of(person, employment, teaching=teaching)
    name = name_in(person, case)
    return f"{name}, {post_in(person, post, case)}" if post else name
