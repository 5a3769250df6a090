"""Acts of the register of persons: enter, edit, employ, correct the forms of a name (п. 1.2, 2.3, 3.4).

Form edits claim a version, so that two people who edit at once never overwrite each other unseen.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from mentoring_site.locks import locked, one_at_a_time
from mentoring_site.rights import require
from mentoring_site.russian import rudate
from mentoring_site.workflow import Already, NotAllowed, Refused, claim_version, record
from people.language.declension import overrides_of, post_forms_of, post_in
from people.language.name_text import search_key
from people.language.names import CASES, PARTS, decline_parts
from people.language.posts import decline_department, decline_post
from people.promises import Promise
from people.register import leaving
from people.register.emails import is_kept
from people.register.likeness import NAME_FIELDS, Described, another_name, found, other_names
from people.register.models import CASE_NAMES, Employment, FormerName, NameForm, Person, PersonQuerySet
from people.rights import Actor, Right
from people.school.models import Department, Organisation

CASE_LABELS = {"nominative": "именительный", **CASE_NAMES}


def sees_contacts(user: Actor, person: Person | None = None) -> bool:
    """Whether the user may see contacts and birth date: oneself, director, curator, clerk (152-ФЗ)."""
    return (person is not None and user.person_id == person.pk) or Promise.CONTACTS.opens_to(user)


class Known(Refused):
    """The person who is entered is, or may be, ``person`` of the register already."""

    def __init__(self, sentence: str, person: Person):
        super().__init__(sentence)
        self.person = person


@transaction.atomic
def enter(*, by: Actor, namesake: bool = False, **fields: Any) -> Person:
    """Write a new person into the register.

    ``namesake`` says that somebody of the same or a like name is really another person. Raises ``NotAllowed``;
    ``Known`` when the person is there already, or may be there under another name.
    """
    require(by, Right.PEOPLE_EDIT)
    one_at_a_time("register")
    person = Person(**fields)
    for twin in twins(person):
        same_day = twin.birth_date == person.birth_date and person.birth_date is not None
        if same_day or (not namesake and not (twin.birth_date and person.birth_date)):
            born = f", {rudate(twin.birth_date)} рождения" if twin.birth_date else ""
            raise Known(
                f"{twin.full_name}{born} — такой человек уже записан"
                + ("" if same_day else ". Если это тёзка, укажите дату рождения или отметьте «это другой человек»"),
                twin,
            )
    if not namesake:
        _refuse_likeness(person)
    _write(person)
    record(person, "enter", by=by, words="новая запись в списке людей")
    return person


def _refuse_likeness(person: Person) -> None:
    """Ask before somebody is written twice under two surnames."""
    described = Described(
        person.last_name, person.first_name, person.middle_name, person.birth_date, person.phone, person.email
    )
    for like in found(described):
        who = "она" if like.person.gender == Person.Gender.FEMALE else "он"
        raise Known(
            f"{like.sentence}. Если это {who}, откройте страницу и нажмите «Сменить имя». "
            "Если другой человек, отметьте «это другой человек»",
            like.person,
        )


def twins(person: Person) -> PersonQuerySet:
    """Persons of the same name in any case, е = ё."""
    key = search_key(person.last_name, person.first_name, person.middle_name)
    return Person.objects.filter(search=key).exclude(pk=person.pk)


@transaction.atomic
def edit(person: Person, *, by: Actor, version: int, misspelt: bool = False, **fields: Any) -> Person:
    """Change what is known about a person.

    ``misspelt`` says that the name was written wrongly: a name that has changed is the act ``rename_person``. Raises
    ``NotAllowed``, ``Stale``; ``Refused`` for a duplicate and for another name.
    """
    require(by, Right.PEOPLE_EDIT)
    claim_version(person, version)
    person = locked(person)
    if not misspelt and (names := other_names(person, fields)):
        raise Refused(another_name(person, names))
    if is_kept(person, fields.get("email", person.email), by):
        fields.pop("email")  # another person has to release it
    changed = _apply(person, fields)
    if changed:
        if "gender" in changed:
            person.post_forms = {}
        _write(person)
        drop_name_forms(person, changed)
        record(person, "edit", by=by, words="изменены сведения", fields=changed)
    return person


def written_email(person: Person) -> str:
    """Return the e-mail that is written now: another one may wait for somebody's release."""
    return Person.objects.values_list("email", flat=True).get(pk=person.pk)


