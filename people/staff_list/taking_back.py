"""Taking a written list back: everything that it wrote goes, while nothing hangs on it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import ProtectedError, Q, RestrictedError
from django.urls import reverse
from django.utils import timezone

from mentoring_site import hanging
from mentoring_site.models import Act
from mentoring_site.rights import require
from mentoring_site.undo import UNDONE, Undoable
from mentoring_site.workflow import Already, Refused, record
from people.accounts.models import User
from people.language.name_text import search_key
from people.language.names import PARTS
from people.register.acts import drop_name_forms
from people.register.emails import is_kept
from people.register.likeness import NAME_FIELDS
from people.register.models import Employment, FormerName, NameForm, Person
from people.rights import Right
from people.school.models import Department
from people.staff_list.models import StaffImport

NAMED = 12  # people in one refusal
CHUNK = 500
OWN_ROWS = (Employment, FormerName)  # parts of a person, not things that hang on one


@transaction.atomic
def take_back(upload: StaffImport, *, by: User) -> StaffImport:
    """Undo what a written list has written: new people and places of work go, changed values return.

    Raises NotAllowed; Already when it was taken back; Refused, naming what hangs, when anything has come after.
    """
    require(by, Right.PEOPLE_IMPORT)
    upload = StaffImport.objects.select_for_update().get(pk=upload.pk)
    if upload.taken_back_at:
        raise Already("Эта загрузка уже взята назад. Ничего не изменено")
    _lock_people(upload)
    if reasons := hangs(upload):
        raise Refused(reasons)
    try:
        _undo(upload.undo, by)
    except (ProtectedError, RestrictedError) as held:
        raise Refused("На записанных людях уже держатся другие записи: загрузку назад не взять") from held
    upload.taken_back_at, upload.taken_back_by, upload.undo = timezone.now(), by, {}
    upload.save(update_fields=["taken_back_at", "taken_back_by", "undo"])
    written = Act.objects.about(upload).filter(verb="import").last()
    undone = {UNDONE: written.pk} if written else {}
    record(upload, "take_back", by=by, words="загрузка списка взята назад", **upload.result["counts"], **undone)
    return upload


def _lock_people(upload: StaffImport) -> None:
    """Let nobody change or add to the people of a list while it is looked at and taken back."""
    undo = upload.undo or {"persons": (), "changed": ()}
    keys = {*undo["persons"], *(row["pk"] for row in undo["changed"])}
    for start in range(0, len(keys), CHUNK):
        some = sorted(keys)[start : start + CHUNK]
        list(Person.objects.select_for_update().filter(pk__in=some).order_by("pk").values_list("pk"))


IMPORT = Undoable(
    what="загрузку списка",
    undo=lambda act, upload, *, by: take_back(upload, by=by),
    instead="Исправьте сведения на страницах людей",
    right=Right.PEOPLE_IMPORT,
    page=lambda act: reverse("people:import_take_back", args=[act.object_id]),
)


def hangs(upload: StaffImport) -> list[str]:
    """What stands in the way of taking a list back, in sentences; nothing when it can be done."""
    if upload.committed_at is None:
        return ["Список не внесён: брать назад нечего"]
    if not upload.undo:
        return ["Эта загрузка внесена прежней версией системы, которая не запоминала, что записано"]
    found: dict[int, list[str]] = defaultdict(list)
    hanging.related(Person, upload.undo["persons"], found, own=OWN_ROWS)
    hanging.acts_since(Person, upload.undo["persons"], Q(at__gt=upload.committed_at), found)
    places = dict(Employment.objects.filter(pk__in=upload.undo["employments"]).values_list("pk", "person"))
    on_places: dict[int, list[str]] = defaultdict(list)
    hanging.related(Employment, list(places), on_places)
    for pk, words in on_places.items():
        found[places[pk]] += words
    for row in upload.undo["changed"]:
        _moved_on(Person, row, row["pk"], found)
    for row in upload.undo["moved"]:
        person = Employment.objects.filter(pk=row["pk"]).values_list("person", flat=True).first()
        _moved_on(Employment, row, person or 0, found)
    for row in upload.undo["renamed"]:
        _moved_on(Person, {"pk": row["person"], "after": row["after"]}, row["person"], found)
    people = Person.objects.in_bulk(list(found)[: NAMED + 1])
    lines = [
        f"{people[pk].short_name if pk in people else 'Запись удалена'}: {', '.join(dict.fromkeys(words))}"
        for pk, words in list(found.items())[:NAMED]
    ]
    more = len(found) - len(lines)
    return [*lines, *([f"И ещё у {more}"] if more > 0 else [])]


def forget(person: Person) -> None:
    """Drop the values that uploads keep about a person, when the person's data are destroyed."""
    for upload in StaffImport.objects.select_for_update().exclude(undo={}):
        kept = {
            "changed": [row for row in upload.undo["changed"] if row["pk"] != person.pk],
            "renamed": [
                row | {"forms": []} if row["person"] == person.pk else row for row in upload.undo.get("renamed", ())
            ],
        }
        if any(rows != upload.undo.get(name, []) for name, rows in kept.items()):
            StaffImport.objects.filter(pk=upload.pk).update(undo=upload.undo | kept)


