"""What the pages of best practices show."""

from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from mentoring_site.evidence.presenters import Shown, shown
from mentoring_site.russian import joined, ruday
from mentoring_site.ui.elements import Action, Badge, Crumb, Fact, Tone
from mentoring_site.workflow import action
from people.accounts.models import User
from people.promises import Promise
from programs.program.models import Program
from roadmap.practices import public
from roadmap.practices.acts import may_begin
from roadmap.practices.models import Practice
from roadmap.practices.rules import parties, writes

LIST_TITLE = "Лучшие практики"
TONES: dict[str, Tone] = {
    "draft": "draft",
    "review": "others",
    "returned": "you",
    "accepted": "done",
    "published": "done",
    "taken_down": "stopped",
    "dropped": "stopped",
}
FEW = 2
COLUMNS = (
    "Практика",
    "Состояние",
    "Авторы",
    "Программа",
    "Коротко",
    "В чём была трудность",
    "Что сделали",
    "Что получилось",
    "В цифрах",
    "Выдвинута",
    "Где",
    "На сайте с",
    "Записана",
)


@dataclass(frozen=True)
class Row:
    """A practice in a list."""

    title: str
    url: str
    about: str
    authors: str
    badge: Badge
    nominated: str
    changed: str


@dataclass(frozen=True)
class AuthorRow:
    """An author on the page: who, as whom, what a visitor reads; ``url`` is where that is decided."""

    name: str
    part: str
    seen: str
    url: str
    drop_url: str


def crumbs(*more: Crumb) -> list[Crumb]:
    """Return breadcrumbs that begin at the list."""
    return [Crumb(LIST_TITLE, reverse("roadmap:practices")), *more]


def crumbs_of(practice: Practice, last: str) -> list[Crumb]:
    """Return breadcrumbs of a page below that of a practice."""
    return crumbs(Crumb(practice.title, practice.get_absolute_url()), Crumb(last))


def badge(practice: Practice) -> Badge:
    """Return where a practice stands."""
    if practice.state == Practice.State.ACCEPTED and practice.inside_at:
        return Badge("в копилке, не для сайта", "done")
    return Badge(practice.get_state_display(), TONES[practice.state])


def reads_names(practice: Practice, user: User) -> bool:
    """Whether the user reads who the authors are: inside, and authors themselves; others read as a visitor does."""
    return Promise.PRACTICE.opens_to(user) or practice.created_by_id == user.pk or user.person_id in parties(practice)


def row(practice: Practice, user: User) -> Row:
    """Return a row of the list."""
    return Row(
        title=practice.title,
        url=practice.get_absolute_url(),
        about=practice.summary or (practice.program.title if practice.program else ""),
        authors=few(seen_authors(practice, user)),
        badge=badge(practice),
        nominated=ruday(practice.nominated_on) if practice.nominated_on else "",
        changed=ruday(practice.created_at),
    )


def load_authors(practices: list) -> None:
    """Read for a page of the list what may be said of authors; two queries."""
    for one in public.shown(practices):
        one.practice.public_authors = [line.words for line in one.authors]  # type: ignore[attr-defined]


def cells(practice: Practice, user: User) -> tuple:
    """Return the cells of a practice in the workbook."""
    return (
        practice.title,
        badge(practice).word,
        joined(seen_authors(practice, user)),
        practice.program.title if practice.program and reads_names(practice, user) else "",
        practice.summary,
        practice.problem,
        practice.done,
        practice.result,
        practice.figures,
        practice.nominated_on,
        practice.nominated_at,
        practice.published_at,
        practice.created_at,
    )


def few(names: list[str]) -> str:
    """Return the first two of the names and how many others there are: «Ким Д. Э., Мельник О. Л. и ещё 1»."""
    if len(names) <= FEW:
        return joined(names)
    return f"{', '.join(names[:FEW])} и ещё {len(names) - FEW}"


def seen_authors(practice: Any, user: User) -> list[str]:
    """Return the authors of a practice of a list, after ``load_authors``."""
    if reads_names(practice, user):
        return [author.person.short_name for author in practice.authors.all()]
    return practice.public_authors


