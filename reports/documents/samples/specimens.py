"""Samples of papers that a school seldom has lying about: filled with its own people, nothing is written down.

Agreements, acts and minutes are made in memory only; their numbers and days are invented
(``reports/documents/samples/catalog.py``).
"""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from mentoring_site.charts.bars import Bar, Bars
from mentoring_site.charts.chart import Figure, table
from mentoring_site.models import SimpleSignature
from mentoring_site.pdf.render import sha256
from mentoring_site.russian import add_months, rudate, rushort, school_year, settlement, upper_first
from people.accounts import signatures
from people.accounts.models import User
from people.consents import presenters as consent_presenters
from people.consents.destruction import acts as destruction_acts
from people.consents.destruction import erasure
from people.consents.destruction.models import Destruction
from people.consents.list_page import register_facts
from people.consents.models import Consent
from people.language.declension import post_of
from people.language.names import agree
from people.register.models import Employment, Person
from people.roles import letterhead
from people.roles.holders import holder
from people.school.models import Organisation, School
from programs.completion import documents as completion_documents
from programs.journal import documents as journal_documents
from programs.journal import hours, hours_pictures
from programs.journal.models import Meeting
from programs.mentor_agreements import documents as agreement_documents
from programs.mentor_agreements.models import MentorAgreement
from programs.observations import presenters as observation_presenters
from programs.observations.models import Observation
from programs.pairings.acts import year_of
from programs.program import documents as program_documents
from programs.program.models import Program
from programs.requests.kinds.discipline.documents import demand_facts
from programs.requests.kinds.discipline.models import Discipline
from programs.requests.kinds.discipline.terms import explain_by
from programs.requests.models import Request
from reports.orders.models import Order
from reports.orders.registration import journal as registration_journal
from roadmap.council.documents import votes_words
from roadmap.partners.documents import agreement_facts
from roadmap.partners.models import Partner, PartnerAgreement


def teacher():
    """Somebody with a hyphenated name, because such names break forms, or anybody."""
    people = Person.objects.filter(employments__is_teaching=True).order_by("pk").distinct()
    return people.filter(last_name__contains="-").first() or people.first()


def explanation_demand():
    """The demand of a written explanation."""
    person, today = teacher(), timezone.localdate()
    if person is None or School.get() is None:
        return None
    demand = "Почему журнал класса за четверть не сдан в срок."
    asked = Discipline(request=Request(person=person), demand=demand, asked_on=today, explain_by=explain_by(today))
    return demand_facts(asked)


def _agreement(kind):
    person, today = teacher(), timezone.localdate()
    if person is None or School.get() is None:
        return None
    return MentorAgreement(
        person=person,
        employment=person.employments.first(),
        kind=kind,
        assigned_on=today,
        starts_on=today,
        matter_words="в паре с Лиджиевой Кермен Бадмаевной, преподавателем по классу домбры",
        ends_on=today + timedelta(days=240),
        pay_kind="sum" if kind == "cooperation" else "percent",
        pay_amount=Decimal(3000) if kind == "cooperation" else Decimal(10),
        consent_basis="" if kind == "cooperation" else "consent",
        pay_from=today,
        pay_to=today + timedelta(days=240),
        pay_act="Положение об оплате наставничества" if kind == "cooperation" else "Положение об оплате труда",
        pay_act_date=date(2025, 4, 28),
        pay_act_number="21-од",
        pay_act_point="4.2",
    )


def labour(make, kind="agreement"):
    """A paper of labour law by the function that makes its facts: the mentor is of another place, or the director."""
    agreement = _agreement(kind)
    if agreement is None:
        return None
    if kind == "cooperation" and (other := Organisation.objects.exclude(kind="own").first()):
        agreement.employment = Employment(person=agreement.person, organisation=other, post="преподаватель")
    if kind == "founder" and (director := holder("director")):
        agreement.person, agreement.employment = director, director.employments.first()
    return make(agreement)


