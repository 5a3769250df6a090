"""The form «руководитель – педагог»: the head of the school mentors and makes the conditions (п. 2.3)."""

from people.rights import ACTING, DIRECTOR
from people.roles.models import RoleGrant
from programs.program.kinds.declaration import Ask, Declaration, mentor_of

CONDITIONS = (
    ("organisation", "Организационно-педагогические условия", "Расписание, часы, кабинет, замены"),
    ("staff", "Кадровые условия", "Кого привлекут: концертмейстер, методист, второй преподаватель"),
    ("method", "Методические условия", "Программы, пособия, курсы, взаимопосещения"),
    ("mind", "Психолого-педагогические условия", "Поддержка, нагрузка, обратная связь"),
)


def _unfit(program):
    mentor = mentor_of(program)
    heads = RoleGrant.objects.live().filter(role__in=(DIRECTOR, ACTING))
    if mentor is None or heads.filter(person=mentor.person_id).exists():
        return []
    return [f"«Руководитель – педагог»: наставник — директор школы, а {mentor.person.short_name} им не является"]


HEAD = Declaration(
    "head",
    "Наставник — руководитель школы. Он создаёт для наставляемого четыре вида условий и ресурсов: организационно-"
    "педагогические, кадровые, методические, психолого-педагогические. Что именно создано, сказано в программе.",
    tuple(Ask(name, label, hint) for name, label, hint in CONDITIONS),
    unfit=_unfit,
)