def _moved_on(model: type[models.Model], row: dict, person: int, found: dict[int, list[str]]) -> None:
    """Values that are no longer those that the list wrote."""
    now = model._base_manager.filter(pk=row["pk"]).values(*row["after"]).first()
    if now is None:
        found[person].append("запись удалена")
        return
    for name, wrote in row["after"].items():
        value = now[name].isoformat() if isinstance(now[name], date) else now[name]
        if value != wrote:
            field: Any = model._meta.get_field(name.removesuffix("_id"))
            found[person].append(f"после загрузки изменено: {field.verbose_name}")


def _undo(written: dict, by: User) -> None:
    """Bring back what was before, then remove what was new."""
    for row in written["moved"]:
        _restore(Employment, row["pk"], row["before"])
    for row in written["renamed"]:
        _restore_name(row)
    for row in written["changed"]:
        _restore_person(row["pk"], row["before"], by)
    _delete(Employment, written["employments"])
    _delete(Person, written["persons"])
    in_use = Employment.objects.filter(department__in=written["departments"]).values("department")
    Department.objects.filter(pk__in=written["departments"]).exclude(pk__in=in_use).delete()


def _restore(model: type[models.Model], pk: int, before: dict) -> None:
    obj: Any = model._base_manager.get(pk=pk)
    for name, value in before.items():
        is_date = isinstance(model._meta.get_field(name.removesuffix("_id")), models.DateField)
        setattr(obj, name, date.fromisoformat(value) if is_date and value else value)
    obj.version += 1
    obj.save(update_fields=[*before, "version"])


def _restore_person(pk: int, before: dict, by: User) -> None:
    """As ``_restore``; the e-mail of somebody who is privileged by now another person has to release."""
    email = before.get("email")
    if email is not None and is_kept(Person.objects.get(pk=pk), email, by):
        before = {name: value for name, value in before.items() if name != "email"}
    _restore(Person, pk, before)


def _restore_name(row: dict) -> None:
    """The former name is the name again, and no former one; its corrected forms hold again."""
    person = Person.objects.get(pk=row["person"])
    FormerName.objects.filter(pk=row["former"]).delete()
    names = FormerName.objects.filter(person=person).values_list(*NAME_FIELDS)
    person.former_search = search_key(*(word for words in names for word in words))
    for name, value in row["before"].items():
        setattr(person, name, value)
    person.version += 1
    person.save()
    changed = [name for name, value in row["before"].items() if value != row["after"][name]]
    drop_name_forms(person, changed)
    for kept in row.get("forms", ()):
        form = NameForm.objects.filter(person=person, case=kept["case"]).first()
        form = form or NameForm(person=person, case=kept["case"])
        for part, name in zip(PARTS, NAME_FIELDS, strict=True):
            if name in changed:
                setattr(form, part, kept[part])
        if any(getattr(form, part) for part in PARTS):
            form.save()


def _delete(model: type[models.Model], pks: Iterable[int]) -> None:
    """Remove rows together with what the history of fields keeps about them: nobody knows these people any more."""
    pks, kind = list(pks), ContentType.objects.get_for_model(model)
    for start in range(0, len(pks), CHUNK):
        some = pks[start : start + CHUNK]
        model._base_manager.filter(pk__in=some).delete()
        LogEntry.objects.filter(content_type=kind, object_id__in=some).delete()
