"""What the pages of the library show."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from mentoring_site.evidence.presenters import Shown, shown
from mentoring_site.russian import full_stop, joined, plural, ruday
from mentoring_site.ui.elements import Action, Badge, Crumb, Fact, Tone
from mentoring_site.workflow import action
from people.accounts.models import User
from people.rights import Right
from programs.program.models import Program
from programs.program.states import LIVE
from roadmap.library.acts import may_take
from roadmap.library.models import Material, ProgramMaterial
from roadmap.library.rules import adds
from roadmap.plan.models import Roadmap, Task

LIST_TITLE = "Методическая библиотека"
USES = "программа,программы,программ"
TONES: dict[str, Tone] = {
    "draft": "draft",
    "review": "others",
    "returned": "you",
    "accepted": "done",
    "archived": "stopped",
}
LATEST = 5
COLUMNS = (
    "Материал",
    "Что это",
    "Кому",
    "Тема",
    "Формы",
    "Виды",
    "О чём",
    "Автор или источник",
    "Можно ли показывать",
    "Состояние",
    "На сайте",
    "Взяли в программы",
    "Добавлен",
)


@dataclass(frozen=True)
class Row:
    """A material in a list."""

    title: str
    url: str
    what: str
    audience: str
    topic: str
    badge: Badge
    uses: str
    added: str
    note: str = ""
    drop_url: str = ""


def crumbs(*more: Crumb) -> list[Crumb]:
    """Return breadcrumbs that begin at the list."""
    return [Crumb(LIST_TITLE, reverse("roadmap:library")), *more]


def crumbs_of(material: Material, last: str) -> list[Crumb]:
    """Return breadcrumbs of a page below that of a material."""
    return crumbs(Crumb(material.title, material.get_absolute_url()), Crumb(last))


def badge(material: Material) -> Badge:
    """Return where a material stands."""
    if material.is_public:
        return Badge("в библиотеке и на сайте", "done")
    return Badge(material.get_state_display(), TONES[material.state])


def row(material: Any, user: User) -> Row:
    """Return a row of the list; reads the topic and ``with_uses``."""
    uses = getattr(material, "uses", 0)
    return Row(
        title=material.title,
        url=material.get_absolute_url(),
        what=material.get_kind_display(),
        audience=material.get_audience_display(),
        topic=material.topic.name if material.topic else "",
        badge=badge(material),
        uses=plural(uses, USES) if uses else "",
        added=ruday(material.created_at),
    )


def cells(material: Any, user: User) -> tuple:
    """Return the cells of a material in the workbook."""
    return (
        material.title,
        material.get_kind_display(),
        material.get_audience_display(),
        material.topic.name if material.topic else "",
        joined([str(one) for one in material.forms.all()]),
        joined([str(one) for one in material.kinds.all()]),
        material.annotation,
        material.source,
        material.get_licence_display(),
        material.get_state_display(),
        "да" if material.is_public else "",
        material.uses or "",
        material.created_at,
    )


def latest(user: User) -> list[Row]:
    """Return what the library has got last, among what the user reads."""
    found = Material.objects.visible_to(user).accepted().select_related("topic").order_by("-accepted_at", "-pk")
    return [row(material, user) for material in found[:LATEST]]


def facts(material: Material, user: User) -> list[Fact]:
    """Return what the page shows beside the annotation."""
    number = ProgramMaterial.objects.filter(material=material).count()
    who = material.created_by.person.short_name
    looked = material.reviewed_by
    return Fact.known(
        [
            ("Что это", material.get_kind_display()),
            ("Кому", material.get_audience_display()),
            ("Тема", material.topic),
            ("Формы наставничества", joined([str(one) for one in material.forms.all()])),
            ("Виды наставничества", joined([str(one) for one in material.kinds.all()])),
            ("Автор или источник", material.source),
            ("Можно ли показывать", material.get_licence_display()),
            ("Взяли в работу", plural(number, USES) if number else ""),
            ("Добавлен", f"{who}, {ruday(material.created_at)}"),
            ("Рассмотрен", f"{looked.person.short_name}, {ruday(material.reviewed_at)}" if looked else ""),
            ("На сайте", f"с {ruday(material.public_at)}" if material.public_at else ""),
        ]
    )


def evidence(material: Material, user: User) -> Shown:
    """Return the files and links of a material read ``with_evidence``."""
    return shown(material, changes=material.state in Material.IN_WORK and adds(material, user))


def actions(material: Material, user: User) -> list[Action]:
    """Return the buttons: the next step first."""
    url = material.get_absolute_url()

    def button(name: str, path: str, *, primary: bool = False, label: str = "") -> Action | None:
        found = action(material, name, user, f"{url}{path}/", primary=primary)
        return replace(found, label=label) if found and label else found

    accepted = material.state == Material.State.ACCEPTED
    edits = material.state in Material.IN_WORK and adds(material, user)
    takes = accepted and own_programs(user).exists()
    found = [
        button("accept", "review", primary=True, label="Рассмотреть"),
        button("submit", "submit", primary=True),
        Action("take", "Взять в программу", f"{url}take/", primary=True) if takes else None,
        Action("edit", "Изменить сведения", f"{url}edit/") if edits else None,
        Action("suit", "К формам и видам", f"{url}suits/") if accepted and user.can(Right.LIBRARY_WRITE) else None,
        _show(material, user),
        Action("prove", "К дорожной карте", f"{url}prove/") if accepted and proves(user) else None,
        button("rework", "rework"),
        button("archive", "archive"),
    ]
    return [one for one in found if one]


def _show(material: Material, user: User) -> Action | None:
    if material.state != Material.State.ACCEPTED or not user.can(Right.SITE_EDIT):
        return None
    label = "Снять с сайта" if material.is_public else "Показать на сайте"
    return Action("show", label, f"{material.get_absolute_url()}show/")


def own_programs(user: User) -> Any:
    """Return the programs into which the user may take a material."""
    found = Program.objects.visible_to(user).filter(state__in=LIVE)
    if user.can(Right.LIBRARY_WRITE):
        return found.order_by("title", "pk")
    leads = {"pairing__participations__person": user.person_id, "pairing__participations__part": "mentor"}
    return found.filter(pairing__participations__until__isnull=True, **leads).order_by("title", "pk")


def offered(program: Program, user: User) -> Any:
    """Return the materials that a program may still take."""
    has = ProgramMaterial.objects.filter(program=program).values("material")
    return Material.objects.visible_to(user).accepted().exclude(pk__in=has).order_by("title", "pk")


def tasks(user: User) -> Any:
    """Return the tasks of the approved roadmaps to which a material may be put."""
    seen = Roadmap.objects.visible_to(user).filter(state=Roadmap.State.APPROVED)
    found = Task.objects.filter(stage__roadmap__in=seen).select_related("stage")
    return found.order_by("-stage__roadmap__school_year", "stage__number", "number", "pk")


def proves(user: User) -> bool:
    """Whether the user may put a material to the roadmap: who writes it."""
    return user.can(Right.ROADMAP_WRITE) and Roadmap.objects.filter(state=Roadmap.State.APPROVED).exists()


@dataclass(frozen=True)
class Guided:
    """A form or kind of mentoring with the number of its materials."""

    name: str
    url: str
    number: str


def guided(entries: Iterable[Any], address: str) -> list[Guided]:
    """Return forms or kinds annotated with ``number``."""
    words = "материал,материала,материалов"
    return [
        Guided(str(one), reverse(address, args=[one.pk]), plural(one.number, words) if one.number else "пока нет")
        for one in entries
    ]


def counted(model: Any, user: User) -> Any:
    """Return the offered forms or kinds with how many accepted materials the user reads for each."""
    mine = Material.objects.visible_to(user).accepted().values("pk")
    number = Count("materials", filter=Q(materials__in=mine), distinct=True)
    return model.objects.filter(is_open=True).annotate(number=number).order_by("pk")


def taken_rows(program: Program, user: User) -> list[Row]:
    """Return the materials of a program with what each is for."""
    found = ProgramMaterial.objects.visible_to(user).filter(program=program).select_related("material__topic")
    changes = may_take(program, user)
    rows = []
    for one in found:
        drop = reverse("roadmap:program_material_drop", args=[one.pk]) if changes else ""
        rows.append(replace(row(one.material, user), note=full_stop(one.note) if one.note else "", drop_url=drop))
    return rows