def partner_agreement():
    """Agreements with partners: those of the school, or one that is not stored with an organisation of the list."""
    found = list(PartnerAgreement.objects.select_related("partner__organisation").order_by("-pk")[:2])
    other = Organisation.objects.exclude(kind="own").first()
    if not found and other:
        partner, today = Partner(organisation=other), timezone.localdate()
        subject = "Обмен опытом наставничества и стажировки педагогов"
        found = [PartnerAgreement(partner=partner, kind="cooperation", subject=subject, starts_on=today)]
    return [(f"{row.kind} {number}", agreement_facts(row)) for number, row in enumerate(found, 1)]


def notice(giver):
    """A blank notice of the mentor (``worker``) or of the school (``employer``)."""
    agreement = _agreement("agreement")
    return agreement_documents.notice_facts(agreement.person, giver, agreement=agreement) if agreement else None


def destruction():
    """An act of destruction of one person's data."""
    person, users = teacher(), list(User.objects.order_by("pk")[:2])
    if person is None or not users:
        return None
    act = Destruction(
        person=person,
        reason=Destruction.Reason.values[0],
        categories=list(erasure.FIELDS),
        number=1,
        commission=[
            {"name": "Соколовская Людмила Павловна", "post": "заместитель директора по учебно-воспитательной работе"},
            {"name": "Пономарёва Ирина Сергеевна", "post": "специалист по кадрам"},
        ],
        prepared_by=users[0],
        approved_at=timezone.now(),
    )
    return destruction_acts.paper_facts(act, users[-1])


def consent_register():
    """The register of the latest consents."""
    rows = [
        consent_presenters.row(c) for c in Consent.objects.select_related("person").order_by("-given_on", "-pk")[:60]
    ]
    return register_facts(rows) if rows else None


def protocol():
    """The protocol of a confirmation in the application."""
    user, school = User.objects.filter(person__isnull=False).order_by("pk").first(), School.get()
    if user is None or school is None:
        return None
    text = f"С приказом от 02.09.2026 № 41-од {agree(user.person.gender, 'ознакомлен')}."
    made = SimpleSignature(
        pk=1,
        user=user,
        kind="acquaintance",
        title="Приказ от 02.09.2026 № 41-од",
        text=text,
        text_sha256=sha256(text.encode()),
        name=user.person.full_name,
        post=post_of(user.person),
        at=timezone.now(),
        address="192.0.2.10",
        basis_number="12-од",
        basis_date=timezone.localdate(),
    )
    return signatures.protocol(made, school)


def orders_journal():
    """The journal of the year in which the latest order was registered."""
    last = Order.objects.exclude(year=None).order_by("-year").first()
    return registration_journal.facts("main", last.year) if last else None


def minutes():
    """Minutes of the methodical council with two questions."""
    school, chair, secretary = School.get(), holder("chair"), holder("secretary") or holder("curator")
    if school is None or chair is None or secretary is None:
        return None
    people = list(Person.objects.order_by("pk")[:6])
    votes = {"spoke": "члены совета предложили уточнить сроки.", "votes": votes_words(len(people), None, None)}
    items = [
        {
            "title": "О персонализированных программах наставничества",
            "heard": "куратора о персонализированных программах наставничества, представленных на согласование.",
            "decided": "согласовать персонализированные программы наставничества.",
        },
        {
            "title": "О мониторинге за первое полугодие",
            "heard": "куратора о сроках и порядке мониторинга за первое полугодие.",
            "decided": "провести мониторинг в декабре и представить его итоги совету.",
        },
    ]
    return {
        "school": letterhead.school_facts(),
        "body": "Методический совет",
        "body_genitive": "методического совета",
        "number": "3",
        "date": timezone.localdate().isoformat(),
        "place": settlement(school.organisation.city),
        "chair": _officer(chair, "Председатель"),
        "secretary": _officer(secretary, "Секретарь"),
        "present": [p.short_name for p in people],
        "present_words": f"{len(people)} человек",
        "invited": "",
        "absent": [],
        "absent_words": "",
        "items": [{"number": n, **item, **votes} for n, item in enumerate(items, 1)],
    }


def _event():
    host = holder("curator")
    if School.get() is None or host is None:
        return None
    return {
        "school": letterhead.school_facts(),
        "kind": "координационного совещания с партнёрами",
        "title": "Практика студентов и общий концерт",
        "date": timezone.localdate().isoformat(),
        "until": "",
        "time": "15:00–16:30",
        "place": "малый зал школы",
        "host": {"post": upper_first(post_of(host)), "name": host.signature_name},
    }