def facts(practice: Practice, user: User) -> list[Fact]:
    """Return what stands beside the words."""
    inside = reads_names(practice, user)
    found = []
    if practice.program and inside:
        found.append(Fact("Программа", practice.program.title, url=_program_url(practice.program, user)))
    rows: list[tuple[str, object]] = [
        ("Выдвинута", f"{ruday(practice.nominated_on)}, {practice.nominated_at}" if practice.nominated_on else "")
    ]
    if inside:
        rows += [
            ("Записал", _who(practice.created_by, practice.created_at)),
            ("Передано совету", _who(practice.submitted_by, practice.submitted_at)),
            ("Рассмотрено", _who(practice.reviewed_by, practice.reviewed_at)),
            ("Решено не показывать на сайте", _who(practice.inside_by, practice.inside_at)),
            ("На сайте", _who(practice.published_by, practice.published_at)),
            ("Снято с сайта", _who(practice.taken_down_by, practice.taken_down_at)),
            ("Почему снято", practice.taken_down_reason),
        ]
    return [*found, *Fact.known(rows)]


def _program_url(program: Program, user: User) -> str:
    sees = Program.objects.visible_to(user).filter(pk=program.pk).exists()
    return program.get_absolute_url() if sees else ""


def _who(user: Any, at: Any) -> str:
    return f"{user.person.short_name}, {ruday(at)}" if user and at else ""


def author_rows(practice: Practice, user: User) -> list[AuthorRow]:
    """Return the authors with what a visitor reads of each."""
    in_work = practice.state in Practice.IN_WORK
    edits = in_work and practice.WORKFLOW["rework"].allows(practice, user)
    found = list(practice.authors.all())
    seen = public.lines(found)
    return [
        AuthorRow(
            name=author.person.full_name,
            part=author.get_part_display(),
            seen=line.words if line else "не показываем",
            url=reverse("roadmap:practice_author", args=[author.pk])
            if edits or author.person_id == user.person_id
            else "",
            drop_url=reverse("roadmap:practice_author_drop", args=[author.pk]) if edits and len(found) > 1 else "",
        )
        for author, line in zip(found, seen, strict=True)
    ]


def evidence(practice: Practice, user: User) -> Shown:
    """Return the materials of a practice read ``with_evidence``."""
    return shown(practice, changes=practice.state in Practice.IN_WORK and edits(practice, user))


def edits(practice: Practice, user: User) -> bool:
    """Whether the user writes this practice."""
    return practice.WORKFLOW["rework"].allows(practice, user) or writes(practice, user)


def actions(practice: Practice, user: User) -> list[Action]:
    """Return the buttons: the next step first."""

    def button(name: str, path: str, *, primary: bool = False, label: str = "") -> Action | None:
        found = action(practice, name, user, f"{practice.get_absolute_url()}{path}/", primary=primary)
        return replace(found, label=label) if found and label else found

    url = practice.get_absolute_url()
    edit = edits(practice, user) and practice.state in Practice.IN_WORK
    found = [
        button("accept", "review", primary=True, label="Рассмотреть"),
        button("publish", "publish", primary=True),
        button("submit", "submit", primary=True),
        Action("edit", "Изменить текст", f"{url}edit/") if edit else None,
        Action("author", "Назвать автора", f"{url}authors/new/") if edit else None,
        button("bank", "nominate", label="Выдвинута на круглом столе"),
        _nominate(practice, user),
        _keep_inside(practice, user),
        button("rework", "rework"),
        button("take_down", "take-down"),
        button("drop", "drop"),
    ]
    return [one for one in found if one]


def _nominate(practice: Practice, user: User) -> Action | None:
    """One in the bank already stays there: only the event is recorded."""
    transition = practice.WORKFLOW["bank"]
    if practice.state not in Practice.IN_BANK or not transition.allows(practice, user):
        return None
    return Action("nominate", "Выдвинута на круглом столе", f"{practice.get_absolute_url()}nominate/")


def _keep_inside(practice: Practice, user: User) -> Action | None:
    transition = practice.WORKFLOW["publish"]
    if practice.state not in transition.sources or practice.inside_at or not transition.allows(practice, user):
        return None
    return Action("keep_inside", "Оставить внутри школы", f"{practice.get_absolute_url()}keep-inside/")


def of_program(program: Program, user: User) -> dict[str, Any] | None:
    """Return the practices of a program that the user may see, and where one is begun; None for nothing."""
    found = list(Practice.objects.visible_to(user).filter(program=program).exclude(state=Practice.State.DROPPED))
    new_url = reverse("roadmap:practice_from", args=[program.pk]) if not found and may_begin(program, user) else ""
    rows = [{"title": one.title, "url": one.get_absolute_url(), "badge": badge(one)} for one in found]
    return {"rows": rows, "new_url": new_url} if rows or new_url else None
