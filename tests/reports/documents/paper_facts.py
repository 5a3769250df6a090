"""Realistic facts of every printed paper, with invented Kalmyk, Russian and hyphenated names."""

import copy
import json

from mentoring_site.charts.bars import Bar, Bars
from mentoring_site.charts.chart import Figure, table
from programs.program.sections import sections
from tests import SAMPLES

SCHOOL = {
    "founder": "Администрация города Элисты",
    "full_name": "Муниципальное бюджетное учреждение дополнительного образования «Детская школа искусств № 1»",
    "short_name": "МБУ ДО «ДШИ № 1»",
    "city": "Элиста",
    "address": "358000, Республика Калмыкия, г. Элиста, ул. Степная, д. 12",
    "inn": "0800000001",
    "ogrn": "1020800000001",
    "site": "https://dshi1.example",
}

PEOPLE = [
    ("Басңгов Очир Санджиевич", "преподаватель по классу домбры, высшая категория"),
    ("Лиджиева Кермен Бадмаевна", "преподаватель по классу домбры"),
    ("Санджи-Горяев Савр Иванович", "преподаватель по классу баяна, первая категория"),
    ("Мельник Ольга Львовна", "преподаватель изобразительного искусства"),
    ("Манҗин Һәрә Өлзәтовна", "концертмейстер"),
    ("Соловьёва-Бадмаева Айса Петровна", "преподаватель по классу фортепиано"),
]

PAIRS = {
    "title": "Наставнические пары и группы на 2026/2027 учебный год",
    "note": "",
    "approved": None,
    "columns": [
        {"label": "№", "width": 5},
        {"label": "Наставник", "width": 24},
        {"label": "Наставляемый", "width": 26},
        {"label": "Форма и вид", "width": 20},
        {"label": "Направление", "width": 25},
    ],
    "rows": [
        [
            "1",
            "Басңгов Очир Санджиевич, преподаватель по классу домбры, высшая категория",
            "Лиджиева Кермен Бадмаевна, преподаватель по классу домбры",
            "педагог — педагог; традиционное",
            "методика урока в младших классах",
        ],
        [
            "2",
            "Манҗин Һәрә Өлзәтовна, концертмейстер, высшая категория",
            "Соловьёва-Бадмаева Айса Петровна, преподаватель по классу фортепиано; "
            "Мельник Ольга Львовна, преподаватель изобразительного искусства",
            "педагог — педагог; в группе",
            "чтение с листа, аккомпанемент по цифровке",
        ],
        [
            "3",
            "Санджи-Горяев Савр Иванович, преподаватель по классу баяна, первая категория",
            "Мельник Ольга Львовна, преподаватель изобразительного искусства",
            "педагог — педагог; реверсивное",
            "цифровые средства урока; организация пленэра",
        ],
    ],
    "text": [],
}

ORDER = {
    "school": SCHOOL,
    "kind": "Приказ",
    "heading": "О закреплении наставнических пар (групп) на 2026/2027 учебный год",
    "preamble": (
        "В соответствии с пунктами 3.3 и 6.2 Положения о системе наставничества педагогических работников, "
        "утверждённого приказом от 30.08.2026 № 38-од, статьёй 351.8 Трудового кодекса Российской Федерации, "
        "на основании письменных согласий участников и предложения методического совета (протокол от 31.08.2026 № 1)"
    ),
    "points": [
        {
            "text": "Закрепить наставнические пары (группы) на срок с 2 сентября 2026 г. по 30 мая 2027 г. согласно "
            "приложению к настоящему приказу.",
            "subpoints": [],
            "edited": False,
        },
        {
            "text": "Наставникам Басңгову О. С., Манҗин Һ. Ө. и Санджи-Горяеву С. И. в срок до 16 сентября 2026 г. "
            "совместно с наставляемыми разработать персонализированные программы наставничества и представить "
            "их куратору.",
            "subpoints": [],
            "edited": False,
        },
        {
            "text": "Заместителю директора по учебно-воспитательной работе Улановой Н. С., куратору реализации "
            "программ наставничества:",
            "subpoints": [
                "организовать рассмотрение программ методическим советом до 23 сентября 2026 г.;",
                "внести сведения в банк наставников и наставляемых.",
            ],
            "edited": True,
        },
        {
            "text": "Специалисту по кадрам Кекеевой М. В. до 9 сентября 2026 г. подготовить дополнительные соглашения "
            "к трудовым договорам наставников.",
            "subpoints": [],
            "edited": False,
        },
        {"text": "Контроль за исполнением настоящего приказа оставляю за собой.", "subpoints": [], "edited": False},
    ],
    "signer": {"post": "Директор", "name_before": "В. И. Настаев"},
    "number": None,
    "date": None,
    "place": "г. Элиста",
    "visas": [
        {"post": "Заместитель директора по учебно-воспитательной работе", "name_before": "Н. С. Уланова", "date": None},
        {"post": "Председатель методического совета", "name_before": "Э. С. Хара-Даван", "date": "2026-09-01"},
    ],
    "acquaintance": [{"name": name, "post": post.split(",")[0]} for name, post in PEOPLE],
    "executor": {"name": "Уланова Надежда Сергеевна", "phone": "(84722) 5-00-00"},
    "appendices": [PAIRS],
    "register_url": None,
    "code": "",
}

