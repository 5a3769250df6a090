"""What the style guide page and the tests of the face show: an invented program with every state once."""

import datetime as dt

from django import forms
from django.core.paginator import Paginator

from mentoring_site.charts import bars
from mentoring_site.charts.chart import Figure, table
from mentoring_site.forms import BaseForm, Segments
from mentoring_site.journeys import Progress, StepRow
from mentoring_site.ui.bulk_act import Bar as ActBar
from mentoring_site.ui.bulk_act import Offer
from mentoring_site.ui.list_page import Kept, ViewLink

LONG_NAME = "Санджи-" + "Горяева" * 16 + " Ё."
WHEN = dt.datetime(2026, 11, 19, 14, 5)
TONES = {
    "done": "выполнено",
    "you": "есть замечание",
    "others": "ждёт совета",
    "late": "просрочено",
    "stopped": "прекращена",
    "ahead": "впереди",
    "draft": "черновик",
}


class MeetingForm(BaseForm):
    """The form of a meeting: every kind of control once."""

    held = forms.ChoiceField(
        label="Состоялась?",
        choices=[("yes", "Да"), ("moved", "Перенесли"), ("no", "Нет")],
        widget=Segments,
        initial="yes",
    )
    on = forms.DateField(label="Когда")
    minutes = forms.IntegerField(label="Сколько минут", min_value=5, max_value=600, help_text="Без дороги и перерыва")
    topic = forms.CharField(label="О чём говорили", widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(label="Вид", choices=[("", "—"), ("lesson", "Взаимопосещение уроков")])
    goals = forms.MultipleChoiceField(
        label="Какие затруднения",
        choices=[("a", "чтение с листа"), ("b", "темп урока")],
        widget=forms.CheckboxSelectMultiple,
    )
    scan = forms.FileField(label="Лист наблюдения", required=False, help_text="PDF или снимок, до 20 МБ")
    reason = forms.CharField(label="Причина переноса", required=False)
    agree = forms.BooleanField(label="Прошу наставляемую подтвердить встречу")
    conditional = frozenset({"reason"})

    def clean(self):
        """Refuse everything once, so that the form as a whole has an error too."""
        raise forms.ValidationError("Встреча за этот день уже записана.")


class FiltersForm(BaseForm):
    """Search and two filters above a list."""

    q = forms.CharField(label="Фамилия, имя", required=False)
    department = forms.ChoiceField(label="Отделение", choices=[("", "все"), ("p", "фортепиано")], required=False)
    since = forms.DateField(label="Работает с", required=False)


def frame() -> dict:
    """What the context processor gives to every page of the cabinet."""
    names = ["Мои задачи", "Пары и группы", "Программы", "Приказы", "Методический совет", "Дорожная карта"]
    first = [
        {"label": n, "url": f"/{i}/", "count": 14 - i if i < 4 else 0, "current": i == 2} for i, n in enumerate(names)
    ]
    second = [
        {"label": n, "url": f"/s{i}/", "count": 0, "current": False}
        for i, n in enumerate(["Люди и согласия", "Отчёты", "Сайт"])
    ]
    return {
        "nav": [first, second],
        "nav_phone": first[:4],
        "me": {
            "name": "Уланова Нина Сергеевна",
            "roles_line": "куратор",
            "url": "/me/",
            "logout_url": "/accounts/logout/",
        },
        "school_short": "Детская школа искусств №\u00a01",
        "search_url": "/search/",
        "demo": True,
        "csrf_token": "t" * 64,
    }


def pieces() -> dict:
    """The context of every component."""
    form = MeetingForm({"held": "moved", "minutes": "3", "topic": "Темп урока.", "kind": "lesson"}, {})
    rows = [
        {
            "what": "Взаимопосещение уроков, 4 урока",
            "evidence": "лист наблюдения",
            "why": "ведение урока",
            "who": "оба",
        },
        {"what": LONG_NAME, "evidence": "список из 20 пьес", "why": "аккомпанемент по цифровке", "who": "наставляемая"},
    ]
    for row, tone in zip(rows, ("ahead", "you"), strict=True):
        row.update(when="15\u00a0января", badge={"word": TONES[tone], "tone": tone})
    stages = ["Банк", "Пара", "Приказ", "Программа", "Реализация", "Завершение", "Публикация"]
    notes = [
        "12\u00a0сентября",
        "2\u00a0октября",
        "№\u00a041-од",
        "проект у куратора",
        "с\u00a01\u00a0декабря",
        "30\u00a0мая",
        "",
    ]
    return {
        "gone": [
            {"name": "договор о сотрудничестве", "day": "", "year": "2020/21", "sha256": ""},
            {"name": "скан договора", "day": "2 сентября 2020 г.", "year": "2020/21", "sha256": "0a1b" * 16},
        ],
        "difference": {
            "label": "Пункт 1.2",
            "old": [{"text": "не более ", "changed": False}, {"text": "трёх", "changed": True}],
            "new": [{"text": "не более ", "changed": False}, {"text": "двух", "changed": True}],
        },
        "form": form,
        "filters": FiltersForm({"q": "Кер"}),
        "crumbs": [("Программы", "/programs/"), ("2026/27", None)],
        "actions": [
            {"verb": "agree", "label": "Согласовать и передать совету", "url": "/a/", "primary": True, "enabled": True},
            {
                "verb": "approve",
                "label": "Утвердить приказом",
                "primary": False,
                "enabled": False,
                "reasons": ["Нет согласования методического совета."],
            },
            {"verb": "stop", "label": "Прекратить программу", "url": "/x/", "primary": False, "enabled": True},
        ],
        "stages": [
            {"label": label, "note": note, "tone": "done" if i < 3 else "now" if i == 3 else "ahead"}
            for i, (label, note) in enumerate(zip(stages, notes, strict=True))
        ],
        "checks": [
            {"met": True, "text": "Срок шесть месяцев, от трёх до двенадцати (п.\u00a01.2)"},
            {
                "met": False,
                "text": "Затруднение «чтение с листа» не поддержано ни одним мероприятием.",
                "who": "Добавить должен наставник",
                "post_url": "/remind/",
                "link": "Напомнить",
            },
            {
                "met": False,
                "waiting": True,
                "text": "Нет согласования методического совета.",
                "who": "Заседание 25\u00a0ноября",
                "url": "/council/",
                "link": "Включить в повестку",
            },
        ],
        "tabs": [
            {"label": n, "url": f"/t{i}/", "current": i == 0}
            for i, n in enumerate(["План", "Журнал", "Люди и согласия", "Документы", "История"])
        ],
        "kept": Kept(
            of="people:register",
            said="Отбор прошлого раза: отделение — народных инструментов",
            link="Сбросить",
            link_url="/people/?reset=1",
            views=[ViewLink(1, "Молодые специалисты", "/people/?young=yes", True, own=True, whose="")],
            query="young=yes",
            reset_url="/people/?reset=1",
        ),
        "journey": Progress(
            "first",
            "Первые шаги",
            "До первого приказа о паре.",
            (
                StepRow("Загрузите список сотрудников", "Из него берутся люди.", "done", "куратор", "", "", ""),
                StepRow(
                    "Запишите согласия", "Без них нельзя.", "now", "куратор", "/consents/", "Записать", "5 минут", True
                ),
                StepRow("Подпишите приказ", "Его подписывает директор.", "ahead", "директор", "", "", ""),
            ),
            done=1,
            total=3,
            left="осталось 2 шага",
            waits="",
            home="/home/",
        ),
        "bulk": ActBar(
            offers=[Offer("Перенести", "/people/move/"), Offer("Напомнить участникам", "/people/remind/")],
            ticked=True,
            here=2,
            found="63 мероприятия",
            page_url="?page=1&tick=page",
            none_url="?page=1",
            everything_urls=[Offer("Напомнить участникам", "/people/remind/?tick=found")],
            kept=[("q", "К")],
        ),
        "rows": rows,
        "page_obj": Paginator(range(63), 25).page(2),
        "badges": [{"word": word, "tone": tone} for tone, word in TONES.items()],
        "tasks": [
            {
                "title": "Получить согласие Очировой Светланы Дмитриевны",
                "why": "Без него нельзя передать на подпись приказ о закреплении трёх пар",
                "when": "просрочено на 3\u00a0дня",
                "late": True,
                "since": "срок 20\u00a0ноября",
                "url": "/c/",
                "verb": "Напечатать согласие",
                "primary": True,
            },
            {
                "title": "Посмотреть проект программы «Импровизация в младших классах»",
                "why": "Басангов О.\u00a0С. и Лиджиева К.\u00a0Б. закончили черновик",
                "when": "через 2\u00a0дня",
                "since": "ждёт с 19\u00a0ноября",
                "url": "/p/",
                "verb": "Открыть проект",
                "later_url": "/later/",
            },
        ],
        "facts": [
            {"label": "Цель", "value": "Научить вести урок в подвижном темпе"},
            {"label": "Приказ", "value": "от 02.09.2026 №\u00a041-од", "url": "/orders/1/"},
        ],
        "long_name": LONG_NAME,
        "evidence": {
            "pictures": [
                {
                    "name": "урок.jpg",
                    "url": "/f/3/",
                    "small_url": "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==",
                    "remove_url": "/f/3/remove/",
                }
            ],
            "files": [
                {
                    "name": "план.pdf",
                    "url": "/f/4/",
                    "size": 48211,
                    "remove_url": "/f/4/remove/",
                    "page_url": "/evidence/4/",
                    "note": "с пометками наставника",
                    "badge": {"word": "срок истёк 3\u00a0ноября", "tone": "late"},
                }
            ],
            "missing": {"word": "нет подтверждения", "tone": "late"},
            "add_url": "/evidence/add/results/1/",
            "removed": [{"name": "лишнее.jpg", "back_url": "/f/5/back/"}],
        },
        "files": [{"name": "Приказ № 41-од.pdf", "url": "/f/1/", "size": 48211}, {"name": "Скан.jpg", "url": "/f/2/"}],
        "duties": [
            {
                "what": "Ответить человеку",
                "until": "до\u00a014\u00a0декабря\u00a02026\u00a0г.",
                "near": "осталось 10 рабочих дней",
                "law": "часть 1 статьи 20 закона № 152-ФЗ",
                "badge": {"word": TONES["you"], "tone": "you"},
                "url": "/a/",
                "verb": "Записать ответ",
            },
        ],
        "fresh": [{"at": dt.datetime(2026, 11, 22, 21, 5), "words": "Согласовано", "actor": None}],
        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "documents": [
            {"poll_url": "/orders/1/document/"},
            {"ready": True, "url": "/f/1/", "name": "Приказ № 41-од", "size": 48211, "sha256": "9f" * 32},
            {"failed": "Администратор уже видит причину."},
        ],
        "thread": [
            {
                "who": "Басангов О.\u00a0С.",
                "at": WHEN,
                "text": "Добавьте в план чтение с листа.\n\nДвух уроков хватит.",
            },
            {"who": "Лиджиева К.\u00a0Б.", "at": WHEN, "text": "<b>Добавила</b>", "mine": True},
        ],
        "entries": [
            {
                "at": WHEN,
                "who": "Лиджиева К.\u00a0Б.",
                "text": "Подтвердила проект программы",
                "changes": ["Срок: 3 месяца → 6"],
                "fresh": True,
            }
        ],
        "figure": Figure(
            "load",
            bars.Bars("Нагрузка наставников", "Кто сколько ведёт.", (bars.Bar("Очирова С. Д.", 2, "2 из 3", 3),)),
            **table("Наставник", "Ведёт", rows=[["Очирова С. Д.", 2]], numbers=(1,)),
        ),
        "pipeline": [
            {"label": "Без пары", "value": 3, "max": 11},
            {"label": "Пары ждут приказа", "value": 3, "max": 11, "note": "не хватает одного согласия", "url": "/w/"},
            {"label": "Реализуются", "value": 11, "max": 11},
        ],
    }


def whole_form() -> dict:
    """The context of ``form.html`` with everything it can take."""
    return {
        "heading": "Встреча сегодня",
        "lead": "23\u00a0ноября, 15:40, кабинет\u00a012. Взаимопосещение уроков, второй из четырёх.",
        "crumbs": [("Импровизация в младших классах", "/programs/1/"), ("Встреча", None)],
        "form": MeetingForm(),
        "submit": "Записать встречу",
        "cancel_url": "/programs/1/",
        "multipart": True,
        "hint": "Кермен Бадмаевна получит ссылку и подтвердит одним нажатием.",
    }


def question() -> dict:
    """The context of ``confirm.html``."""
    return {
        "heading": "Зарегистрировать приказ о закреплении пар?",
        "lead": "После этого приказ нельзя изменить: только отменить или дополнить новым приказом.",
        "consequences": [
            "Будут закреплены 3\u00a0пары, 6\u00a0человек",
            "Уведомления получат\u00a07: участники и куратор",
        ],
        "facts": [{"label": "Приказ", "value": "от 02.09.2026 №\u00a041-од"}],
        "submit": "Зарегистрировать подписанный приказ",
        "cancel_url": "/orders/1/",
    }


def public() -> dict:
    """The context of the public page of the style guide."""
    names = ["Программы", "Результаты", "Наставники", "Документы", "Новости"]
    return {
        "public_nav": [{"label": n, "url": f"/{i}/", "current": i == 1} for i, n in enumerate(names)],
        "school_short": "ДШИ №\u00a01",
        "school_full": (
            "Муниципальное бюджетное учреждение дополнительного образования «Детская школа искусств №\u00a01»"
        ),
        "city": "Элиста",
        "view_url": "/view/",
        "cabinet_url": "/home/",
        "figures": [
            ("11", "программ идут сейчас"),
            ("9", "завершены за два года"),
            ("31", "затруднение снято из 36"),
            ("8 из 9", "молодых педагогов остались в школе"),
        ],
        "stories": [
            {
                "when": "сентябрь 2025 — май 2026",
                "form": "традиционное, в паре",
                "title": "Как перестать бояться открытого урока",
                "text": (
                    "За восемь месяцев — двенадцать взаимных посещений и три открытых урока. Первый прошёл на"
                    " отделении, третий — на городском методическом дне."
                ),
                "people": "Наставник Манджиева Байрта Очировна · наставляемая — по её желанию без имени",
            },
            {
                "when": "январь — июнь 2026",
                "form": "реверсивное",
                "title": "Домбра и ноутбук",
                "text": (
                    "Молодая преподавательница научила отделение записывать минусовки, а старший коллега — держать"
                    " штрих в быстром темпе."
                ),
                "people": "Наставник Санджи-Горяев Савр Иванович · Эрдниева Айса Петровна",
            },
        ],
    }