def attendance():
    """A sheet of participants to be signed."""
    head = _event()
    people = [{"name": p.full_name, "post": post_of(p)} for p in Person.objects.order_by("pk")[:6]]
    return head and head | {"people": people, "empty": [""] * 4, "door": ""}


def event_minutes():
    """Short minutes of a meeting with partners."""
    head = _event()
    return head and head | {
        "aim": "",
        "partners": "музыкальный колледж",
        "present": [p.short_name for p in Person.objects.order_by("pk")[:4]],
        "programme": ["15:00 — Открытие", "15:15 — Предложения сторон"],
        "discussed": "Колледж просит принять на практику троих студентов.",
        "decisions": ["Школа называет троих наставников до 20 января", "Колледж присылает программу практики"],
        "results": "Назначены даты практики.",
    }


def _officer(person, post):
    return {"name": person.short_name, "before": person.signature_name, "post": post}


def extract():
    """An extract from the same minutes about their first question."""
    whole = minutes()
    return whole and whole | {"items": whole["items"][:1], "today": timezone.localdate().isoformat()}


def hours_memo():
    """The hours of the month with the latest meeting, as the curator signs them."""
    curator, last = holder("curator"), Meeting.objects.order_by("-held_on").first()
    user = curator and User.objects.filter(person=curator).first()
    return (
        journal_documents.facts(hours.of_month(user, last.held_on.replace(day=1)), curator) if user and last else None
    )


def observation():
    """The latest sheet of observation that is filled."""
    sheet = Observation.objects.filter(filled_at__isnull=False).select_related("template", "created_by__person").first()
    return sheet and observation_presenters.paper(sheet)


def _program():
    found = max(Program.objects.exclude(starts_on=None), key=lambda p: p.activities.count(), default=None)
    return found and Program.objects.with_requirements().get(pk=found.pk)


def program():
    """The program with the longest plan."""
    found = _program()
    return program_documents.facts(found) if found else None


def completion(make):
    """The mentor's report or the mentee's review on a finished program, else a blank form."""
    found = (
        Program.objects.filter(state=Program.State.COMPLETED, completions__isnull=False).order_by("pk").first()
        or _program()
    )
    if found is None:
        return None
    ended = found.completions.order_by("-pk").first()
    side = ended.participation if ended else found.pairing.participations.filter(part="mentee").first()
    return make(found, side, ended)


report, review = completion_documents.report, completion_documents.review


def figures() -> dict:
    """Return the hours of the school year as a picture."""
    begins = date(year_of(timezone.localdate()), 8, 1)
    last = add_months(begins, 12) - timedelta(days=1)
    hours_of_year = hours_pictures.of_meetings(
        "hours", "Часы по месяцам", Meeting.objects.all(), first=begins, last=last
    )
    return {
        "school": letterhead.school_facts(),
        "title": "Обзор наставничества",
        "lead": f"на {rudate(timezone.localdate())}",
        "figures": [hours_of_year.facts()],
    }


def indicators() -> dict:
    """Return a few numbers: the features that count stand above, so these are invented."""
    return {
        "school": letterhead.school_facts(),
        "title": "Показатели наставничества",
        "lead": f"на {rudate(timezone.localdate())}",
        "columns": ["Показатель", "Значение", "Из чего", "Год назад", "Цель", "Пункт"],
        "rows": [
            {
                "group": "Участие",
                "cells": ["Педагоги, участвующие в наставничестве", "40 %", "20 из 50", "30 %", "50 %", "3.4-k2"],
            },
            {
                "group": "Результаты",
                "cells": ["Остались в школе через год", "нет данных", "", "нет данных", "", "2.2-e"],
            },
        ],
    }


def inventory() -> dict:
    """Return the inventory of one file, invented as well."""
    columns = [("№", 5), ("Дело и файл", 29), ("Дата", 12), ("Размер", 10), ("SHA-256", 22), ("Хранить", 22)]
    today = timezone.localdate()
    row = [1, "Приказы: Скан приказа № 14.pdf", rushort(today), "240\u00a0КБ", sha256(b""), "постоянно"]
    return {
        "school": letterhead.school_facts(),
        "date": today.isoformat(),
        "year": school_year(year_of(today), full=True),
        "filters": "",
        "cut": False,
        "most": 1000,
        "total": 1,
        "columns": [{"label": label, "width": width} for label, width in columns],
        "rows": [row],
    }


