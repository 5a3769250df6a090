"""The library of the demo school: what the council has gathered, what mentors have put, what programs have taken."""

import io
from typing import Any

from mentoring_site.docx import CONTENT_TYPE as DOCX
from mentoring_site.docx import Paper
from mentoring_site.evidence import acts as evidence_acts
from mentoring_site.files import store_bytes
from mentoring_site.models import StoredFile
from mentoring_site.xlsx.writer import write_xlsx
from people.accounts.models import User
from people.banks.models import Topic
from programs.catalogs.models import MentoringForm, MentoringKind
from programs.program.models import Program
from reports.demo.pictures import lesson
from roadmap.library import acts
from roadmap.library.models import Material

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MATERIALS: tuple[dict[str, Any], ...] = (
    {
        "title": "Памятка о первой неделе наставника",
        "kind": "memo",
        "audience": "mentor",
        "annotation": "Что сделать в первые пять дней: познакомиться, договориться о днях, прочесть программу.",
        "lines": (
            "Договоритесь о двух постоянных днях.",
            "Посетите один урок и запишите три удачи.",
            "Спросите, чего ждут от Вас.",
        ),
        "forms": True,
    },
    {
        "title": "Памятка молодому преподавателю: мой первый урок",
        "kind": "memo",
        "audience": "mentee",
        "annotation": "Как подготовить класс, с чего начать урок и что делать, если не хватило времени.",
        "lines": (
            "Проверьте инструмент и пюпитр.",
            "Начните с того, что ученик умеет.",
            "Оставьте три минуты на похвалу.",
        ),
        "licence": "own",
        "public": True,
    },
    {
        "title": "Сценарий урока: чтение с листа в ансамбле",
        "kind": "lesson",
        "audience": "all",
        "annotation": "Сорок минут по шагам: разминка, ансамбль в четыре руки, разбор, задание на неделю.",
        "lines": (
            "Разминка: ритмические карточки, 5 минут.",
            "Ансамбль с листа, 15 минут.",
            "Разбор без остановок, 10 минут.",
        ),
        "licence": "own",
        "public": True,
        "topic": "методик",
    },
    {
        "title": "Лист самооценки к открытому уроку",
        "kind": "development",
        "audience": "mentee",
        "annotation": "Двенадцать вопросов до урока и после него; разбирают вместе с наставником.",
        "table": ("Вопрос", "До урока", "После урока"),
        "lines": ("Знаю цель урока", "Задания по силам каждому", "Темп урока ровный"),
    },
    {
        "title": "Как вести журнал встреч за пять минут",
        "kind": "memo",
        "audience": "mentor",
        "annotation": "Что писать в записи встречи, чтобы через месяц она помогла.",
        "lines": ("Одна мысль — одна строка.", "Запишите шаг до следующей встречи.", "Снимок нот лучше пересказа."),
        "kinds": True,
    },
    {
        "title": "Дистанционное занятие: как настроить звук и камеру",
        "kind": "development",
        "audience": "all",
        "annotation": "Для виртуального наставничества: где поставить телефон, чтобы были видны руки.",
        "lines": (
            "Камера сбоку, на высоте клавиатуры.",
            "Выключите подавление шума.",
            "Проверьте связь за десять минут.",
        ),
        "kinds": True,
        "licence": "own",
        "public": True,
    },
    {
        "title": "Пометки в нотах: образец разбора",
        "kind": "recording",
        "audience": "all",
        "annotation": "Снимок нот с пометками после разбора пьесы: дыхание, аппликатура, опасные места.",
        "picture": True,
    },
    {
        "title": "Типовые ошибки концертмейстера на репетиции",
        "kind": "article",
        "audience": "mentee",
        "annotation": "Разбор десяти случаев из практики отделения и что с ними делать.",
        "lines": ("Ускорение в коде.", "Громче солиста.", "Поздний вдох перед вступлением."),
    },
    {
        "title": "Вопросы для беседы в середине программы",
        "kind": "development",
        "audience": "council",
        "annotation": "О чём спросить наставника и наставляемого, когда совет оценивает программу.",
        "lines": ("Что получилось лучше, чем ждали?", "Чего не хватает для второй половины?", "Кто ещё помог?"),
    },
    {
        "title": "Концепция развития наставничества: текст на портале",
        "kind": "link",
        "audience": "curator",
        "annotation": "Федеральные методические рекомендации о системе наставничества педагогов.",
        "url": "https://docs.edu.gov.ru/",
        "source": "Министерство просвещения Российской Федерации",
        "licence": "free",
    },
    {
        "title": "План подготовки к академическому концерту",
        "kind": "slides",
        "audience": "mentor",
        "annotation": "Восемь недель до сцены: что делать наставнику, что наставляемому, когда слушать целиком.",
        "table": ("Неделя", "Что делаем", "Кто"),
        "lines": ("1–2: разбор", "3–5: медленный темп", "6–8: сцена"),
        "forms": True,
    },
)
WAITING = {
    "title": "Сценарий скоростной встречи: пять вопросов за десять минут",
    "kind": "lesson",
    "audience": "mentor",
    "annotation": "Как за один вечер познакомить молодых преподавателей с пятью наставниками.",
    "lines": ("По десять минут на разговор.", "Карточка с пятью вопросами.", "В конце — один шаг на неделю."),
}


