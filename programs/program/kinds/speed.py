"""Speed mentoring: one meeting. It is an event of the school, of which a program may grow (п. 1.2, 2.3)."""

from programs.program.kinds.declaration import LINE, Ask, Declaration

ORIGIN = "origin"
NO_PROGRAM = (
    "Скоростное наставничество — однократная встреча (п. 2.3 Положения), а персонализированная программа длится от трёх"
    " месяцев до года (п. 1.2). Поэтому такая встреча — мероприятие школы, а не программа. Если после неё двое хотят"
    " работать дальше, для них подбирают пару и заводят программу, и в ней указывают, из какой встречи она выросла."
)

SPEED = Declaration(
    "speed",
    NO_PROGRAM,
    (Ask(ORIGIN, "Выросла из скоростной встречи", "Когда и о чём была встреча", type=LINE, required=False),),
    clause="п.\u00a02.3, 1.2",
    unfit=lambda program: [NO_PROGRAM],
    is_program=False,
)
