"""Writing a staff list into the register: one transaction, the plan made again inside it, acts in the log."""

from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Max, Model
from django.utils import timezone

from mentoring_site.bulk import insert_rows
from mentoring_site.models import Act
from mentoring_site.rights import require
from mentoring_site.workflow import Already, Refused, claim_version, record
from people.language.names import PARTS
from people.register.acts import rename_person
from people.register.emails import is_kept
from people.register.likeness import NAME_FIELDS
from people.register.models import Employment, NameForm, Person
from people.rights import Right
from people.school.models import Department, Organisation
from people.staff_list.checking import StaffList
from people.staff_list.correction import left_out
from people.staff_list.models import StaffImport
from people.staff_list.plan import PersonPlan, Plan, make_plan

BATCH = 500


@transaction.atomic
def commit(staff_list: StaffList, answers: dict | None = None, *, by, upload: StaffImport | None = None) -> Plan:
    """Write the accepted and the confirmed rows of a list.

    Takes the list, answers to doubts, the user (None for the command line) and the upload that is marked as written.
    Returns the plan that was carried out; the same list again changes nothing. Raises NotAllowed, Already when the
    upload has been written before, Refused when our school is not recorded.
    """
    if by is not None:
        require(by, Right.PEOPLE_IMPORT)
    # one import at a time: on PostgreSQL the row is locked, on SQLite the transaction is immediate
    own = Organisation.objects.select_for_update().filter(kind=Organisation.Kind.OWN).first() or _own(staff_list)
    now = timezone.now()
    if upload is not None:
        marked = StaffImport.objects.filter(pk=upload.pk, committed_at__isnull=True)
        if not marked.update(committed_at=now, committed_by=by):
            raise Already("Этот список уже внесён. Ничего не изменено")
    plan = make_plan(staff_list, answers)
    writer = _Writer(own, by, now)
    writer.write(plan)
    if upload is not None:
        upload.result = summary(plan, staff_list)
        StaffImport.objects.filter(pk=upload.pk).update(result=upload.result, undo=writer.written)
        record(upload, "import", by=by, words="список сотрудников внесён", **plan.counts)
        upload.refresh_from_db()
    elif plan.to_write:
        record(own, "import", by=by, words="список сотрудников внесён командой", **plan.counts)
    return plan


def _own(staff_list: StaffList) -> Organisation:
    """Our school, when it is not recorded yet: under the name that stands above the list."""
    if not staff_list.school:
        raise Refused("Сначала запишите сведения о школе: сотрудники записываются в неё")
    return Organisation.objects.create(
        kind=Organisation.Kind.OWN, name=staff_list.school, short_name=staff_list.school[:120]
    )


def summary(plan: Plan, staff_list: StaffList) -> dict:
    """What is kept about a written list: counts, rows left out with their reasons, who was not in the list."""
    names = {row.number: row.checked.staff.full_name for row in plan.rows}
    rows = [
        {"row": number, "place": staff_list.place(number), "name": names[number], "reasons": sentences}
        for number, sentences in left_out(plan).items()
    ]
    return {"counts": plan.counts, "left_out": rows, "vanished": [person.pk for person in plan.vanished]}


