"""The form «педагог вуза/колледжа – молодой педагог»: a mentor from outside, by a paper of both (п. 2.3)."""

from programs.program.kinds.declaration import LINE, Ask, Declaration, mentees_of, mentor_of

OF_STUDY = ("college", "university")


def _unfit(program):
    found = []
    mentor = mentor_of(program)
    if mentor and not (mentor.employment and mentor.employment.organisation.kind in OF_STUDY):
        found.append(
            f"«Педагог вуза или колледжа – молодой педагог»: {mentor.person.short_name} не работает в колледже или вузе"
        )
    for p in mentees_of(program):
        young, why = p.person.young_specialist()
        if not young:
            found.append(
                f"«Педагог вуза или колледжа – молодой педагог»: {p.person.short_name} — не молодой специалист ({why})"
            )
    return found


COLLEGE = Declaration(
    "college",
    "Наставник преподаёт в колледже или вузе, наставляемый — молодой педагог школы. Нужна бумага, по которой наставник"
    " участвует: договор с его организацией или её письмо.",
    (
        Ask(
            "paper",
            "По какой бумаге участвует наставник",
            "Договор о сотрудничестве или письмо организации: номер, дата",
            type=LINE,
        ),
    ),
    unfit=_unfit,
)
