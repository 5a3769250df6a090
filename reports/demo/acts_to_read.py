"""What people of the demo school read against signature, and an act that the council discusses (п. 3.5, 4.2, 5.2)."""

from datetime import timedelta

from django.utils import timezone

from mentoring_site.workflow import reload
from reports.documents.act_drafts import acts as draft_acts
from reports.documents.local_acts import acts as local_act_acts
from reports.orders.acquaintance.acts import acquaint
from roadmap.legal_base.models import LegalAct
from roadmap.regulation.models import Regulation

BY_CURATOR = "Программу недели составляет куратор."
WEEK = f"""# 1. Общие положения
1.1. Порядок определяет, как в школе проводится неделя наставничества.
1.2. Неделя проводится один раз в учебном году, не позднее марта.
# 2. Проведение
2.1. {BY_CURATOR}
2.2. В программу входят открытые уроки, мастер-классы и круглый стол.
2.3. Каждое отделение проводит не менее трёх открытых уроков.
2.4. Итоги недели обсуждает методический совет.
"""


def acts_to_read(demo, days_ago: int):
    """What mentors and mentees read: a procedure, the laws, the Положение; a job description; two of three have."""
    yield days_ago
    act = local_act_acts.add_act(
        by=demo.user("clerk"),
        kind="procedure",
        about="взаимного посещения уроков",
        number="30-од",
        date=timezone.localdate(),
        file=demo.scan,
        audience=["mentor", "mentee"],
    )
    clerk = demo.user("clerk")
    laws = list(LegalAct.objects.of_school().filter(code__in=("education_act", "labour_code")))
    readings = local_act_acts.read_laws(laws, by=clerk, audience=["mentor", "mentee"])
    readings.append(
        local_act_acts.read_regulation(
            Regulation.objects.get(state=Regulation.State.APPROVED), by=clerk, audience=["mentor", "mentee", "council"]
        )
    )
    readings.append(
        local_act_acts.add_act(
            by=clerk,
            kind="job",
            about="концертмейстера",
            number="12-од",
            date=timezone.localdate(),
            file=demo.scan,
            audience=[],
            posts=[post for post in local_act_acts.known_posts() if post.startswith("концертмейстер")],
        )
    )
    local_act_acts.publish(act, by=demo.user("curator"), shown=True)
    yield days_ago - 40
    for reading in readings:
        for row in reading.readers.select_related("person").order_by("pk")[: reading.readers.count() * 2 // 3]:
            acquaint(row, by=clerk, on_paper=True)
    local_act_acts.extend(act, by=clerk)
    for row in act.readers.select_related("person").order_by("pk")[: act.readers.count() // 2]:
        acquaint(row, by=demo.user("clerk"), on_paper=True)


def act_draft(demo, days_ago: int):
    """A draft that the council discusses: one remark is answered, one waits."""
    yield days_ago
    curator, council = demo.user("curator"), demo.user("chair")
    draft = draft_acts.begin(
        by=curator,
        kind="procedure",
        about="проведения школьной недели наставничества",
        why="Неделя проходит второй год, единых правил нет",
        text=WEEK,
    )
    draft = draft_acts.discuss(draft, by=curator, until=timezone.localdate() + timedelta(days=days_ago + 5))
    yield days_ago - 2
    first = draft_acts.remark(draft, by=council, place="пункт 2.1", text="Назовите, кто утверждает программу недели")
    draft_acts.remark(draft, by=council, place="пункт 2.3", text="Трёх открытых уроков мало, предлагаю пять")
    yield days_ago - 3
    draft_acts.answer(first, by=curator, is_taken=True, answer="Программу утверждает директор")
    draft = reload(draft)
    text = WEEK.replace(BY_CURATOR, "Программу недели составляет куратор, утверждает директор.")
    draft_acts.write(draft, by=curator, version=draft.version, text=text)