def survey_form() -> dict:
    """Return a questionnaire of three questions, invented as well."""
    asked: list[dict] = [
        {
            "text": "Насколько Вам помогли встречи?",
            "hint": "1 — мало, 5 — очень",
            "boxes": list("12345"),
            "inline": True,
        },
        {"text": "Сколько встреч было в месяц?", "number_line": True},
        {"text": "Чего не хватило?", "lines": [""] * 3},
    ]
    empty: dict = {"hint": "", "boxes": [], "inline": False, "number_line": False, "lines": []}
    questions = [empty | one | {"number": number} for number, one in enumerate(asked, 1)]
    return {
        "school": letterhead.school_facts(),
        "title": "Как идёт программа",
        "period": rudate(timezone.localdate()),
        "role": "наставник",
        "intro": "",
        "promise": "Ответы помогут поправить программу.",
        "named": True,
        "sections": [{"heading": "О программе", "questions": questions}],
    }


def survey_results() -> dict:
    """Return the results of one question, invented as well."""
    bars = (Bar("Очень", 5, "5 из 7"), Bar("Немного", 2, "2 из 7"))
    rows: list[list] = [[bar.label, bar.value] for bar in bars]
    picture = Bars("Насколько Вам помогли встречи", "Сколько человек что ответили.", bars)
    figure = Figure("one", picture, **table("Ответ", "Человек", rows=rows, numbers=(1,))).facts()
    return {
        "school": letterhead.school_facts(),
        "title": "Как идёт программа",
        "lead": f"{rudate(timezone.localdate())}, ответили 7 из 9 человек",
        "anonymous": True,
        "figures": [figure],
        "texts": [{"question": "Чего не хватило?", "quotes": ["Времени"], "hidden": ""}],
    }


def monitoring() -> dict:
    """Return the results of a monitoring, invented as well."""
    day = timezone.localdate()
    return {
        "school": letterhead.school_facts(),
        "title": "Справка о результатах мониторинга",
        "lead": "реализации системы наставничества за 2025/26 учебный год",
        "date": day.isoformat(),
        "draft": False,
        "counted": "2025/26 учебный год, по 10 июня 2026 г.",
        "order": "приказ от 12 мая 2026 г. №\u00a027-од",
        "people": [
            {"name": "Очирова Светлана Дмитриевна", "post": "заместитель директора", "head": True},
            {"name": "Мельник Ольга Леонидовна", "post": "преподаватель по классу скрипки", "head": False},
        ],
        "surveys": [["Как прошла программа", "1–31 мая 2026 г.", "9 из 12", "«Довольны ли Вы» — в среднем 8,4 из 10"]],
        "indicators": [
            {
                "group": "Участие",
                "cells": ["Педагоги, участвующие в наставничестве", "40\u00a0%", "20 из 50", "30\u00a0%", "3.4-k2"],
            }
        ],
        "swot": [
            {"name": "Сильные стороны", "lines": ["Педагоги, участвующие в наставничестве: 40\u00a0% (20 из 50)."]},
            {"name": "Слабые стороны", "lines": ["Открытых уроков мало."]},
            {"name": "Возможности", "lines": ["«Ансамбль» — 62\u00a0% (15 из 24)."]},
            {"name": "Угрозы", "lines": ["Наставники ведут по три человека."]},
        ],
        "verdict": "система работает, есть замечания",
        "assessment": ["Открытых уроков должно быть больше."],
        "meeting": "Протокол №\u00a06 заседания методического совета",
        "conclusions": ["Система работает."],
        "proposals": ["Включить открытые уроки в каждую программу."],
        "minutes": "протокол от 10 июня 2026 г. №\u00a01",
        "minutes_text": ["Передать справку методическому совету."],
        "signatures": [
            {"post": "Руководитель рабочей группы", "name": "С. Д. Очирова"},
            {"post": "Член рабочей группы", "name": "О. Л. Мельник"},
        ],
    }


