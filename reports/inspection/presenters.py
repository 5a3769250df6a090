"""Folders as pages and the list show them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from mentoring_site.russian import number_text, plural, ruday, rushort, rutime
from mentoring_site.ui.elements import Badge, Crumb, Fact
from people.accounts.models import User
from people.rights import Right
from reports.inspection.acts import KEPT_FOR
from reports.inspection.building import DOCUMENTS
from reports.inspection.contents import BY_CODE
from reports.inspection.models import Folder

TITLE = "Папки для проверки"
COLUMNS = (
    "Папка",
    "О чём",
    "Заказана",
    "Кто собрал",
    "По каким правам",
    "Что входит",
    "Документов",
    "Не хватает",
    "Размер, байт",
    "SHA-256",
    "ZIP хранится по",
    "Актов о передаче",
)


@dataclass(frozen=True)
class FolderRow:
    """A line of the list."""

    url: str
    title: str
    about: str
    when: str
    who: str
    rights: str
    badge: Badge
    counted: str


def badge(folder: Folder) -> Badge:
    """Return how far a folder is."""
    if folder.gone_at:
        return Badge("ZIP удалён", "stopped")
    if folder.problem:
        return Badge("не собралась", "late")
    return Badge("готова", "done") if folder.file_id else Badge("собирается", "others")


def size_of(size: int) -> str:
    """«240 КБ», «1,4 МБ»."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))}\u00a0КБ"
    return f"{number_text(round(size / 1024 / 1024, 1))}\u00a0МБ"


def counted(folder: Folder) -> str:
    """«120 документов, 4 замечания»."""
    if folder.finished_at is None:
        return ""
    lacking = plural(folder.gaps, "замечание,замечания,замечаний")
    return f"{plural(folder.files, DOCUMENTS)}, {lacking if folder.gaps else 'всё на месте'}"


def row(folder: Folder, user: User) -> FolderRow:
    """Return the line of a folder."""
    return FolderRow(
        folder.get_absolute_url(),
        str(folder),
        folder.about,
        f"{rushort(timezone.localdate(folder.created_at))}, {rutime(folder.created_at)}",
        folder.created_by.person.short_name,
        ", ".join(folder.rights),
        badge(folder),
        counted(folder),
    )


def prepare(found: Any, user: User) -> Any:
    """Read what the lines show."""
    return found.select_related("created_by__person", "program").annotate(handed=Count("acts"))


def scope_words(folder: Folder) -> str:
    """Return what goes into a folder, in words."""
    return "; ".join(BY_CODE[code].label for code in folder.scope if code in BY_CODE)


def cells(folder: Any, user: User) -> tuple:
    """Return the cells of a folder under ``COLUMNS``."""
    return (
        str(folder),
        folder.about,
        folder.created_at,
        folder.created_by.person.full_name,
        ", ".join(folder.rights),
        scope_words(folder),
        folder.files,
        folder.gaps,
        folder.size or None,
        folder.sha256,
        timezone.localdate(folder.created_at + KEPT_FOR),
        folder.handed,
    )


def facts(folder: Folder) -> list[Fact]:
    """Return what is known of a folder."""
    last = timezone.localdate(folder.created_at + KEPT_FOR)
    kept = f"удалён {ruday(folder.gone_at)}" if folder.gone_at else f"до {ruday(last)}, потом удалится сам"
    found = [
        ("Что", folder.about),
        ("Что входит", scope_words(folder)),
        ("Кто собрал", f"{folder.created_by.person.full_name} ({', '.join(folder.rights)})"),
        ("Когда", f"{ruday(folder.created_at)}, {rutime(folder.created_at)}"),
        ("Внутри", counted(folder)),
        ("Размер", size_of(folder.size) if folder.size else ""),
        ("ZIP хранится", kept if folder.finished_at or folder.gone_at else ""),
    ]
    rows = Fact.known(found)
    return [*rows, Fact("SHA-256", folder.sha256, folded=True)] if folder.sha256 else rows


def progress(folder: Folder) -> dict[str, Any] | None:
    """Return how far the building is, or None when there is nothing to wait for."""
    if folder.finished_at or folder.problem or folder.gone_at:
        return None
    return {
        "value": folder.done,
        "max": folder.total or 1,
        "label": f"Просмотрено {folder.done} из {folder.total}" if folder.done else "Папка ждёт очереди",
        "poll_url": reverse("reports:folder_progress", args=[folder.pk]),
    }


def crumbs(folder: Folder | None, user: User, *more: Crumb) -> list[Crumb]:
    """Return the way to a page of folders."""
    if folder and folder.program and not user.can(Right.INSPECTION_MAKE):
        way = [Crumb(folder.program.title, folder.program.get_absolute_url())]
    else:
        way = [Crumb(TITLE, reverse("reports:folders"))]
    if folder:
        way.append(Crumb(str(folder), folder.get_absolute_url() if more else None))
    return [*way, *more]
