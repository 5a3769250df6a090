"""Acts about methodical materials: put, reviewed, shown, attached to forms, kinds, programs, the roadmap (п. 3.5)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mentoring_site.evidence.acts import add_record, attach
from mentoring_site.evidence.places import Offer
from mentoring_site.locks import locked, one_at_a_time
from mentoring_site.mail import letters_of
from mentoring_site.models import Act, Evidence, EvidenceRevision, StoredFile
from mentoring_site.rights import require
from mentoring_site.workflow import Already, NotAllowed, Refused, claim_version, perform, record
from people.accounts.models import User
from people.consents.dissemination import allowed_fields
from people.language.mentions import named_without_permission
from people.rights import Right
from people.roles.letters import mail_person, mail_right_holders
from programs.catalogs.models import MentoringForm, MentoringKind
from programs.pairings.mentions import people_in
from programs.pairings.models import Participation, present
from programs.program.models import Program
from programs.program.states import LIVE
from roadmap.library.models import Material, ProgramMaterial, may_add
from roadmap.library.rules import ADDER, adds

FIELDS = ("title", "kind", "annotation", "audience", "topic", "source", "licence")
LONGEST_REMARK = 4000
MOST_OF_PROGRAM = 30
ADDERS = "наставник"


@transaction.atomic
def add(
    *,
    by: User,
    files: Iterable[StoredFile] = (),
    url: str = "",
    forms: Iterable[MentoringForm] = (),
    kinds: Iterable[MentoringKind] = (),
    request_key: UUID | None = None,
    **fields: Any,
) -> Material:
    """Put a material into the library as a draft with its files. Returns the one of the same ``request_key``.

    Raises ``NotAllowed``; ``Refused`` without a title, annotation or source, or for too many files.
    """
    require(by, Right.LIBRARY_WRITE, unless=may_add(by), also=ADDERS)
    one_at_a_time("library")
    if request_key and (made := Material.objects.filter(request_key=request_key).first()):
        return made
    made = Material.objects.create(created_by=by, request_key=request_key, **_clean(fields))
    made.forms.set(forms)
    made.kinds.set(kinds)
    made.people.set(people_in(made.words))
    attach(made, files, by=by)
    if url:
        _link(made, url, by)
    record(made, "add", by=by, words="материал добавлен", target=made.state)
    return made


def _link(material: Material, url: str, by: User) -> None:
    made = Evidence.objects.create(object=material, created_by=by)
    EvidenceRevision.objects.create(evidence=made, number=1, by=by, url=url, name=url[:200])


def _clean(fields: dict[str, Any]) -> dict[str, Any]:
    values = {name: fields[name] for name in FIELDS if name in fields}
    for name, missing in (
        ("title", "Назовите материал"),
        ("annotation", "Напишите, о чём он"),
        ("source", "Укажите, чей он"),
    ):
        if name in values:
            values[name] = values[name].strip()
            if not values[name]:
                raise Refused(missing)
    return values


def require_adding(material: Material, user: User) -> None:
    """Refuse who may not change the material. Raises ``NotAllowed``."""
    if not adds(material, user):
        raise NotAllowed(f"Менять материал может {ADDER}: это {material.created_by.person.short_name}")


def in_work(material: Material, by: User) -> Material:
    """Return the material read again under a lock. Raises ``NotAllowed``; ``Refused`` when the council has it."""
    fresh = locked(material)
    require_adding(fresh, by)
    if fresh.state not in Material.IN_WORK:
        raise Refused(
            "Материал у совета или в библиотеке. Чтобы обновить его, нажмите «Обновить»: совет посмотрит снова"
        )
    return fresh


@transaction.atomic
def change(
    material: Material,
    *,
    by: User,
    version: int,
    forms: Iterable[MentoringForm] = (),
    kinds: Iterable[MentoringKind] = (),
    **fields: Any,
) -> Material:
    """Change what is said of a material in work. Raises ``NotAllowed``, ``Refused``, ``Stale``."""
    fresh = in_work(material, by)
    claim_version(fresh, version)
    for name, value in _clean(fields).items():
        setattr(fresh, name, value)
    fresh.save()
    fresh.forms.set(forms)
    fresh.kinds.set(kinds)
    fresh.people.set(people_in(fresh.words))
    record(fresh, "edit", by=by, words="сведения о материале изменены")
    return fresh


def _last(material: Material, by: User) -> Act:
    act = Act.objects.about(material).filter(actor=by).last()
    assert act is not None
    return act


@transaction.atomic
def submit(material: Material, *, by: User) -> Material:
    """Give the material to the council, which gets a letter. Raises what ``perform`` raises."""
    done = perform(material, "submit", by=by, columns={"submitted_at": timezone.now(), "remarks": ""})
    with letters_of(_last(done, by)):
        mail_right_holders(Right.PRACTICES_REVIEW, "material_review", but=by, asks=str(done.pk), material=done)
    return done


@transaction.atomic
def answer(material: Material, *, by: User, accepts: bool, remarks: str = "", version: int | None = None) -> Material:
    """The council accepts the material or returns it with remarks; who put it gets a letter.

    Raises what ``perform`` raises; ``Refused`` for a return without words, or when it was changed meanwhile.
    """
    remarks = remarks.strip()
    if not accepts and not remarks:
        raise Refused("Напишите, что поправить")
    if len(remarks) > LONGEST_REMARK:
        raise Refused(f"Слишком длинно: можно не больше {LONGEST_REMARK} знаков")
    fresh = locked(material)
    if version is not None and version != fresh.version:
        raise Refused("Пока Вы читали, материал изменился. Посмотрите его ещё раз")
    now = timezone.now()
    columns: dict[str, Any] = {"reviewed_at": now, "reviewed_by": by, "remarks": remarks}
    columns |= {"accepted_at": now} if accepts else {}
    done = perform(fresh, "accept" if accepts else "send_back", by=by, columns=columns)
    name, asks = ("material_accepted", "") if accepts else ("material_returned", str(done.pk))
    person = done.created_by.person
    with letters_of(_last(done, by)):
        mail_person(person, name, asks=asks, person=person, material=done)
    return done


HIDDEN: dict[str, Any] = {"is_public": False, "public_at": None, "public_by": None}


@transaction.atomic
def rework(material: Material, *, by: User) -> Material:
    """Take the material to renew it: it leaves the site until the council has looked again; old files stay readable.

    Raises what ``perform`` raises.
    """
    return perform(locked(material), "rework", by=by, columns=HIDDEN)


@transaction.atomic
def archive(material: Material, *, by: User) -> Material:
    """Put away what is out of date: it is offered no more, programs keep it. Raises what ``perform`` raises."""
    return perform(locked(material), "archive", by=by, columns=HIDDEN)


def not_showable(material: Material) -> list[str]:
    """Return why a material may not stand on the site; an empty list means that it may (п. 8.1)."""
    reasons = []
    if material.state != Material.State.ACCEPTED:
        reasons.append("Совет ещё не принял материал")
    if material.licence not in Material.SHOWABLE:
        reasons.append("Показывать материал вне школы нельзя: так указал тот, кто его добавил")
    people = list(material.people.all())
    allowed = allowed_fields([person.pk for person in people]) if people else {}
    named = named_without_permission(material.words, people, allowed)
    if named:
        names = ", ".join(person.short_name for person in named)
        reasons.append(f"Название, аннотация или источник называют без согласия: {names}")
    return reasons


@transaction.atomic
def show(material: Material, *, by: User, public: bool) -> Material:
    """Show the material on the site, or take it off (п. 3.5, 8.1). Raises ``NotAllowed``, ``Refused``, ``Already``."""
    require(by, Right.SITE_EDIT)
    fresh = locked(material)
    if fresh.is_public == public:
        raise Already("Материал уже на сайте" if public else "На сайте материала уже нет")
    if public and (reasons := not_showable(fresh)):
        raise Refused(reasons)
    columns = {"is_public": True, "public_at": timezone.now(), "public_by": by} if public else HIDDEN
    Material.objects.filter(pk=fresh.pk).update(**columns)
    record(fresh, "show" if public else "hide", by=by, words="показан на сайте" if public else "снят с сайта")
    fresh.refresh_from_db()
    return fresh


@transaction.atomic
def suit(material: Material, *, by: User, forms: Iterable[MentoringForm], kinds: Iterable[MentoringKind]) -> Material:
    """Say which forms and kinds of mentoring the material guides: it is shown where one is chosen (п. 3.5).

    Raises ``NotAllowed``; ``Refused`` for a material that the council has not accepted.
    """
    require(by, Right.LIBRARY_WRITE)
    fresh = locked(material)
    if fresh.state != Material.State.ACCEPTED:
        raise Refused("К формам и видам прикладывают материалы, которые принял совет")
    fresh.forms.set(forms)
    fresh.kinds.set(kinds)
    names = ", ".join(str(one) for one in (*fresh.forms.all(), *fresh.kinds.all()))
    record(fresh, "suit", by=by, words=f"сопровождает: {names}"[:300] if names else "не относится к формам и видам")
    return fresh


def may_take(program: Program, user: User) -> bool:
    """Whether the user may attach materials to a program: council, curator, its mentor (п. 3.5, 4.1)."""
    if program.state not in LIVE:
        return False
    leads = present().filter(pairing=program.pairing_id, person=user.person_id, part=Participation.Part.MENTOR)
    return user.can(Right.LIBRARY_WRITE) or leads.exists()


def _claimed(program: Program, by: User) -> Program:
    fresh = locked(program)
    if fresh.state not in LIVE:
        raise Refused("Программа закончена: её материалы остаются как есть")
    require(by, Right.LIBRARY_WRITE, unless=may_take(fresh, by), also="наставник программы")
    return fresh


@transaction.atomic
def take(program: Program, material: Material, *, by: User, note: str = "") -> ProgramMaterial:
    """Take a material into a program: its participants read it from now on (п. 3.5).

    Raises ``NotAllowed``, ``Already``; ``Refused`` for an ended program, one that is not accepted, too many.
    """
    fresh = _claimed(program, by)
    if material.state != Material.State.ACCEPTED:
        raise Refused("В программу берут материалы, которые принял совет")
    if ProgramMaterial.objects.filter(program=fresh, material=material).exists():
        raise Already("Этот материал уже есть в программе")
    if fresh.library.count() >= MOST_OF_PROGRAM:
        raise Refused(f"Материалов программы не больше {MOST_OF_PROGRAM}")
    made = ProgramMaterial.objects.create(program=fresh, material=material, note=note.strip()[:300], added_by=by)
    record(fresh, "material", by=by, words=f"взят материал «{material.title}»"[:300], material=material.pk)
    return made


@transaction.atomic
def put_off(taken: ProgramMaterial, *, by: User) -> Program:
    """Take a material off a program. Raises ``NotAllowed``, ``Refused``, ``Already``."""
    program = _claimed(taken.program, by)
    fresh = locked(taken, gone="Этого материала в программе уже нет")
    fresh.delete()
    record(program, "material_off", by=by, words=f"убран материал «{fresh.material.title}»"[:300])
    return program


@transaction.atomic
def prove(material: Material, task: Any, *, by: User) -> Evidence:
    """Put an accepted material to a task of the roadmap as evidence: «подготовка методических материалов» (прил., 4).

    Raises ``NotAllowed`` as a mark of the task does; ``Refused`` for a material that is not accepted, ``Already``.
    """
    fresh = locked(material)
    if fresh.state != Material.State.ACCEPTED:
        raise Refused("К дорожной карте прикладывают материалы, которые принял совет")
    offer = Offer(f"material:{fresh.pk}", f"Материал «{fresh.title}»", fresh)
    if any(row.latest.object == fresh for row in task.evidence.kept().prefetch_related("revisions")):
        raise Already("Материал уже приложен к этому мероприятию")
    return add_record(task, offer, by=by)