@transaction.atomic
def rename_person(
    person: Person,
    *,
    by: Actor | None,
    version: int,
    last_name: str,
    first_name: str,
    middle_name: str = "",
    until: date | None = None,
    basis: str = "",
) -> Person:
    """Give a person another name and keep the former one: papers under it stay, and a search by it finds the person.

    ``until`` is the last day of the former name, ``basis`` the paper («свидетельство о браке от …»). ``by`` is None for
    the command line. A typing error is no former name: that is ``edit``. Raises ``NotAllowed``, ``Stale``; ``Already``
    when this is the name; ``Refused``.
    """
    if by is not None:
        require(by, Right.PEOPLE_EDIT)
    claim_version(person, version)
    person = locked(person)
    former = {name: getattr(person, name) for name in NAME_FIELDS}
    changed = _apply(person, {"last_name": last_name, "first_name": first_name, "middle_name": middle_name})
    if not changed:
        raise Already(f"{person.full_name}: это имя уже записано")
    kept, new = FormerName.objects.get_or_create(person=person, **former, defaults={"until": until, "basis": basis})
    if not new and (until or basis):
        kept.until, kept.basis = until or kept.until, basis or kept.basis
        kept.save(update_fields=["until", "basis"])
    names = FormerName.objects.filter(person=person).values_list(*NAME_FIELDS)
    person.former_search = search_key(*(word for words in names for word in words))
    _write(person)
    drop_name_forms(person, changed)
    record(person, "rename", by=by, words=f"сменилось имя, прежнее: {kept}", former=kept.pk)
    return person


def drop_name_forms(person: Person, changed: list[str]) -> None:
    """Forget corrected forms of the words of the name that are no longer there; all of them with another sex."""
    gone = NAME_FIELDS if "gender" in changed else changed
    stale = {part: "" for part, name in zip(PARTS, NAME_FIELDS, strict=True) if name in gone}
    if stale:
        NameForm.objects.filter(person=person).update(**stale)
        NameForm.objects.filter(person=person, **dict.fromkeys(PARTS, "")).delete()


@transaction.atomic
def employ(person: Person, *, by: Actor, **fields: Any) -> Employment:
    """Add a place of work. Raises ``NotAllowed``; ``Refused`` when the same post is held there already."""
    require(by, Right.PEOPLE_EDIT)
    employment = Employment(person=locked(person), **fields)
    held = Employment.objects.current().filter(
        person=person, organisation=employment.organisation, department=employment.department
    )
    if employment.post.lower() in {post.lower() for post in held.values_list("post", flat=True)}:
        raise Already("Эта должность у человека уже записана")
    _write(employment)
    record(person, "employ", by=by, words=f"добавлено место работы: {employment.post}", employment=employment.pk)
    leaving.follow(person, by=by)
    return employment


@transaction.atomic
def edit_employment(employment: Employment, *, by: Actor, version: int, **fields: Any) -> Employment:
    """Change or end a place of work (``until``). Raises ``NotAllowed``, ``Stale``, ``Refused``."""
    require(by, Right.PEOPLE_EDIT)
    claim_version(employment, version)
    employment = Employment.objects.select_related("person").get(pk=employment.pk)
    if _apply(employment, fields):
        _write(employment)
        record(
            employment.person,
            "edit_employment",
            by=by,
            words=f"изменено место работы: {employment.post}",
            employment=employment.pk,
        )
        leaving.follow(employment.person, by=by)
    return employment


@transaction.atomic
def end_employment(employment: Employment, *, by: Actor, version: int, on: date) -> Employment:
    """Write down the last day at a place of work. Raises ``NotAllowed``, ``Stale``, ``Refused``."""
    require(by, Right.PEOPLE_EDIT)
    claim_version(employment, version)
    employment = Employment.objects.select_related("person").get(pk=employment.pk)
    employment.until = on
    _write(employment)
    record(
        employment.person,
        "end_employment",
        by=by,
        words=f"окончена работа: {employment.post}",
        employment=employment.pk,
    )
    leaving.follow(employment.person, by=by)
    return employment