class _Writer:
    """Writes a plan with few queries, however many people are new."""

    def __init__(self, own: Organisation, by, now: datetime):
        self.own, self.by, self.now = own, by, now
        self.departments = {d.name.casefold(): d.pk for d in Department.objects.filter(organisation=own)}
        self.acts: list[Act] = []
        self.written: dict[str, list] = {
            name: [] for name in ("persons", "employments", "departments", "renamed", "changed", "moved")
        }
        self.person_type = ContentType.objects.get_for_model(Person)

    def write(self, plan: Plan) -> None:
        """Changed persons one by one (their field history is kept), new ones in bulk, then their employments."""
        to_write = plan.to_write
        for person_plan in to_write:
            if person_plan.renamed:
                self._rename(person_plan)
            if person_plan.values and person_plan.person is not None:
                self._change(person_plan)
        created = self._create([person_plan for person_plan in to_write if person_plan.person is None])
        self._employ(to_write, created)
        Act.objects.bulk_create(self.acts, batch_size=BATCH)

    def _create(self, plans: list[PersonPlan]) -> dict[PersonPlan, int]:
        """Insert the new persons; returns their keys, known by name and birth date, which are one
        person's in a list.
        """
        if not plans:
            return {}
        insert_rows(Person, [_person(plan) for plan in plans], created_at=self.now)
        known = Person.objects.filter(created_at=self.now).order_by().values_list("search", "birth_date", "pk")
        keys = {(search, born): pk for search, born, pk in known}
        created = {plan: keys[plan.name.name_key, plan.values["birth_date"]] for plan in plans}
        self.written["persons"] = list(created.values())
        insert_rows(
            Act,
            [{"object_id": pk} for pk in created.values()],
            object_type_id=self.person_type.pk,
            verb="enter",
            words="новая запись в списке людей из загруженного файла",
            actor_id=self.by and self.by.pk,
            at=self.now,
        )
        return created

    def _rename(self, plan: PersonPlan) -> None:
        """Give a known person the name of the list, as somebody confirmed; the former one is kept."""
        person, name = plan.person, plan.name
        before = {field: getattr(person, field) for field in NAME_FIELDS}
        after = {"last_name": name.last, "first_name": name.first, "middle_name": name.middle}
        forms = list(NameForm.objects.filter(person=person).values("case", *PARTS))
        renamed: Any = rename_person(
            person,
            by=self.by,
            version=person.version,
            last_name=name.last,
            first_name=name.first,
            middle_name=name.middle,
            basis="список сотрудников",
        )
        kept = renamed.former_names.get(**before).pk
        self.written["renamed"].append(
            {"person": person.pk, "before": before, "after": after, "former": kept, "forms": forms}
        )
        renamed.employments_in_school = person.employments_in_school
        plan.person = renamed

    def _change(self, plan: PersonPlan) -> None:
        person = plan.person
        claim_version(person, person.version)
        values = dict(plan.values)
        if "email" in values and is_kept(person, str(values["email"]), self.by):
            values.pop("email")  # another person has to release it
        before = {name: getattr(person, name) for name in values}
        self.written["changed"].append(changed(person, before, values))
        for name, value in values.items():
            setattr(person, name, value)
        person.save(update_fields=[*values, "search"])
        self._log(person, "edit", "изменены сведения по загруженному списку", fields=sorted(values))

    def _employ(self, plans: list[PersonPlan], created: dict[PersonPlan, int]) -> None:
        new = []
        for plan in plans:
            for place in plan.employments:
                values = dict(place.values)
                if "department" in values:
                    values["department_id"] = self._department(values.pop("department"))
                if place.employment is None:
                    new.append({"person_id": created.get(plan) or plan.person.pk, **values})
                elif values:
                    employment = place.employment
                    claim_version(employment, employment.version)
                    before = {name: getattr(employment, name) for name in values}
                    self.written["moved"].append(changed(employment, before, values))
                    for name, value in values.items():
                        setattr(employment, name, value)
                    employment.save(update_fields=list(values))
                    self._log(plan.person, "edit_employment", f"изменено место работы: {employment.post}")
        last = Employment.objects.aggregate(last=Max("pk"))["last"] or 0
        insert_rows(Employment, new, organisation_id=self.own.pk)
        fresh = Employment.objects.filter(pk__gt=last, organisation=self.own).values_list(
            "pk", "person", "post", "kind"
        )
        mine = {(row["person_id"], row["post"], row["kind"]) for row in new}
        self.written["employments"] = [pk for pk, *place in fresh if tuple(place) in mine]

    def _department(self, name: str) -> int | None:
        if not name:
            return None
        key = name.casefold()
        if key not in self.departments:
            self.departments[key] = Department.objects.create(organisation=self.own, name=name).pk
            self.written["departments"].append(self.departments[key])
        return self.departments[key]

    def _log(self, person: Person, verb: str, words: str, **facts) -> None:
        self.acts.append(
            Act(
                object_type=self.person_type,
                object_id=person.pk,
                verb=verb,
                words=words,
                actor=self.by,
                at=self.now,
                facts=facts,
            )
        )


def changed(obj: Model, before: dict, after: dict) -> dict:
    """What was changed about a row, as plain data: to take it back, and to see whether it has moved on since."""
    return {"pk": obj.pk, "before": _plain(before), "after": _plain(after)}


def _plain(values: dict) -> dict:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _person(plan: PersonPlan) -> dict:
    """The columns of a new person."""
    name = plan.name
    return {
        "last_name": name.last,
        "first_name": name.first,
        "middle_name": name.middle,
        "gender": plan.gender,
        "search": name.name_key,
        **plan.values,
    }