def library(demo, days_ago: int):
    """The council and the curator gather materials, another member looks; two go into running programs."""
    yield days_ago
    curator, council, chair = demo.user("curator"), demo.user("council"), demo.user("chair")
    for number, words in enumerate(MATERIALS):
        by, looks = (council, chair) if number % 2 else (curator, council)
        made = acts.answer(acts.submit(_put(words, by), by=by), by=looks, accepts=True)
        if words.get("public"):
            acts.show(made, by=curator, public=True)
    yield days_ago - 10
    _renew(Material.objects.get(title=MATERIALS[0]["title"]), curator, council)
    yield days_ago - 15
    programs = Program.objects.running().order_by("-ends_on", "-pk")[:2]
    found = Material.objects.accepted().filter(audience__in=["mentor", "all"]).order_by("pk")
    for program, note in zip(programs, ("К открытому уроку", "К первым встречам"), strict=False):
        for material in found[:3]:
            acts.take(program, material, by=council, note=note)
    yield 3
    acts.submit(_put(WAITING, council), by=council)


def _put(words: dict[str, Any], by: User) -> Material:
    topic = Topic.objects.filter(name__icontains=words["topic"]).first() if "topic" in words else None
    values = {name: words[name] for name in ("title", "kind", "audience", "annotation")}
    values |= {"source": words.get("source", "Методический кабинет школы"), "licence": words.get("licence", "inside")}
    return acts.add(
        by=by,
        files=_files(words, by),
        url=words.get("url", ""),
        topic=topic,
        forms=MentoringForm.objects.filter(is_open=True)[:1] if words.get("forms") else [],
        kinds=MentoringKind.objects.filter(is_open=True)[:2] if words.get("kinds") else [],
        **values,
    )


def _files(words: dict[str, Any], by: User) -> list[StoredFile]:
    if "url" in words:
        return []
    if "picture" in words:
        return lesson(by)[1:]
    if "table" in words:
        rows = [[line, *[""] * (len(words["table"]) - 1)] for line in words["lines"]]
        content = write_xlsx(io.BytesIO(), "Лист", words["table"], rows)
        content.seek(0)
        return [store_bytes(content.read(), name=f"{words['title']}.xlsx", content_type=XLSX, by=by)]
    return [_text(words, by)]


def _text(words: dict[str, Any], by: User, edition: str = "") -> StoredFile:
    paper = Paper(words["title"])
    paper.text(words["title"], level=1)
    for line in (words["annotation"], *words["lines"]):
        paper.text(line)
    return store_bytes(paper.data(), name=f"{words['title']}{edition}.docx", content_type=DOCX, by=by)


def _renew(material: Material, by: User, looks: User) -> None:
    """A second version of a file: the first one stays readable."""
    fresh = acts.rework(material, by=by)
    new = _text(MATERIALS[0] | {"lines": (*MATERIALS[0]["lines"], "Покажите, где лежат ноты отделения.")}, by, " 2")
    evidence_acts.renew(fresh.evidence.get(), by=by, file=new, remark="Добавлен пункт о нотах отделения")
    acts.answer(acts.submit(fresh, by=by), by=looks, accepts=True)