@transaction.atomic
def correct_names(person: Person, *, by: Actor, version: int, forms: dict, posts: dict | None = None) -> Person:
    """Keep the corrected forms of a name and of posts; what equals the rule is forgotten (docs/law.md#names-and-posts).

    ``forms`` is ``{"dative": {"last": "Заяцу"}}``, ``posts`` is ``{"методист": {"dative": "методисту"}}``, or None when
    the posts stay as they are. Raises ``NotAllowed``, ``Stale``.
    """
    require(by, Right.PEOPLE_EDIT)
    claim_version(person, version)
    person = locked(person)
    changed = []
    for case in CASES[1:]:
        rule = decline_parts(person.last_name, person.first_name, person.middle_name, person.gender, case)
        wanted = {part: (forms.get(case) or {}).get(part, "").strip() for part in PARTS}
        corrections = {part: text if text != getattr(rule, part) else "" for part, text in wanted.items()}
        stored = NameForm.objects.filter(person=person, case=case).first()
        if any(corrections.values()):
            same = stored is not None and {part: getattr(stored, part) for part in PARTS} == corrections
            if stored is None or not same or stored.corrects != person.name_to_correct:
                form = stored or NameForm(person=person, case=case)
                _apply(form, corrections)
                form.save()
                changed.append(case)
        elif stored:
            stored.delete()
            changed.append(case)
    if changed:
        record(person, "correct_names", by=by, words="исправлены формы имени для документов", cases=changed)
    if posts is not None:
        _correct_posts(person, posts, by)
    return person


def _correct_posts(person: Person, posts: dict, by: Actor) -> None:
    forms = {post: forms for post, forms in person.post_forms.items() if post not in posts}
    forms |= corrected(posts, lambda post, case: decline_post(post, case, person.gender))
    if forms != person.post_forms:
        person.post_forms = forms
        person.save(update_fields=["post_forms"])
        record(person, "correct_posts", by=by, words="исправлены формы должности для документов", posts=sorted(forms))


def corrected(typed: dict[str, dict], rule: Callable[[str, str], str]) -> dict[str, dict[str, str]]:
    """Return ``{text: {case: form}}`` of the typed forms that differ from ``rule(text, case)``; empty ones go."""
    found = {
        text: {
            case: form
            for case in CASES[1:]
            if (form := " ".join(str(forms.get(case) or "").split())) and form != rule(text, case)
        }
        for text, forms in typed.items()
    }
    return {text: forms for text, forms in found.items() if forms}


def declined_posts(person: Person) -> list[dict]:
    """Return the current posts of a person in all cases for the preview: post, forms, which of them were corrected."""
    posts = list(dict.fromkeys(e.post for e in person.employments.current()))
    return [
        {
            "post": post,
            "forms": [
                {
                    "label": CASE_LABELS[case],
                    "form": post_in(person, post, case),
                    "corrected": case in post_forms_of(person, post),
                }
                for case in CASES
            ],
        }
        for post in posts
    ]


def declined_forms(person: Person) -> list[dict]:
    """Return the forms of a name in all cases for the preview: case, form, whether it was corrected by hand."""
    stored = overrides_of(person)
    return [
        {
            "case": case,
            "label": CASE_LABELS[case],
            "corrected": bool(stored.get(case)),
            "form": decline_parts(
                person.last_name, person.first_name, person.middle_name, person.gender, case, overrides=stored
            ),
        }
        for case in CASES
    ]


@transaction.atomic
def save_organisation(organisation: Organisation, *, by: Actor, **fields: Any) -> Organisation:
    """Write down a partner organisation, new or changed (п. 1.2). Raises ``NotAllowed``, ``Refused``."""
    require(by, Right.PEOPLE_EDIT)
    one_at_a_time("register")
    new = organisation.pk is None
    if not new and organisation.kind == Organisation.Kind.OWN:
        raise NotAllowed("Сведения о своей школе меняют в настройках")
    _apply(organisation, fields)
    if organisation.kind == Organisation.Kind.OWN:
        raise Refused("Своя школа уже записана: её сведения — в настройках")
    _write(organisation)
    record(
        organisation, "enter" if new else "edit", by=by, words="записана организация" if new else "изменена организация"
    )
    return organisation


@transaction.atomic
def save_department(department: Department, *, by: Actor, forms: dict | None = None, **fields: Any) -> Department:
    """Write down a department, new or renamed; ``forms`` are its forms by case. Raises ``NotAllowed``, ``Refused``."""
    require(by, Right.PEOPLE_EDIT)
    one_at_a_time("register")
    new = department.pk is None
    _apply(department, fields)
    department.forms = corrected({department.name: forms or {}}, decline_department)
    _write(department)
    record(department, "enter" if new else "edit", by=by, words="записано отделение" if new else "изменено отделение")
    return department


def _apply(obj: Model, fields: dict[str, Any]) -> list[str]:
    """Set attributes; return the names of those that changed."""
    changed = [name for name, value in fields.items() if getattr(obj, name, None) != value]
    for name, value in fields.items():
        setattr(obj, name, value)
    return changed


def _write(obj: Model) -> None:
    """Validate with the constraints of the model and save. Raises ``Refused`` with every sentence."""
    try:
        obj.full_clean()
    except ValidationError as error:
        raise Refused(error.messages) from error
    obj.save()
