"""What happens in the demo school: pairs, programs and how far each has come. Days count back from today."""

from dataclasses import dataclass, field

from reports.demo.people import ART, CHOIR, DANCE, FOLK, PIANO, STRINGS, THEORY


@dataclass(frozen=True)
class Scenario:
    """One pair or group. ``stage`` is how far it has come, ``begun`` the day of its order (days ago)."""

    title: str
    department: str
    stage: str
    begun: int
    months: int = 6
    mentor: str = ""  # login of a known person, else somebody experienced of the department
    mentees: tuple[str, ...] = ()
    group: int = 0  # how many mentees, when a group
    difficulties: tuple[str, ...] = ()
    request: str = ""
    strength: str = ""
    competence: str = ""
    goal: str = ""
    topic: str = ""
    results: str = ""
    reason: str = "plan"
    public: tuple[str, ...] = ()  # whose name may be published; photo: the mentor's picture too
    plan: tuple[str, ...] = field(default=())
    change: str = ""  # what is being changed today (reports/demo/changes.py)
    kinds: tuple[str, ...] = ()  # codes of the kinds of mentoring; empty: what the pair or group suggests
    form: str = "teachers"  # the code of the form of mentoring
    template: str = ""  # the sample from which the draft begins
    trial: str = ""  # what the council wants to find out by this program
    verdict: str = ""  # what the council has concluded about it
    origin: str = ""  # the speed meeting of which the program has grown
    agreement: str = ""  # the number of the mentor's agreement with a pay, where there is one


FINISHED = (
    Scenario(
        "Как перестать бояться открытого урока",
        PIANO,
        "published",
        420,
        8,
        group=0,
        difficulties=("волнение перед слушателями", "темп урока падает к середине"),
        request="подготовить первый открытый урок",
        strength="тонкий слух и терпение",
        competence="открытые уроки и разбор урока",
        goal="Научиться готовить и вести открытый урок в спокойном, живом темпе.",
        results=(
            "За восемь месяцев — двенадцать взаимных посещений и три открытых урока. Первый прошёл на отделении, третий"
            " — на городском методическом дне."
        ),
        public=("mentor", "mentee", "photo"),
        plan=(
            "Взаимопосещение уроков",
            "Разбор видеозаписи урока",
            "Открытый урок для отделения",
            "Открытый урок на методическом дне",
        ),
    ),
    Scenario(
        "Домбра и ноутбук",
        FOLK,
        "published",
        400,
        6,
        difficulties=("запись минусовок для учеников", "работа в нотном редакторе"),
        request="освоить запись и нотный набор",
        strength="большой концертный опыт",
        competence="запись звука и нотный набор",
        goal="Освоить запись аккомпанемента и нотный набор для домашних заданий учеников.",
        results=(
            "Отделение собрало сорок минусовок для младших классов, ученики занимаются с ними дома. Наставляемая теперь"
            " сама ведёт занятие для коллег."
        ),
        public=("mentor",),
        plan=(
            "Знакомство с нотным редактором",
            "Запись пяти минусовок",
            "Набор репертуара первого класса",
            "Занятие для отделения",
        ),
    ),
    Scenario(
        "Первый год в хореографии",
        DANCE,
        "published",
        410,
        9,
        difficulties=("построение урока для младших", "травмобезопасная разминка"),
        request="научиться вести группу шести–семи лет",
        strength="исполнительский опыт",
        competence="урок ритмики для младших классов",
        goal="Вести урок для младших классов уверенно и безопасно.",
        results=(
            "Группа первого года выступила на двух школьных концертах, за год — ни одной травмы. Составлена картотека"
            " из тридцати разминок."
        ),
        public=("mentor", "mentee"),
        plan=(
            "Посещение уроков наставника",
            "Картотека разминок",
            "Самостоятельный урок с разбором",
            "Номер для школьного концерта",
        ),
    ),
    Scenario(
        "Сольфеджио без слёз",
        THEORY,
        "done",
        380,
        7,
        difficulties=("диктант вызывает страх у детей", "мало игровых форм"),
        request="сделать диктант живым",
        strength="умение рассказывать",
        competence="игровые формы сольфеджио",
        goal="Найти игровые формы диктанта и слухового анализа для второго–четвёртого классов.",
        results="Составлен сборник из двадцати игр, диктант пишут без отказов четыре класса.",
        trial="хватает ли семи месяцев на упражнения по слуху без домашних диктантов",
        verdict="Семи месяцев хватает. Образец рекомендовать отделению, добавив запись диктантов на планшете.",
        plan=("Подбор игровых форм", "Проба на двух классах", "Сборник игр"),
    ),
    Scenario(
        "Пленэр как урок",
        ART,
        "terminated",
        390,
        6,
        difficulties=("организация группы на улице",),
        request="провести первый пленэр",
        strength="сильный рисунок",
        competence="пленэрная практика",
        goal="Подготовить и провести пленэр со средней группой.",
        reason="mentee",
        plan=("План пленэра", "Выход в парк", "Выставка работ"),
    ),
)

