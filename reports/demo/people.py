"""Who works in the demo school: about sixty invented people in eight departments."""

from dataclasses import dataclass
from random import Random

FEMALE = [
    "Айса",
    "Алтана",
    "Байрта",
    "Булгун",
    "Валентина",
    "Галина",
    "Герел",
    "Данара",
    "Делгир",
    "Евгения",
    "Екатерина",
    "Зоя",
    "Ирина",
    "Кермен",
    "Людмила",
    "Надежда",
    "Ногала",
    "Ольга",
    "Саглара",
    "Светлана",
    "Татьяна",
    "Цаган",
    "Элина",
    "Энкира",
    "Юлия",
]
MALE = [
    "Алексей",
    "Арслан",
    "Баатр",
    "Басанг",
    "Виктор",
    "Григорий",
    "Дмитрий",
    "Дольган",
    "Игорь",
    "Мингиян",
    "Николай",
    "Очир",
    "Савр",
    "Санал",
    "Церен",
    "Эренцен",
]
FATHERS = (
    "Бадмаевич Бадмаевна",
    "Санджиевич Санджиевна",
    "Очирович Очировна",
    "Викторович Викторовна",
    "Николаевич Николаевна",
    "Дорджиевич Дорджиевна",
    "Сергеевич Сергеевна",
    "Эрдниевич Эрдниевна",
    "Ильич Ильинична",
    "Нимяевич Нимяевна",
    "Павлович Павловна",
    "Лиджиевич Лиджиевна",
)
SURNAMES = (
    "Абушинов Абушинова",
    "Балдашинов Балдашинова",
    "Горяев Горяева",
    "Дорджинов Дорджинова",
    "Зундугинов Зундугинова",
    "Кекеев Кекеева",
    "Лиджиев Лиджиева",
    "Манджиев Манджиева",
    "Нармаев Нармаева",
    "Очиров Очирова",
    "Сангаджиев Сангаджиева",
    "Убушиев Убушиева",
    "Хулхачиев Хулхачиева",
    "Цеденов Цеденова",
    "Шарапов Шарапова",
    "Эняев Эняева",
    "Воробьёв Воробьёва",
    "Гончаренко Гончаренко",
    "Ковалёв Ковалёва",
    "Кузьмин Кузьмина",
    "Мельничук Мельничук",
    "Пономарёв Пономарёва",
    "Седых Седых",
    "Соколовский Соколовская",
    "Ткач Ткач",
    "Санджи-Горяев Санджи-Горяева",
    "Бадма-Халгаев Бадма-Халгаева",
    "Лиджи-Гаряев Лиджи-Гаряева",
    "Римский-Волков Римская-Волкова",
)

PIANO, FOLK, STRINGS, DANCE, ART, CHOIR, THEORY, OFFICE = (
    "Фортепианное отделение",
    "Отделение народных инструментов",
    "Струнное отделение",
    "Хореографическое отделение",
    "Художественное отделение",
    "Вокально-хоровое отделение",
    "Теоретическое отделение",
    "Администрация",
)
POSTS = {
    PIANO: ("преподаватель по классу фортепиано", "концертмейстер"),
    FOLK: ("преподаватель по классу домбры", "преподаватель по классу баяна", "преподаватель по классу гитары"),
    STRINGS: ("преподаватель по классу скрипки", "преподаватель по классу виолончели"),
    DANCE: ("преподаватель хореографических дисциплин", "концертмейстер"),
    ART: ("преподаватель изобразительного искусства",),
    CHOIR: ("преподаватель хоровых дисциплин", "преподаватель по классу вокала"),
    THEORY: ("преподаватель музыкально-теоретических дисциплин",),
}
SIZES = {PIANO: 10, FOLK: 9, STRINGS: 5, DANCE: 8, ART: 9, CHOIR: 8, THEORY: 6}


@dataclass(frozen=True)
class Invented:
    """One invented person: name, post, age and years of service."""

    last: str
    first: str
    middle: str
    gender: str
    department: str
    post: str
    age: int
    service: int
    teaching: bool = True
    kind: str = "main"
    login: str = ""
    category: str = ""

    @property
    def key(self) -> str:
        """«Фамилия Имя», unique in the demo school."""
        return f"{self.last} {self.first}"


OFFICERS = (
    Invented("Цеденов", "Эренцен", "Бадмаевич", "m", OFFICE, "директор", 58, 34, False, login="director"),
    Invented(
        "Соколовская",
        "Людмила",
        "Павловна",
        "f",
        OFFICE,
        "заместитель директора по учебно-воспитательной работе",
        49,
        26,
        False,
        login="curator",
    ),
    Invented("Абушинова", "Валентина", "Нимяевна", "f", OFFICE, "методист", 53, 30, login="secretary"),
    Invented("Пономарёва", "Ирина", "Сергеевна", "f", OFFICE, "специалист по кадрам", 41, 0, False, login="clerk"),
    Invented("Убушиев", "Санал", "Викторович", "m", OFFICE, "системный администратор", 33, 0, False, login="sysadmin"),
    Invented(
        "Шарапова",
        "Галина",
        "Очировна",
        "f",
        PIANO,
        "преподаватель по классу фортепиано",
        61,
        39,
        login="chair",
        category="highest",
    ),
    Invented(
        "Гончаренко",
        "Виктор",
        "Ильич",
        "m",
        FOLK,
        "преподаватель по классу баяна",
        55,
        32,
        login="council",
        category="highest",
    ),
    Invented(
        "Санджи-Горяева",
        "Кермен",
        "Бадмаевна",
        "f",
        PIANO,
        "преподаватель по классу фортепиано",
        47,
        24,
        login="mentor",
        category="highest",
    ),
    Invented("Эняева", "Булгун", "Дорджиевна", "f", PIANO, "преподаватель по классу фортепиано", 24, 1, login="mentee"),
    Invented(
        "Римский-Волков",
        "Николай",
        "Викторович",
        "m",
        DANCE,
        "преподаватель хореографических дисциплин",
        44,
        21,
        login="mentor2",
        category="first",
    ),
    Invented(
        "Нармаева", "Айса", "Эрдниевна", "f", DANCE, "преподаватель хореографических дисциплин", 26, 2, login="mentee2"
    ),
    Invented("Хулхачиев", "Баатр", "", "m", FOLK, "преподаватель по классу домбры", 29, 2, kind="external"),
)


def staff() -> list[Invented]:
    """Return everybody who works in the demo school, the same each time, no two of one surname and first name."""
    random, people = Random(1128), list(OFFICERS)
    taken = {p.key for p in people}
    for department, size in SIZES.items():
        for n in range(size - sum(p.department == department for p in OFFICERS)):
            people.append(_invent(random, department, n, taken))
    return people


def _invent(random: Random, department: str, n: int, taken: set[str]) -> Invented:
    while True:
        gender = "m" if random.random() < 0.22 else "f"
        column = 0 if gender == "m" else 1
        last = random.choice(SURNAMES).split()[column]
        first = random.choice(MALE if gender == "m" else FEMALE)
        if f"{last} {first}" not in taken:
            taken.add(f"{last} {first}")
            break
    service = random.choice((0, 1, 2, 2)) if n % 3 == 2 else random.randint(6, 38)
    category = "" if service < 5 else random.choice(("first", "highest", "highest", "fit"))
    return Invented(
        last,
        first,
        random.choice(FATHERS).split()[column],
        gender,
        department,
        POSTS[department][n % len(POSTS[department])],
        22 + service + random.randint(0, 3),
        service,
        kind="external" if n % 7 == 5 else "main",
        category=category,
    )
