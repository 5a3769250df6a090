"""The table: which fact touches which kind of paper, and what follows from it.

A signed paper is never edited (docs/decisions/0002). An order in force that names a person is changed by another order;
what only records a day that has passed stays as it is. ТК 57, 72, 351.8; 152-ФЗ, ст. 9; п. 3.4, 7.2 of the regulation.
"""

from dataclasses import dataclass
from enum import Enum


class Fact(Enum):
    """What can change while papers that name it are in force."""

    NAME = "фамилия, имя, отчество"
    POST = "должность"
    TERM = "срок"
    MENTOR = "наставник"
    DIRECTOR = "директор"


class Paper(Enum):
    """Kinds of signed papers."""

    ORDER = "приказ"
    PROGRAM = "программа"
    AGREEMENT = "соглашение с наставником"
    CONSENT = "согласие"
    MINUTES = "протокол"


class Need(Enum):
    """What a touched paper asks for, and the words for it."""

    ORDER = "нужен приказ о внесении изменений"
    AGREEMENT = "нужно дополнительное соглашение"
    REDRAFT = "нужно вернуть на доработку"
    NONE = "менять не нужно"


@dataclass(frozen=True)
class Rule:
    """What follows for one kind of paper while it is in force, and why; a spent paper never needs anything."""

    need: Need
    why: str


SPENT = "Приказ исполнен: он рассказывает о том, что уже произошло"
RULES: dict[tuple[Fact, Paper], Rule] = {
    (Fact.NAME, Paper.ORDER): Rule(Need.ORDER, "Приказ действует и называет человека прежним именем"),
    (Fact.NAME, Paper.PROGRAM): Rule(
        Need.NONE, "Программа утверждена приказом как его приложение: её читают вместе с приказом об изменениях"
    ),
    (Fact.NAME, Paper.AGREEMENT): Rule(
        Need.NONE, "Сведения о работнике меняют в самом трудовом договоре (статья 57 ТК РФ), соглашение действует"
    ),
    (Fact.NAME, Paper.CONSENT): Rule(Need.NONE, "Согласие дал тот же человек, оно действует до отзыва или срока"),
    (Fact.NAME, Paper.MINUTES): Rule(Need.NONE, "Протокол записывает заседание таким, каким оно было"),
    (Fact.POST, Paper.ORDER): Rule(
        Need.NONE, "Должность названа на день приказа; поручение держится на человеке, а не на должности"
    ),
    (Fact.POST, Paper.PROGRAM): Rule(Need.NONE, "Программу ведёт человек, должность названа на день утверждения"),
    (Fact.POST, Paper.AGREEMENT): Rule(
        Need.AGREEMENT, "Соглашение — часть трудового договора по прежней должности (статья 72 ТК РФ)"
    ),
    (Fact.POST, Paper.CONSENT): Rule(Need.NONE, "Согласие не зависит от должности"),
    (Fact.POST, Paper.MINUTES): Rule(Need.NONE, "Протокол записывает заседание таким, каким оно было"),
    (Fact.TERM, Paper.ORDER): Rule(Need.NONE, "Новый срок уже установил приказ об изменении программы"),
    (Fact.TERM, Paper.PROGRAM): Rule(Need.NONE, "Новая редакция программы — приложение к тому же приказу"),
    (Fact.TERM, Paper.AGREEMENT): Rule(
        Need.AGREEMENT, "Соглашение заканчивается раньше программы, а оплата держится на нём (статья 351.8 ТК РФ)"
    ),
    (Fact.TERM, Paper.CONSENT): Rule(Need.NONE, "Письменные согласия на новый срок даны до приказа об изменении"),
    (Fact.TERM, Paper.MINUTES): Rule(Need.NONE, "Совет согласовал изменение отдельным протоколом"),
    (Fact.MENTOR, Paper.ORDER): Rule(
        Need.NONE, "Наставника сменил приказ о замене, прежний приказ читают вместе с ним"
    ),
    (Fact.MENTOR, Paper.PROGRAM): Rule(Need.NONE, "Программа продолжается с новым наставником по приказу о замене"),
    (Fact.MENTOR, Paper.AGREEMENT): Rule(
        Need.NONE, "Соглашение прежнего наставника закончилось вместе с его участием, с новым заключают своё"
    ),
    (Fact.MENTOR, Paper.CONSENT): Rule(Need.NONE, "Новый наставник дал своё согласие, согласие прежнего закончилось"),
    (Fact.MENTOR, Paper.MINUTES): Rule(Need.NONE, "Совет рассмотрел замену отдельным протоколом"),
    (Fact.DIRECTOR, Paper.ORDER): Rule(
        Need.REDRAFT, "Проект подготовлен на подпись прежнему директору: новый подписывает бумагу со своим именем"
    ),
    (Fact.DIRECTOR, Paper.PROGRAM): Rule(Need.NONE, "Программу утвердил приказ, подписанный тогдашним директором"),
    (Fact.DIRECTOR, Paper.AGREEMENT): Rule(
        Need.NONE, "Соглашение заключил работодатель, смена директора его не меняет"
    ),
    (Fact.DIRECTOR, Paper.CONSENT): Rule(Need.NONE, "Согласие дано школе, а не директору"),
    (Fact.DIRECTOR, Paper.MINUTES): Rule(Need.NONE, "Протокол подписывают председатель и секретарь совета"),
}