CURRENT = (
    Scenario(
        "Импровизация в младших классах фортепиано",
        PIANO,
        "running",
        80,
        8,
        "mentor",
        ("mentee",),
        difficulties=("чтение с листа", "аккомпанемент по цифровке"),
        request="научиться вести импровизацию с младшими",
        strength="свобода за инструментом",
        competence="импровизация и чтение с листа",
        goal="Ввести импровизацию и чтение с листа в каждый урок младших классов.",
        plan=(
            "Взаимопосещение уроков, четыре урока",
            "Подбор репертуара с остинато",
            "Мастер-класс «Четыре такта за минуту»",
            "Открытый урок для отделения",
        ),
        change="petition",
        kinds=("traditional", "situational"),
        agreement="14",
    ),
    Scenario(
        "Народный танец: от разминки до номера",
        DANCE,
        "running",
        70,
        9,
        "mentor2",
        ("mentee2",),
        difficulties=("работа с мужским составом", "запись рисунка танца"),
        request="поставить первый номер",
        strength="выразительность и память на движение",
        competence="постановка народного танца",
        goal="Поставить с группой номер народного танца и записать его рисунок.",
        plan=("Посещение постановочных уроков", "Запись рисунка танца", "Постановка этюда", "Номер на концерте"),
        change="amendment",
        kinds=("traditional", "virtual"),
    ),
    Scenario(
        "Первая выставка класса",
        ART,
        "running",
        215,
        6,
        difficulties=("оформление работ", "работа с родителями"),
        request="подготовить первую выставку класса",
        strength="верный глаз",
        competence="выставки и просмотры",
        goal="Подготовить и открыть выставку класса, рассказать о ней родителям.",
        plan=("Отбор работ", "Оформление работ", "Открытие выставки"),
        kinds=("short",),
    ),
    Scenario(
        "Ансамбль скрипачей",
        STRINGS,
        "late",
        95,
        6,
        difficulties=("строй в ансамбле",),
        request="собрать ансамбль средних классов",
        strength="точная интонация",
        competence="ансамблевая игра",
        goal="Собрать ансамбль и подготовить две пьесы.",
        template="Ансамбль средних классов",
        change="notice",
        origin="встреча «Ансамбль за час» с солистом филармонии, о первых репетициях",
    ),
    Scenario(
        "Хор, который слышит себя",
        CHOIR,
        "running",
        60,
        7,
        group=2,
        difficulties=("унисон в младшем хоре", "дикция"),
        request="наладить распевание",
        strength="красивый голос",
        competence="вокальная работа в хоре",
        goal="Наладить распевание и добиться чистого унисона в младших хорах.",
        plan=("Система распеваний", "Взаимопосещение репетиций", "Сводная репетиция", "Выступление хоров"),
        change="pause",
    ),
    Scenario(
        "Акварель в средних классах",
        ART,
        "completing",
        110,
        3,
        difficulties=("многослойная техника",),
        request="вести акварель со средними классами",
        strength="чувство цвета",
        competence="техники акварели",
        goal="Освоить последовательность обучения многослойной акварели.",
        trial="можно ли показать многослойную технику за три месяца",
        plan=("Мастер-класс наставника", "Серия этюдов с классом", "Выставка в фойе"),
    ),
    Scenario(
        "Концертмейстер в классе танца",
        DANCE,
        "agreed",
        40,
        6,
        difficulties=("чтение с листа в темпе танца",),
        request="подбирать музыку к уроку",
        strength="ритм",
        competence="концертмейстерство в хореографии",
        goal="Свободно сопровождать урок классического танца.",
        plan=("Посещение уроков", "Картотека музыки к экзерсису", "Самостоятельный урок"),
        form="employer",
    ),
    Scenario(
        "Гитара: первые шаги с группой",
        FOLK,
        "endorsed",
        35,
        7,
        difficulties=("групповой урок",),
        request="вести группу из шести человек",
        strength="современный репертуар",
        competence="групповое обучение",
        goal="Научиться вести групповой урок гитары.",
        plan=("Посещение групповых уроков", "Репертуар для группы", "Открытый урок"),
        form="college",
    ),
    Scenario(
        "Теория на слух",
        THEORY,
        "submitted",
        30,
        6,
        difficulties=("слуховой анализ",),
        request="собрать упражнения по слуху",
        strength="системность",
        competence="развитие слуха",
        goal="Собрать и опробовать упражнения по слуховому анализу.",
        plan=("Подбор упражнений", "Проба в классе", "Сборник упражнений"),
        kinds=("reverse",),
    ),
    Scenario(
        "Сценическая речь певца",
        CHOIR,
        "draft",
        25,
        6,
        difficulties=("дикция в пении",),
        request="помочь с дикцией",
        strength="артистизм",
        competence="сценическая речь",
        goal="Улучшить дикцию учеников класса вокала.",
        plan=("Упражнения на дикцию",),
        change="granted",
    ),
    Scenario(
        "Живопись маслом",
        ART,
        "assigned",
        12,
        6,
        difficulties=("живопись маслом со старшими",),
        request="вести масло у старших",
        strength="аккуратность",
        competence="масляная живопись",
        change="dissolution",
    ),
    Scenario(
        "Виолончель в ансамбле",
        STRINGS,
        "at_signature",
        5,
        6,
        difficulties=("ансамбль разных возрастов",),
        request="вести ансамбль",
        strength="терпение",
        competence="камерный ансамбль",
    ),
    Scenario(
        "Баян и современная музыка",
        FOLK,
        "consents",
        8,
        6,
        difficulties=("современный репертуар",),
        request="обновить репертуар",
        strength="виртуозность",
        competence="репертуар баяна",
    ),
    Scenario(
        "Четыре руки",
        PIANO,
        "council",
        6,
        6,
        difficulties=("фортепианный дуэт",),
        request="вести дуэты",
        strength="чуткость",
        competence="фортепианный дуэт",
    ),
    Scenario(
        "Ритмика для самых младших",
        DANCE,
        "asked",
        4,
        6,
        difficulties=("внимание малышей",),
        request="удержать внимание группы",
        strength="доброта",
        competence="ритмика",
    ),
)

WITHOUT_PAIR = (  # mentees who stand in the bank without a pair, mentors with free places
    (ART, "mentee", "approved"),
    (FOLK, "mentee", "approved"),
    (CHOIR, "mentee", "applied"),
    (PIANO, "mentee", "applied"),
    (THEORY, "mentor", "approved"),
    (PIANO, "mentor", "applied"),
)

NEWS = (
    (
        200,
        "Круглый стол «Чему мы научились за год»",
        (
            "Наставники и наставляемые рассказали о своих программах и отобрали лучшие находки в методическую"
            " копилку.\n\nСпасибо всем, кто делился опытом."
        ),
    ),
    (
        85,
        "Начался новый год наставничества",
        (
            "Директор подписал приказы о закреплении наставнических пар. Впереди взаимные посещения уроков,"
            " мастер-классы и открытые уроки."
        ),
    ),
    (
        20,
        "Мастер-класс «Четыре такта за минуту»",
        "Приглашаем преподавателей фортепиано: как за минуту сочинить с учеником вступление из четырёх тактов.",
    ),
)
