"""The council of the demo school writes a sample program and changes it; somebody is given a new post (п. 1.2, 3.5)."""

from django.utils import timezone

from people.register import acts as register_acts
from people.school.models import Department
from programs.catalogs import acts as list_acts
from programs.catalogs import template_acts
from programs.catalogs.models import ProgramTemplate, Responsible, TemplateActivity
from reports.demo.people import FOLK, STRINGS

ENSEMBLE = (
    (4, Responsible.BOTH, "Подбор пьес", "Две пьесы по силам всем", "список пьес"),
    (10, Responsible.MENTEE, "Работа над строем", "Ансамбль держит строй в медленном темпе", "запись репетиции"),
    (17, Responsible.BOTH, "Выступление на отделении", "Две пьесы сыграны на отделении", "афиша"),
)


def sample(demo):
    """Steps of a sample: written by the council with a material, reworded while a program runs by it."""
    yield 300
    council = demo.user("council")
    department = Department.objects.filter(organisation__kind="own", name=STRINGS).first()
    made = ProgramTemplate(
        name="Ансамбль средних классов",
        for_whom="Преподавателю, который впервые собирает ансамбль",
        department=department,
        goal="Собрать ансамбль и подготовить две пьесы.",
        directions="Подбор пьес; работа над строем; сцена.",
        months=6,
    )
    list_acts.save(made, by=council)
    for week, who, title, result, evidence in ENSEMBLE:
        TemplateActivity.objects.create(
            template=made, week=week, responsible=who, title=title, expected_result=result, evidence=evidence
        )
    template_acts.attach(made.activities.all()[1], demo.scan, by=council)
    yield 20
    words = "Две пьесы сыграны на отделении, запись разобрана с учениками"
    TemplateActivity.objects.filter(template=made, week=17).update(expected_result=words, changed_at=timezone.now())
    list_acts.save(made, by=council)


def new_post(demo):
    """One step: an experienced teacher is given another post, and may be offered as a mentee at any age."""
    yield 40
    person = demo.reserve(FOLK, experienced=True)
    employment = person.employments.first()
    register_acts.edit_employment(
        employment, by=demo.user("clerk"), version=employment.version, post="методист, преподаватель по классу баяна"
    )
