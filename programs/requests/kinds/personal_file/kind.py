"""Access of the mentor to the personal file of the mentee, granted by the director (п. 4.1)."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from mentoring_site.russian import plural, rudate
from mentoring_site.ui.elements import Action
from mentoring_site.workflow import Refused
from people.promises import Promise
from people.rights import CLERK, Right
from programs.requests.kinds.base import DIRECTORS, MENTOR, PERSON, RequestKind, Route, Step, Term
from programs.requests.kinds.personal_file import acts
from programs.requests.kinds.personal_file.models import PARTS, FileAccess, FileLook, words_of


def _save(request: Any, data: dict[str, Any]) -> None:
    parts = [code for code in PARTS if code in data.get("parts", ())]
    if not parts:
        raise Refused("Отметьте, что нужно посмотреть")
    if request.person is None:
        raise Refused("Выберите, чьё личное дело нужно")
    FileAccess.objects.create(request=request, parts=parts, days=data["days"])


def _open(request: Any, *, by: Any, data: dict[str, Any]) -> None:
    """Count the days from today; the director may open fewer parts than was asked."""
    access = request.file_access
    parts = [code for code in access.parts if code in data.get("parts", access.parts)]
    if not parts:
        raise Refused("Отметьте, что разрешаете посмотреть, или отклоните просьбу")
    days = data.get("days", access.days)
    until = timezone.localdate() + timedelta(days=days - 1)
    FileAccess.objects.filter(pk=access.pk).update(parts=parts, days=days, until=until)


def _take_back(request: Any, *, by: Any) -> None:
    if request.file_access.looks.exists():
        raise Refused("Личное дело уже смотрели: доступ можно только завершить")
    FileAccess.objects.filter(request=request).update(until=None)


def _facts(request: Any) -> list[tuple[str, object]]:
    access = request.file_access
    over = " (срок истёк)" if access.is_over else ""
    return [
        ("Чьё личное дело", request.person.full_name),
        ("Что посмотреть", words_of(access.parts)),
        ("На сколько", plural(access.days, "день,дня,дней")),
        ("Доступ", f"до {rudate(access.until)}{over}" if access.until else ""),
    ]


def _actions(request: Any, user: Any) -> list[Action]:
    if not user.can(Right.PERSONAL_FILES_RECORD) or acts.refusal(request, timezone.localdate()):
        return []
    url = reverse("programs:personal_file_look", args=[request.pk])
    return [Action("look", "Записать ознакомление", url, primary=True)]


def _context(request: Any, user: Any) -> dict[str, Any]:
    looks = FileLook.objects.filter(access=request.file_access).select_related("recorded_by__person")
    return {"looks": list(looks), "granted": request.file_access.until is not None}


PERSONAL_FILE = RequestKind(
    code="personal_file",
    position=40,
    name="просьба о доступе к личному делу",
    genitive="просьбы о доступе к личному делу",
    offer="Познакомиться с личным делом",
    submit="Попросить",
    filed="Просьба отправлена директору",
    lead="Названные части на несколько дней, с разрешения директора; наставляемый видит каждое ознакомление (п. 4.1).",
    ask="Для чего это нужно",
    about="pairing",
    filers=(MENTOR,),
    routes=(Route("director", Promise.PERSONAL_FILE, DIRECTORS, readers=(PERSON, CLERK)),),
    terms=(Term("", lambda school: 3),),
    accept=Step(
        label="Разрешить",
        heading="Разрешить познакомиться с личным делом?",
        success="Доступ разрешён",
        words="доступ к личному делу разрешён",
        state="разрешено",
        ask="",
        effects=(
            "Дело остаётся на бумаге: показывает его специалист по кадрам и записывает каждое ознакомление.",
            "Наставляемый узнаёт о разрешении и о каждом ознакомлении.",
        ),
    ),
    decline=Step(
        label="Отклонить",
        heading="Отклонить просьбу?",
        success="Просьба отклонена",
        words="в доступе к личному делу отказано",
        state="отказано",
        ask="Почему",
        effects=("Причину прочтёт наставник.",),
    ),
    close=Step(
        label="Завершить доступ",
        heading="Завершить доступ к личному делу?",
        success="Доступ завершён",
        words="доступ к личному делу завершён",
        state="доступ завершён",
        ask="",
        effects=("Показывать дело наставнику больше нельзя; записи об ознакомлении остаются.",),
    ),
    founder=True,
    tells=(PERSON, CLERK),
    form="programs.requests.kinds.personal_file.forms.PersonalFileForm",
    decision_form="programs.requests.kinds.personal_file.forms.PersonalFileDecisionForm",
    save=_save,
    enact=_open,
    take_back=_take_back,
    related=("file_access",),
    facts=_facts,
    actions=_actions,
    template="programs/requests/personal_file.html",
    context=_context,
    closes_by=Right.PERSONAL_FILES_OPEN,
)
