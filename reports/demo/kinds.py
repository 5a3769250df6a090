"""What programs of the demo school answer to their kinds and forms; the second pair of reverse mentoring (п. 2.3)."""

from dataclasses import replace
from datetime import timedelta

from people.school.models import Organisation

ANSWERS: dict[str, dict[str, str]] = {
    "traditional": {
        "experience_mark": "yes",
        "experience": "больше пятнадцати лет в том же классе",
        "skills_mark": "yes",
        "skills": "ведёт открытые уроки и умеет их разбирать",
        "person_mark": "yes",
        "person": "оба спокойны и любят готовиться заранее",
    },
    "group": {
        "together": "Общие встречи раз в две недели, взаимное посещение репетиций, разбор записей",
        "apart": "У каждого свои затруднения и задания; раз в месяц — встреча один на один",
    },
    "short": {
        "goals": "Оформить двадцать работ\nОткрыть выставку\nПровести родительский день",
        "pace": "fortnight",
        "between": "Оформить две-три работы и принести снимки к следующей встрече",
    },
    "virtual": {
        "tool": "Видеозвонок и общая папка с записями репетиций",
        "platform": "own",
        "link": "https://meet.school.example/dance",
    },
    "situational": {
        "hours": "24",
        "how": "Сообщением в разговоре программы; если горит — по телефону",
        "cases": "Замена урока, концерт через день, трудный разговор с родителями",
    },
    "reverse": {
        "modern": "Нотный набор, запись диктантов и проверка их на планшете",
        "method": "Последовательность слухового анализа и диктанта в младших классах",
    },
    "head": {
        "organisation": "Один час в неделю в расписании, кабинет № 4 по вторникам",
        "staff": "Концертмейстер на открытые уроки",
        "method": "Доступ к фонду пособий и курс повышения квалификации",
        "mind": "Разбор уроков без оценок, разговор раз в месяц",
    },
    "college": {"paper": "Договор о сотрудничестве с Колледжем искусств от 1 сентября 2026 г. № 4"},
    "employer": {
        "contract": "С Колледжем искусств, 1 сентября 2026 г., № 7",
        "referral": "Направление Колледжа искусств № 12, практика до конца учебного года",
        "tutor": "Эрендженова К. Б., преподаватель колледжа",
    },
}


def answers(life, kinds) -> dict:
    """Return what the program of a scenario answers; its people and days come from its life."""
    found = {code: dict(ANSWERS[code]) for code in (*kinds, life.scenario.form) if code in ANSWERS}
    if "short" in found:
        found["short"]["first_on"] = str(life.program.starts_on + timedelta(days=10))
    if "reverse" in found:
        younger = max((life.mentor, life.mentees[0]), key=lambda person: str(person.birth_date))
        found["reverse"]["younger"] = "mentor" if younger == life.mentor else "mentee"
    return found


def exchanged(life):
    """Return the scenario and the people of the counterpart of a reverse pair: assigned, without a program yet."""
    scenario = replace(
        life.scenario,
        stage="assigned",
        title=f"{life.scenario.title}: встречная пара",
        kinds=(),
        difficulties=("нотный набор и запись",),
        request="научиться записывать диктанты на планшете",
        strength="методика диктанта",
        competence="цифровые средства на уроке",
        change="",
    )
    return scenario, (life.mentees[0], [life.mentor])


def enter_form(life) -> None:
    """Make the people what the form of their program says: a teacher of the college, a student on practice."""
    college = Organisation.objects.get(kind="college")
    if life.scenario.form == "college":
        life.mentor.employments.update(organisation=college, department=None, post="преподаватель колледжа")
    elif life.scenario.form == "employer":
        life.mentees[0].employments.update(organisation=college, department=None, post="студент", is_teaching=False)