def statistics() -> dict:
    """Return a note of statistics with two tables, invented as well."""
    return {
        "school": letterhead.school_facts(),
        "title": "Справка о числе участников наставничества",
        "lead": "на 1 октября 2026 г.",
        "not_federal": "Это внутренняя справка школы, не форма федерального статистического наблюдения.",
        "kept": "",
        "columns": ["Строка", "Наставники", "Наставляемые", "Всего людей"],
        "tables": [
            {"title": "Всего", "note": "", "rows": [["Участники", 6, 9, 14]]},
            {"title": "Возраст", "note": "", "rows": [["30–34 года", 1, 4, 5], ["не указано", 0, 1, 1]]},
        ],
        "signature": {"post": "Куратор", "name": "С. Д. Очирова"},
    }


def annual_report() -> dict:
    """Return the draft of a report with one section of each sort: what counts it stands above, so it is invented."""
    number = {"label": "Наставляемые", "value": "12 чел.", "made_of": "", "before": "9 чел.", "planned": "15 чел."}
    return {
        "school": letterhead.school_facts(),
        "director": letterhead.director_facts(),
        "number": "",
        "date": "",
        "title": "Итоговый аналитический отчёт о наставничестве за 2025/2026 учебный год",
        "lead": "1 августа 2025 г. — 31 июля 2026 г.",
        "sections": [
            {"key": key, "title": title, "text": text, "numbers": numbers, "figures": [], "notes": []}
            for key, title, text, numbers in (
                ("people", "Участие в наставничестве", "Наставляемых стало больше.", [number]),
                ("conclusions", "Выводы", "План по числу наставляемых не достигнут.", []),
            )
        ],
        "swot": [{"title": "Сильные стороны", "text": "Довольны программой 80 % ответивших (10 ответов)."}],
        "expected": [{"label": "Наставляемые", "planned": "15 чел.", "value": "12 чел.", "met": "не достигнут"}],
        "risks": [{"risk": "Мало наставников", "sign": "больше трёх наставляемых", "action": "обучить новых"}],
        "last": {},
        "numbers": [number | {"group": "Участие", "formula": "люди в парах и группах по приказу"}],
        "surveys": [],
    }


def folder_act() -> dict | None:
    """Return the act by which a folder is handed over: folders stand above, so the folder is invented."""
    giver = teacher()
    if giver is None:
        return None
    return {
        "school": letterhead.school_facts(),
        "place": letterhead.place(),
        "number": 1,
        "date": timezone.localdate().isoformat(),
        "basis": "приказ о проверке от 20 ноября 2026 г. № 77",
        "what": "Папка для проверки",
        "about": "1 августа 2026 г. – 31 июля 2027 г.",
        "name": "Папка-для-проверки-2026-08-01_2027-07-31.zip",
        "files": "120 документов",
        "gaps": 4,
        "size": "48\u00a0230\u00a0112",
        "sha256": "9f" * 32,
        "made": rudate(timezone.localdate()),
        "cases": ["05-02 Приказы о наставничестве", "05-05 Согласия"],
        "rights": ["куратор"],
        "giver": {"name": giver.full_name, "role": post_of(giver), **letterhead.signer_of(giver)},
        "receiver": {
            "name": "Петрова Анна Ивановна",
            "role": "главный специалист",
            "post": "Главный специалист",
            "organisation": "Министерство образования и науки Республики Калмыкия",
        },
    }


def compliance() -> dict:
    """Return two clauses with what proves them, invented as well."""
    lines = [
        ("3.4-d", "Разрабатывает Дорожную карту", "исполнено", "дорожная карта года: действует", "куратор"),
        ("3.4-f2", "Описывает наиболее успешный опыт", "пока нет", "практики, принятые в копилку: пока нет", "куратор"),
    ]
    return {
        "school": letterhead.school_facts(),
        "title": "Исполнение Положения о наставничестве",
        "lead": f"Посчитано {rudate(timezone.localdate())}",
        "numbers": [{"label": "исполнено", "number": 1}, {"label": "пока нет", "number": 1}],
        "parts": [
            {
                "title": "3. Организация",
                "lines": [dict(zip(("code", "text", "state", "proof", "who"), line, strict=True)) for line in lines],
            }
        ],
    }