REGISTERED = {
    **ORDER,
    "number": "41-од",
    "date": "2026-09-02",
    "register_url": "https://nastavnik.dshi1.example/verify/7K2M-Q9TX/",
    "sheet_mark": {"url": "https://nastavnik.dshi1.example/verify/7K2M-Q9TX/", "edition": "0123456789ab"},
    "code": "7K2M-Q9TX",
}

PERSON = {
    "nominative": "Соловьёва-Бадмаева Айса Петровна",
    "genitive": "Соловьёвой-Бадмаевой Айсы Петровны",
    "before": "А. П. Соловьёва-Бадмаева",
    "post": "преподаватель по классу фортепиано",
    "post_genitive": "преподавателя по классу фортепиано",
    "gender": "f",
    "address": None,
    "phone": "+7 900 000-00-00",
    "email": "aisa@dshi1.example",
}
CONSENT = {
    "school": SCHOOL | {"name_dative": "Муниципальному бюджетному учреждению дополнительного образования"},
    "person": PERSON,
    "director": {"post_dative": "Директору", "name_dative": "Настаеву В. И."},
    "since": "2026-09-02",
    "until": "2027-05-30",
    "date": None,
    "mark": None,
    "pairing": "в паре с Лиджиевой Кермен Бадмаевной, преподавателем по классу домбры",
    "outside": False,
    "resources": ["https://nastavnik.dshi1.example/public/programs/"],
    "fields": [
        {"label": "фамилия, имя, отчество", "allowed": True, "conditions": ""},
        {"label": "фотография", "allowed": False, "conditions": "не размещать"},
        {"label": "результаты программы", "allowed": None, "conditions": ""},
    ],
    "conditions": None,
    "transfer": None,
}
WITHDRAWAL = {
    **CONSENT,
    "purpose": "dissemination",
    "consent": {"title": "на распространение персональных данных", "date": "2026-09-01"},
    "fields": ["фотография"],
    "reason": None,
    "demand": False,
    "choice": [],
}
WITHDRAWAL_ANSWER = {
    "school": CONSENT["school"],
    "person": CONSENT["person"] | {"dative": "Соловьёвой-Бадмаевой Айсе Петровне"},
    "signer": {"post": "Директор", "name_before": "С. Д. Очирова"},
    "given": "2026-09-01",
    "received": "2026-11-20",
    "stopped": ["учёт в банке наставников", "размещение имени на сайте школы"],
    "ends": ["обязанности наставника: пару прекращает приказ директора, до 20 декабря 2026 г."],
    "stays": ["Журнал действий: в нём записано, кто что сделал и когда"],
    "fields": [["Дата рождения", "обработка прекращена, уничтожаются по акту до 20 декабря 2026 г.", "согласие"]],
    "date": None,
}
LETTER = {key: WITHDRAWAL_ANSWER[key] for key in ("school", "person", "signer")}
DATA_ANSWER = LETTER | {
    "kind": "question",
    "about": "вопрос о своих данных",
    "found": False,
    "received": "2026-11-20",
    "number": "17",
    "refused": False,
    "answer": "Сведения об обработке Ваших персональных данных приведены ниже.",
    "law": "части 7 статьи 14 и части 1 статьи 20",
    "processing": [["Факт обработки", "подтверждается"], ["Какие данные", "фамилия, имя, отчество, должность"]],
    "destroyed": [],
    "answer_number": "21",
    "date": "2026-11-27",
}
DATA_EXTENSION = LETTER | {
    "received": "2026-11-20",
    "about": "вопрос о своих данных",
    "number": "17",
    "what": "ответить человеку",
    "was": "2026-12-04",
    "until": "2026-12-11",
    "more": 5,
    "reason": "сведения собирают в архиве школы",
    "source": "152-ФЗ, ст. 14, ч. 3; ст. 20, ч. 1",
}
EXPLANATION_DEMAND = LETTER | {
    "demand": "Почему журнал класса за четверть не сдан в срок.",
    "date": "2026-11-27",
    "until": "2026-12-01",
}
INCIDENT = {
    "date": "2026-12-04",
    "school": CONSENT["school"],
    "signer": WITHDRAWAL_ANSWER["signer"],
    "first": [["Дата и время выявления", "20.11.2026 08:40"], ["Что произошло", "список отправлен не туда"]],
    "second": [["Результаты внутреннего расследования", "письмо удалено получателем"]],
    "first_until": "21.11.2026 08:40",
    "second_until": "23.11.2026 08:40",
}
OPERATOR_NOTICE = {
    "school": CONSENT["school"],
    "signer": WITHDRAWAL_ANSWER["signer"],
    "rows": [["Цель обработки", "наставничество педагогических работников"], ["Место нахождения базы данных", ""]],
    "on": "2026-11-20",
}
ROADMAP = {
    "school": SCHOOL,
    "title": "Дорожная карта (план мероприятий) по реализации Положения о системе наставничества",
    "year": "2026/2027 учебный год",
    "appendix": 2,
    "approved": "УТВЕРЖДЕНА",
    "number": None,
    "date": None,
    "stages": [
        {
            "number": str(number),
            "name": f"Этап наставничества {number}",
            "tasks": [
                {
                    "number": f"{number}.{task}",
                    "text": f"Мероприятие {number}.{task}: подготовка локальных нормативных актов и сбор согласий",
                    "term": "до 10 сентября 2026 г.",
                    "responsible": "Уланова Н. С.",
                    "result": "приказ",
                }
                for task in range(1, 5)
            ],
        }
        for number in range(1, 8)
    ],
    "signer": {"post": "Куратор", "name_before": "Н. С. Уланова"},
}
PROGRAM_TEXT = {
    "title": "Первый год в классе домбры",
    "kind": "pair",
    "school_year": 2026,
    "starts_on": "2026-09-24",
    "ends_on": "2027-05-30",
    "term_decision": "",
    "goal": "Выстроить урок в младших классах.",
    "justification": "затруднения методические, вопросы возникают по ходу уроков",
    "directions": "методика урока",
    "curator": {"name": "Уланова Надежда Сергеевна", "post": "заместитель директора"},
    "people": [
        {
            "candidate": 1,
            "part": "mentor",
            "gender": "m",
            "name": PEOPLE[0][0],
            "short": "Басңгов О. С.",
            "post": "преподаватель",
            "category": "highest",
        },
        {
            "candidate": 2,
            "part": "mentee",
            "gender": "f",
            "name": PEOPLE[1][0],
            "short": "Лиджиева К. Б.",
            "post": "преподаватель",
            "category": "",
        },
    ],
    "forms": ["педагог — педагог"],
    "kinds": ["Ситуационное наставничество"],
    "requests": [{"text": "показать первые уроки", "candidate": 2}],
    "difficulties": [{"text": "трудно рассчитать время урока", "candidate": 2}],
    "strengths": [{"text": "высокий исполнительский уровень", "candidate": 2}],
    "activities": [
        {
            "title": "Посещение трёх уроков",
            "starts_on": "",
            "due_on": "2026-10-10",
            "responsible": "both",
            "result": "таблица наблюдений",
            "evidence": "запись разбора",
            "why": [{"text": "показать первые уроки", "candidate": 2}],
        }
    ],
}

