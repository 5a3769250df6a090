"""Scans of signed papers: attached once; a wrong one is replaced with a reason, and both are kept."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import Http404, HttpRequest

from mentoring_site.files import ScanFormField
from mentoring_site.forms import BaseForm
from mentoring_site.models import ReplacedFile, StoredFile
from mentoring_site.russian import ruday
from mentoring_site.ui.elements import Fact
from mentoring_site.workflow import Already, record

REPLACE = "Прежний скан останется: его видно под новым вместе с причиной замены."


class ScanForm(BaseForm):
    """The scan of a signed paper; where there is one already (``present``), the reason to replace it is asked."""

    scan = ScanFormField(label="Скан подписанной бумаги")
    reason = forms.CharField(
        label="Почему заменяете",
        max_length=300,
        help_text="Например: не хватало второго листа; приложена другая бумага",
        error_messages={"required": "Скан уже приложен. Если заменяете его, напишите почему"},
    )

    def __init__(self, *args: Any, present: StoredFile | None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if present is None:
            del self.fields["reason"]


def scan_words(present: StoredFile | None) -> str:
    """Return the label of the button that attaches a scan or replaces the present one."""
    return "Заменить скан" if present else "Приложить скан"


def put_scan(
    obj: Model,
    column: str,
    scan: StoredFile,
    *,
    by: Any,
    words: str,
    reason: str = "",
    note: str = "",
    **facts: object,
) -> None:
    """Attach ``scan`` to ``obj`` (a foreign key ``column``), or put it in the place of an earlier one.

    ``words`` say what it is, ``note`` what was seen on it, for the log of acts («скан протокола»). Inside the caller's
    transaction; the caller has checked the rights. Raises ``Already`` when there is a scan and no reason to replace it,
    when the same file is there, or when somebody else was faster.
    """
    rows = type(obj)._default_manager.filter(pk=obj.pk)
    former: StoredFile | None = getattr(rows.select_related(column).get(), column)
    reason, tail = reason.strip(), f" ({note})" if note else ""
    if former is None:
        if not rows.filter(**{f"{column}__isnull": True}).update(**{column: scan}):
            raise Already("Скан уже приложен")
        record(obj, "attach_scan", by=by, words=f"приложен {words}{tail}", file=scan.pk, **facts)
        return
    if not reason:
        raise Already("Скан уже приложен")
    if former.sha256 == scan.sha256:
        raise Already("Этот самый файл уже приложен")
    if not rows.filter(**{column: former}).update(**{column: scan}):
        raise Already("Скан только что заменили. Откройте его и проверьте, нужна ли ещё замена")
    ReplacedFile.objects.create(object=obj, column=column, file=former, reason=reason, replaced_by=by)
    said = f"заменён {words}{tail}: {reason}"[:300]
    record(obj, "replace_scan", by=by, words=said, file=scan.pk, former=former.pk, **facts)


def asked_scan(request: HttpRequest, obj: Model, column: str) -> StoredFile:
    """Return the scan of ``obj``, or the replaced one that the address names by ``former``. Raises ``Http404``."""
    asked = request.GET.get("former", "")
    if asked.isdecimal() and len(asked) < 12:
        row = ReplacedFile.objects.about(obj, column).filter(pk=int(asked)).select_related("file").first()
        stored = row.file if row else None
    else:
        stored = getattr(obj, column)
    if stored is None:
        raise Http404("Скана нет")
    return stored


def forget_replaced(objects: Sequence[Model]) -> set[StoredFile]:
    """Forget what scans of objects of one kind were replaced; return the files, which the caller deletes."""
    if not objects:
        return set()
    kind = ContentType.objects.get_for_model(objects[0])
    rows = ReplacedFile.objects.filter(object_type=kind, object_id__in=[obj.pk for obj in objects])
    files = {row.file for row in rows.select_related("file")}
    rows.delete()
    return files


def replaced(obj: Model, column: str, url: str) -> list[Fact]:
    """Return the replaced scans of ``obj``, newest first; ``url`` is the address of the present one."""
    return [
        Fact(
            "Прежний скан",
            row.file.name,
            f"заменён {ruday(row.replaced_at)}, {row.replaced_by.person.short_name}: {row.reason}",
            f"{url}?former={row.pk}",
        )
        for row in ReplacedFile.objects.about(obj, column).select_related("file", "replaced_by__person")
    ]
