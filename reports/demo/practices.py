"""Best practices of the demo school in different states: three on the site, one nominated, one at the council."""

from typing import Any

from django.utils import timezone

from people.consents.dissemination import allowed_fields
from programs.program.models import Program
from programs.program.states import ENDED
from roadmap.practices import acts
from roadmap.practices.models import Practice
from roadmap.practices.rules import lacking

ROUND_TABLE = "круглый стол «Итоги года наставничества»"
CASES: tuple[dict[str, str], ...] = (
    {
        "title": "Пять минут с листа: как ученики перестали бояться новых нот",
        "summary": "Короткий ансамбль в начале каждого урока вместо редкого «чтения с листа по плану».",
        "problem": "На уроках почти не читали с листа: на это не хватало времени, а ученики терялись без подсказки.",
        "done": "Каждый урок начинали с пяти минут в четыре руки. Наставник играл вторую партию и не останавливался."
        " Раз в две недели пару слушал коллега и отмечал, что стало легче.",
        "result": "К концу программы ученики берут незнакомую пьесу сами, а преподаватель планирует такие пять минут"
        " без напоминания.",
        "advice": "Подойдёт любому классу с двумя инструментами. Не стоит ставить за это отметки.",
    },
    {
        "title": "Открытый урок без страха: от показа к разбору",
        "summary": "Три урока на троих: сначала показывает наставник, потом вместе, потом — самостоятельно.",
        "problem": "Открытых уроков ждали как экзамена и переносили до последнего.",
        "done": "Наставник сам дал открытый урок и попросил о нём замечания. Второй урок вели вдвоём, третий —"
        " наставляемый, по листу наблюдения из шести признаков.",
        "result": "На третий урок пришли пятеро коллег. Разбор занял двадцать минут и стал привычкой отделения.",
        "advice": "Первым под взгляд коллег встаёт наставник: тогда его слушают.",
    },
    {
        "title": "Репетиция по минутам: как собрать ансамбль за полгода",
        "summary": "План репетиции на одной странице и запись на телефон вместо долгих объяснений.",
        "problem": "Репетиции расплывались: половина времени уходила на настройку и разговоры.",
        "done": "Составили план репетиции по минутам. Последние три минуты слушали запись и называли одну удачу"
        " и одну задачу.",
        "result": "Ансамбль выступил на отделении с двумя пьесами, а план репетиции взяли ещё два класса.",
        "advice": "Начинайте с одной пьесы. План вешайте на пюпитр, а не держите в голове.",
    },
    {
        "title": "Обратное наставничество: как записать урок для родителей",
        "summary": "Молодой преподаватель учит старших снимать и отправлять короткие разборы.",
        "problem": "Родители не знали, что задано и как помочь дома.",
        "done": "За четыре встречи научились снимать минутные разборы и завели для них общую папку.",
        "result": "Разборы смотрят в трёх классах, домашние задания чаще выполняют к сроку.",
        "advice": "Не показывайте в кадре лица детей: хватит рук и клавиатуры.",
    },
    {
        "title": "Тетрадь концертмейстера: одна страница на пьесу",
        "summary": "Что отметить в нотах до первой репетиции.",
        "problem": "Первая репетиция уходила на разбор того, что видно в нотах и без солиста.",
        "done": "Придумали лист на одну страницу: дыхание, опасные места, темпы, что спросить у солиста.",
        "result": "Первая репетиция стала короче на треть, солисты приходят с вопросами.",
        "advice": "Лист заполняют карандашом: после концерта он пригодится следующему.",
    },
    {
        "title": "Кружок взаимных посещений",
        "summary": "Урок коллеги раз в месяц, без журнала и оценок.",
        "problem": "Молодые преподаватели видели только свои уроки.",
        "done": "Составили список из восьми уроков, на которые можно прийти без приглашения.",
        "result": "За полгода состоялось четырнадцать посещений.",
        "advice": "Хозяин урока сам выбирает, на что смотреть гостю.",
    },
)


def practices(demo, days_ago: int):
    """Six practices: written, read by the council, nominated, shown, taken down for a correction, returned."""
    yield days_ago
    curator, council, chair = demo.user("curator"), demo.user("council"), demo.user("chair")
    made = [_drafted(words, program, curator) for words, program in zip(CASES, _programs(), strict=False)]
    made += [_from_scratch(words, council) for words in CASES[len(made) :]]
    yield days_ago - 4
    for practice in made[:4]:
        acts.submit(practice, by=practice.created_by)
    yield days_ago - 8
    for practice in made[:4]:
        looks = next(user for user in (chair, council, demo.user("secretary")) if _is_apart(practice, user))
        acts.answer(practice, by=looks, accepts=True)
    yield days_ago - 12
    for practice in made[1:4]:
        records = next(user for user in (chair, demo.user("secretary")) if _is_apart(practice, user))
        acts.nominate(practice, by=records, on=timezone.localdate(), where=ROUND_TABLE, into_bank=True)
    yield days_ago - 15
    for practice in made[:3]:
        decides = next(user for user in (demo.user("director"), curator) if _is_apart(practice, user))
        acts.publish(Practice.objects.get(pk=practice.pk), by=decides)
    yield 4
    acts.submit(made[4], by=made[4].created_by)


def _programs() -> list[Program]:
    return list(Program.objects.filter(state__in=ENDED).order_by("-ended_on", "-pk")[:3])


def _is_apart(practice: Practice, user: Any) -> bool:
    return not practice.authors.filter(person=user.person_id).exists()


def _drafted(words: dict[str, str], program: Program, curator: Any) -> Practice:
    """One press on a finished program, then the curator tells it in other words."""
    practice = acts.from_program(program, by=curator)
    practice = acts.change(practice, by=curator, version=practice.version, **words)
    _name(practice, curator)
    return Practice.objects.get(pk=practice.pk)


def _name(practice: Practice, by: Any) -> None:
    authors = list(practice.authors.all())
    allowed = allowed_fields([author.person_id for author in authors])
    for author in authors:
        named = not lacking(author, allowed.get(author.person_id, frozenset()))
        acts.show_author(author, by=by, shown="name" if named else "post")


def _from_scratch(words: dict[str, Any], council: Any) -> Practice:
    practice = acts.write(by=council, **words)
    _name(practice, council)
    return Practice.objects.get(pk=practice.pk)
