"""The form «работодатель – студент»: a student on practice, by a paper of practice (п. 2.3)."""

from programs.program.kinds.declaration import LINE, Ask, Declaration, mentees_of, mentor_of

OF_STUDY = ("college", "university")


def _unfit(program):
    found = []
    mentor = mentor_of(program)
    if mentor and mentor.employment and mentor.employment.organisation.kind in OF_STUDY:
        found.append(
            f"«Работодатель – студент»: наставник — от работодателя, а {mentor.person.short_name} — от колледжа"
        )
    for p in mentees_of(program):
        if p.employment and p.employment.is_teaching and p.employment.organisation.kind == "own":
            found.append(
                f"«Работодатель – студент»: наставляемый — студент на практике, а {p.person.short_name} —"
                " педагогический работник школы"
            )
    return found


EMPLOYER = Declaration(
    "employer",
    "Наставник — педагог от работодателя (п. 1.2), наставляемый — студент на практике, а не работник школы. Нужны"
    " договор о практической подготовке и направление от колледжа или вуза.",
    (
        Ask(
            "contract",
            "Договор о практической подготовке",
            "С кем, номер, дата",
            type=LINE,
        ),
        Ask("referral", "Направление или приказ о практике", "Чей, номер, дата, срок практики", type=LINE),
        Ask("tutor", "Руководитель практики от колледжа или вуза", "Фамилия, инициалы, должность", type=LINE),
    ),
    unfit=_unfit,
)