PROGRAM = {
    "school": SCHOOL,
    "council": {"chair_before": "Э. С. Хара-Даван", "date": "2026-09-21", "minutes": "3"},
    "director": {"post": "Директор", "name_before": "В. И. Настаев"},
    "number": None,
    "date": None,
    "title": "Персонализированная программа наставничества",
    "subject": "Первый год в классе домбры",
    "year": "2026/2027 учебный год",
    "start": "2026-09-24",
    "end": "2027-05-30",
    "authors": [
        {
            "part": "Наставник",
            "name": PEOPLE[0][0],
            "before": "О. С. Басңгов",
            "post": "преподаватель",
            "category": "высшая категория",
        },
        {
            "part": "Наставляемая",
            "name": PEOPLE[1][0],
            "before": "К. Б. Лиджиева",
            "post": "преподаватель",
            "category": "",
        },
    ],
    "by_grif": False,
    "draft": "",
    "approval_sheet": [
        {
            "who": PEOPLE[1][0],
            "post": "преподаватель",
            "what": "проект подтверждён (п. 5.1)",
            "on": "2026-09-12",
            "how": "в приложении",
        },
        {
            "who": "Методический совет",
            "post": "",
            "what": "программа согласована (п. 3.5)",
            "on": "2026-09-21",
            "how": "на бумаге: протокол № 3",
        },
    ],
    "version": "редакция 2, SHA-256 " + "0" * 64,
    "sections": sections(PROGRAM_TEXT),
    "place": "Элиста",
    "made_year": "2026",
}
SLIPS = {
    "school": SCHOOL,
    "site": "https://nastavnik.dshi1.example/join/",
    "slips": [
        {
            "name": name,
            "post": post,
            "code": f"7K2M-{n:04}",
            "until": "2026-09-16",
            "url": f"https://nastavnik.dshi1.example/join/7K2M-{n:04}/",
        }
        for n, (name, post) in enumerate(PEOPLE * 2)
    ],
}
ACQUAINTANCE = {
    "school": SCHOOL,
    "title": "Положением о системе наставничества педагогических работников",
    "basis": "утверждено приказом от 30.08.2026 № 38-од",
    "people": ORDER["acquaintance"],
}
DESTRUCTION = {
    "school": SCHOOL,
    "number": 3,
    "date": "2026-12-04",
    "city": "Элиста",
    "person": "Соловьёва-Бадмаева Айса Петровна",
    "categories": ["дата рождения", "письма, отправленные системой"],
    "stays": ["имя в подписанных приказах"],
    "copies": ["ночные копии сменяются новыми по 4 июня 2027 г."],
    "reason": "отзыв согласия на обработку персональных данных (поступило 1 декабря 2026 г.)",
    "way": "удаление сведений из базы данных",
    "system": "«Наставничество»",
    "commission": [{"name": name, "post": post} for name, post in PEOPLE[:2]],
    "prepared": "Уланова Н. С.",
    "approver": {"post": "Директор", "name_before": "В. И. Настаев"},
    "approved": "Настаев В. И., 04.12.2026 в 10:00",
    "keep_until": "2029-12-04",
}
CONSENT_REGISTER = {
    "school": SCHOOL,
    "date": "2026-12-04",
    "filters": "состояние: действуют",
    "cut": False,
    "total": 1000,
    "columns": [{"label": "№", "width": 5}, {"label": "Человек", "width": 40}, {"label": "Согласие", "width": 55}],
    "rows": [[n, name, "обработка персональных данных"] for n, (name, _) in enumerate(PEOPLE, start=1)],
}
_SIDES = {
    "school": SCHOOL,
    "mentor": {
        "name": PEOPLE[0][0],
        "post": "преподаватель по классу домбры",
        "category": "высшая категория",
        "before": "О. С. Басңгов",
        "gender": "m",
        "about": "Басңгове Очире Санджиевиче",
    },
    "mentee": {
        "name": PEOPLE[1][0],
        "post": "преподаватель по классу домбры",
        "category": "",
        "before": "К. Б. Лиджиева",
        "gender": "f",
        "about": "Лиджиевой Кермен Бадмаевне",
    },
    "program": {
        "title": "Первый год в классе домбры",
        "term": "24 сентября 2026 г. – 30 мая 2027 г.",
        "order": "приказ от 23.09.2026 № 44-од",
    },
    "outcomes": [{"text": "трудно рассчитать время урока", "word": "снято", "comment": "по открытому уроку"}],
}
REPORT = {
    **_SIDES,
    "blank": False,
    "reason": "план мероприятий выполнен в полном объёме",
    "meetings": "12 встреч, 9,5 ч",
    "tasks": [
        {
            "what": "Посещение трёх уроков",
            "amount": "три разбора",
            "when": "24 сентября – 10 октября 2026 г.",
            "mark": "выполнено, проверено 10.10.2026",
        }
    ]
    * 3,
    "points": [
        {"label": "Дисциплинированность и культура в работе (п. 5.2)", "text": "Приходит вовремя"},
        {"label": "Самостоятельность в решениях", "text": ""},
    ],
    "conclusion": "Ведёт урок уверенно.",
    "verdicts": [{"words": "готова к самостоятельной работе", "chosen": True}, {"words": "не готова", "chosen": False}],
    "date": "2027-05-30",
}
REVIEW = {
    **_SIDES,
    "blank": False,
    "review": "Помогли взаимные посещения.",
    "scale": ["Достаточно ли времени"],
    "ways": ["консультации"],
    "open": ["Ваши предложения"],
    "date": "2027-05-30",
}
MEMO = {
    "school": SCHOOL,
    "pay_name": "Стимулирующая выплата за наставничество",
    "director": {"post_dative": "Директору", "name_dative": "Настаеву В. И."},
    "author": {"genitive": "Улановой Н. С.", "post_genitive": "заместителя директора по учебно-воспитательной работе"},
    "signer": {"post": "Заместитель директора по учебно-воспитательной работе", "name_before": "Н. С. Уланова"},
    "place": "г. Элиста",
    "date": "2026-10-01",
    "month": "сентябрь 2026 г.",
    "mentors": [
        {
            "name": PEOPLE[0][0],
            "post": "преподаватель по классу домбры",
            "orders": "приказ о закреплении от 02.09.2026 № 41-од",
            "rows": [
                {"on": f"{d:02}.09.2026", "minutes": 45, "mentees": "Лиджиева К. Б.", "how": "лично"}
                for d in range(3, 30, 4)
            ],
            "minutes": 315,
            "hours": "5,25",
            "words": "5 ч 15 мин",
        }
    ],
    "total": {"hours": "5,25", "words": "5 ч 15 мин", "minutes": 315, "meetings": 5},
    "others": [
        {
            "name": "Эрдниева Саглара Константиновна",
            "on": "18.09.2026",
            "minutes": 90,
            "about": "Репетиция ансамбля: как помочь концертмейстеру не ускорять в коде",
        }
    ],
    "others_words": "1\u00a0ч 30\u00a0мин",
    "waiting": [
        {
            "on": "30.09.2026",
            "minutes": 60,
            "mentor": "Басңгов О. С.",
            "mentees": "Лиджиева К. Б.",
            "silent": "Лиджиева К. Б.",
        }
    ],
}
MINUTES = {
    "school": SCHOOL,
    "body": "методический совет",
    "body_genitive": "методического совета",
    "number": "3",
    "date": "2026-09-21",
    "place": "г. Элиста",
    "chair": {"name": "Хара-Даван Э. С.", "before": "Э. С. Хара-Даван", "post": "преподаватель"},
    "secretary": {"name": "Мельник О. Л.", "before": "О. Л. Мельник", "post": "преподаватель"},
    "present": ["Хара-Даван Э. С.", "Мельник О. Л.", "Манҗин Һ. Ө."],
    "present_words": "3 человека",
    "invited": "Уланова Н. С., заместитель директора",
    "absent": ["Санджи-Горяев С. И."],
    "absent_words": "больничный",
    "items": [
        {
            "number": 1,
            "title": "О согласовании персонализированной программы наставничества «Первый год в классе домбры»",
            "heard": "Уланову Н. С., заместителя директора: о программе.",
            "spoke": "Мельник О. Л.: программа отвечает запросу.",
            "decided": "Согласовать программу.",
            "votes": "«за» — 3, «против» — нет, «воздержались» — нет. Решение принято единогласно",
        },
        {"number": 2, "title": "О разном", "heard": "", "spoke": "", "decided": "Принять к сведению.", "votes": ""},
    ],
}
PRACTICE = {
    "school": SCHOOL,
    "title": "Как чтение с листа стало игрой",
    "summary": "Пять минут ансамбля в начале каждого урока",
    "authors": ["Хара-Даван Эренцен Саналович, преподаватель", "Преподаватель фортепианного отделения"],
    "inside": False,
    "ways": "педагог – педагог и традиционное наставничество",
    "term": "с 1 сентября 2025 г. по 25 мая 2026 г.",
    "parts": [
        {"heading": "В чём была трудность", "text": "Ученики боялись новых нот.\nНа уроках с листа не читали."},
        {"heading": "В цифрах", "text": "12 встреч, 9,5 ч\nЗатруднений снято: 3 из 4"},
    ],
    "materials": ["Ноты ансамблей.pdf"],
    "nominated": "круглый стол «Итоги года наставничества»",
    "date": "2026-05-28",
}
EXTRACT = {**MINUTES, "items": MINUTES["items"][:1], "today": "2026-09-22"}
FIGURES = {
    "school": SCHOOL,
    "title": "Обзор наставничества",
    "lead": "2026/2027 учебный год, на 30 ноября 2026 г.",
    "figures": [
        Figure(
            "load",
            Bars("Нагрузка наставников", "Кто сколько ведёт.", (Bar("Очирова С. Д.", 2, "2 из 3", 3),)),
            **table("Наставник", "Ведёт", rows=[["Очирова С. Д.", 2]], numbers=(1,)),
        ).facts()
    ],
}
OBSERVATION = {
    "school": SCHOOL,
    "place": "г. Элиста",
    "name": "Взаимопосещение урока",
    "lesson": "специальность, 2 класс, работа над пьесой",
    "teacher": "Лиджиева Кермен Баатровна",
    "signer": {"post": "Преподаватель по классу домры", "name_before": "С. Д. Очирова"},
    "date": "22 сентября 2026 г.",
    "rows": [
        {"text": "Ученик играет в первые минуты урока", "mark": "видно", "note": "на второй минуте"},
        {"text": "Замечание сразу проверено на деле", "mark": "отчасти", "note": ""},
    ],
    "strengths": "Спокойный темп.",
    "advice": "Меньше говорить во время игры.",
}
EVENT = {
    "school": SCHOOL,
    "kind": "установочной сессии",
    "title": "С чего начинает наставник",
    "date": "2026-09-22",
    "until": "",
    "time": "15:00–17:00",
    "place": "малый зал школы",
    "host": {"post": "Заместитель директора по учебно-воспитательной работе", "name": "С. Д. Очирова"},
}
ATTENDANCE = EVENT | {
    "people": [
        {"name": "Лиджиева Кермен Баатровна", "post": "преподаватель по классу домры"},
        {"name": "Санджи-Горяева Герензел Баатровна", "post": "преподаватель по классу фортепиано"},
    ],
    "empty": [""] * 4,
    "door": "https://school.example/school-events/door/1-1:abcdef/",
}
EVENT_MINUTES = EVENT | {
    "aim": "",
    "partners": "музыкальный колледж",
    "present": ["Лиджиева К. Б.", "Санджи-Горяева Г. Б."],
    "programme": ["15:00 — Открытие", "15:15 — Предложения сторон"],
    "discussed": "Колледж просит принять на практику троих студентов.",
    "decisions": ["Школа называет троих наставников до 20 января", "Колледж присылает программу практики"],
    "results": "Назначены даты практики.",
}
INDICATORS = {
    "school": SCHOOL,
    "title": "Показатели наставничества",
    "lead": "2026/27 учебный год, по 30 ноября 2026 г.",
    "columns": ["Показатель", "Значение", "Из чего", "Год назад", "Цель", "Пункт"],
    "rows": [
        {
            "group": "Участие",
            "cells": ["Педагоги, участвующие в наставничестве", "38,9 %", "21 из 54", "18,5 %", "40 %", "3.4-k2"],
        },
        {"group": "Результаты", "cells": ["Остались в школе через год", "нет данных", "", "нет данных", "", "2.2-e"]},
    ],
}
COMPLIANCE = {
    "school": SCHOOL,
    "title": "Исполнение Положения о наставничестве, 2026/27 учебный год",
    "lead": "Посчитано 30 ноября 2026 г. в 9:15.",
    "numbers": [{"label": "исполнено", "number": 1}, {"label": "просрочено", "number": 1}],
    "parts": [
        {
            "title": "3. Организация",
            "lines": [
                {
                    "code": "3.1-a",
                    "text": "Наставничество организуется на основании приказа руководителя об утверждении Положения",
                    "state": "исполнено",
                    "proof": "приказ об утверждении Положения: 1 приказ",
                    "who": "директор",
                },
                {
                    "code": "3.4-b2",
                    "text": "Актуализация – своевременно, не реже одного раза в год",
                    "state": "просрочено",
                    "proof": "проверка банка наставляемых за 12 месяцев: последняя проверка — 2 сентября 2025 г.",
                    "who": "куратор — до 02.09.2026",
                },
            ],
        }
    ],
}
INVENTORY = {
    "school": SCHOOL,
    "date": "2026-11-30",
    "year": "2026/2027",
    "filters": "Дело: Приказы",
    "cut": False,
    "most": 1000,
    "total": 1,
    "columns": [
        {"label": label, "width": width}
        for label, width in (
            ("№", 5),
            ("Дело и файл", 29),
            ("Дата", 12),
            ("Размер", 10),
            ("SHA-256", 22),
            ("Хранить", 22),
        )
    ],
    "rows": [[1, "Приказы: Скан приказа № 14-о.pdf", "22.11.2026", "240 КБ", "0a1b" * 16, "постоянно"]],
}
EMPTY_QUESTION = {"hint": "", "boxes": [], "inline": False, "number_line": False, "lines": []}
SURVEY_FORM = {
    "school": SCHOOL,
    "title": "Как идёт программа",
    "period": "1–15 мая 2027 г.",
    "role": "наставник",
    "intro": "Ответы помогут поправить программу.",
    "promise": "Ответы видят куратор и директор.",
    "named": True,
    "sections": [
        {
            "heading": "О программе",
            "questions": [
                EMPTY_QUESTION
                | {"number": 1, "text": "Помогли ли встречи?", "boxes": ["да", "отчасти", "нет"], "inline": True},
                EMPTY_QUESTION | {"number": 2, "text": "Сколько встреч было?", "hint": "за месяц", "number_line": True},
                EMPTY_QUESTION
                | {"number": 3, "text": "Что было полезно?", "boxes": ["Открытые уроки", "Работа над программой"]},
                EMPTY_QUESTION | {"number": 4, "text": "Чего не хватило?", "lines": [""] * 3},
            ],
        }
    ],
}
SURVEY_RESULTS = {
    "school": SCHOOL,
    "title": "Как идёт программа",
    "lead": "1–15 мая 2027 г., ответили 7 из 9 человек",
    "anonymous": True,
    "figures": [
        Figure(
            "one",
            Bars(
                "Помогли ли встречи", "Сколько человек что ответили.", (Bar("да", 5, "5 из 7"), Bar("нет", 2, "2 из 7"))
            ),
            **table("Ответ", "Человек", rows=[["да", 5], ["нет", 2]], numbers=(1,)),
        ).facts()
    ],
    "texts": [
        {"question": "Чего не хватило?", "quotes": ["Времени"], "hidden": ""},
        {"question": "Что мешало?", "quotes": [], "hidden": "Ответили меньше трёх человек: ответы скрыты"},
    ],
}
MONITORING = {
    "school": SCHOOL,
    "title": "Справка о результатах мониторинга",
    "lead": "реализации системы наставничества за 2025/26 учебный год",
    "date": "2026-06-10",
    "draft": True,
    "counted": "2025/26 учебный год, по 10 июня 2026 г.",
    "order": "приказ от 12 мая 2026 г. №\u00a027-од",
    "people": [
        {"name": "Очирова Светлана Дмитриевна", "post": "заместитель директора", "head": True},
        {"name": "Мельник Ольга Леонидовна", "post": "", "head": False},
    ],
    "surveys": [["Как прошла программа", "1–31 мая 2026 г.", "9 из 12", ""]],
    "indicators": [
        {"group": "Участие", "cells": ["Наставляемые", "9 чел.", "", "7 чел.", "3.4-l"]},
    ],
    "swot": [
        {"name": "Сильные стороны", "lines": ["Наставник есть у каждого молодого педагога."]},
        {"name": "Слабые стороны", "lines": []},
        {"name": "Возможности", "lines": ["Ансамбль — 62 % (15 из 24)."]},
        {"name": "Угрозы", "lines": ["Наставники перегружены."]},
    ],
    "verdict": "система работает, есть замечания",
    "assessment": ["Открытых уроков мало."],
    "meeting": "Протокол №\u00a06 заседания методического совета",
    "conclusions": ["Система работает."],
    "proposals": ["Включить открытые уроки в каждую программу."],
    "minutes": "протокол от 10 июня 2026 г. №\u00a01",
    "minutes_text": ["Передать справку совету."],
    "signatures": [{"post": "Руководитель рабочей группы", "name": "С. Д. Очирова"}],
}
STATISTICS = {
    "school": SCHOOL,
    "title": "Справка о числе участников наставничества",
    "lead": "на 1 октября 2026 г.",
    "not_federal": "Это внутренняя справка школы, не форма федерального статистического наблюдения.",
    "kept": "Сохранена 2 октября 2026 г.",
    "columns": ["Строка", "Наставники", "Наставляемые", "Всего людей"],
    "tables": [
        {"title": "Возраст", "note": "На последний день.", "rows": [["30–34 года", 1, 4, 5], ["не указано", 0, 1, 1]]},
    ],
    "signature": {"post": "Куратор", "name": "С. Д. Очирова"},
}
ANNUAL_NUMBER = {
    "label": "Педагоги, участвующие в наставничестве",
    "value": "38,9 %*",
    "made_of": "",
    "before": "18,5 %",
    "planned": "40 %",
}
ANNUAL_REPORT = {
    "school": SCHOOL,
    "director": {"post": "Директор", "name_before": "С. Д. Очирова"},
    "number": "АО-1",
    "date": "2026-07-20",
    "title": "Итоговый аналитический отчёт о наставничестве за 2025/2026 учебный год",
    "lead": "1 августа 2025 г. — 31 июля 2026 г.",
    "sections": [
        {
            "key": "people",
            "title": "Участие в наставничестве",
            "text": "Педагоги, участвующие в наставничестве, — 38,9 %.\nГод назад было 18,5 %.",
            "numbers": [ANNUAL_NUMBER],
            "figures": FIGURES["figures"][:1],
            "notes": ["* Педагоги, участвующие в наставничестве: посчитано 37 %, в отчёте 38,9 %. Причина: приказ."],
        },
        {
            "key": "conclusions",
            "title": "Выводы",
            "text": "Наставничество стало делом школы.",
            "numbers": [],
            "figures": [],
            "notes": [],
        },
    ],
    "swot": [
        {"title": "Сильные стороны", "text": "«Насколько Вы довольны?»: в среднем 4,6 из 5 (11 ответов)."},
        {"title": "Слабые стороны", "text": ""},
    ],
    "expected": [{"label": "Участвуют", "planned": "40 %", "value": "38,9 %*", "met": "не достигнут"}],
    "risks": [{"risk": "Наставник перегружен", "sign": "больше трёх наставляемых", "action": "закрепить второго"}],
    "last": {"year": "2024/25", "number": "АО-0", "text": "В прошлом году программы только начинались."},
    "numbers": [ANNUAL_NUMBER | {"group": "Участие", "formula": "педагоги в парах и группах ÷ все педагоги × 100"}],
    "surveys": [
        {
            "title": "Как прошла программа",
            "days": "1–15 мая 2026 г.",
            "how": "под именем",
            "answered": "11 из 12",
            "percent": "91,7 %",
        }
    ],
}
FOLDER_ACT = {
    "school": SCHOOL,
    "place": "г. Элиста",
    "number": 3,
    "date": "2026-11-30",
    "basis": "приказ Министерства образования и науки Республики Калмыкия от 20 ноября 2026 г. №\u00a01177",
    "what": "Папка для проверки",
    "about": "1 августа 2026 г. – 31 июля 2027 г.",
    "name": "Папка-для-проверки-2026-08-01_2027-07-31.zip",
    "files": "128 документов",
    "gaps": 4,
    "size": "48\u00a0230\u00a0112",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "made": "29 ноября 2026 г.",
    "cases": ["05-02 Приказы о наставничестве", "05-05 Согласия", "05-07 Персонализированные программы"],
    "rights": ["куратор"],
    "giver": {
        "name": "Манджиева Софья Очировна",
        "role": "заместитель директора по методической работе",
        "post": "Заместитель директора по методической работе",
        "name_before": "С. О. Манджиева",
    },
    "receiver": {
        "name": "Петрова Анна Ивановна",
        "role": "главный специалист отдела контроля и надзора",
        "post": "Главный специалист отдела контроля и надзора",
        "organisation": "Министерство образования и науки Республики Калмыкия",
    },
}
PAPERS = {
    "documents/inventory.html": INVENTORY,
    "documents/survey_form.html": SURVEY_FORM,
    "documents/survey_results.html": SURVEY_RESULTS,
    "documents/monitoring.html": MONITORING,
    "documents/statistics.html": STATISTICS,
    "documents/annual_report.html": ANNUAL_REPORT,
    "documents/folder_act.html": FOLDER_ACT,
    "documents/indicators.html": INDICATORS,
    "documents/compliance.html": COMPLIANCE,
    "documents/attendance.html": ATTENDANCE,
    "documents/event_minutes.html": EVENT_MINUTES,
    "documents/observation.html": OBSERVATION,
    "documents/figures.html": FIGURES,
    "documents/destruction.html": DESTRUCTION,
    "documents/consent_register.html": CONSENT_REGISTER,
    "documents/mentor_report.html": REPORT,
    "documents/mentee_review.html": REVIEW,
    "documents/hours_memo.html": MEMO,
    "documents/minutes.html": MINUTES,
    "documents/practice.html": PRACTICE,
    "documents/extract.html": EXTRACT,
    "documents/order.html": REGISTERED,
    "documents/roadmap.html": ROADMAP,
    "documents/program.html": PROGRAM,
    "documents/withdrawal.html": WITHDRAWAL,
    "documents/withdrawal_answer.html": WITHDRAWAL_ANSWER,
    "documents/data_answer.html": DATA_ANSWER,
    "documents/data_extension.html": DATA_EXTENSION,
    "documents/explanation_demand.html": EXPLANATION_DEMAND,
    "documents/incident.html": INCIDENT,
    "documents/operator_notice.html": OPERATOR_NOTICE,
    "documents/slip.html": SLIPS,
    "documents/acquaintance.html": ACQUAINTANCE,
    "documents/demo_scan.html": {},
    "consents/processing/2026-09-01.html": CONSENT,
    "consents/processing/2026-12-01.html": CONSENT,
    "consents/duties_mentor/2026-09-01.html": CONSENT,
    "consents/duties_mentee/2026-09-01.html": CONSENT,
    "consents/dissemination/2026-09-01.html": CONSENT,
    "consents/dissemination/2026-11-26.html": CONSENT,
}

# taken from the demo school by the functions that make them (reports/documents/samples/specimens.py)
for path in sorted((SAMPLES / "papers").glob("*.json")):
    PAPERS.setdefault(path.stem.replace("__", "/") + ".html", json.loads(path.read_text(encoding="utf-8")))


def facts(base=ORDER, **changes):
    """A copy of sample facts with some of them changed."""
    return {**copy.deepcopy(base), **changes}
