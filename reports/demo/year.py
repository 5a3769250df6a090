"""The year of the demo school proves itself: duties with their evidence, lines closed by records, news of stages."""

from datetime import timedelta

from django.utils import timezone

from mentoring_site.evidence import acts as evidence
from reports.site import news as site_news
from reports.site.models import News
from roadmap.duties import acts as duty_acts
from roadmap.duties.models import Occurrence
from roadmap.plan.models import Roadmap, Task

TOLD = (
    (
        70,
        2,
        "Анкеты собраны: о чём просят молодые преподаватели",
        "Чаще всего — о дисциплине в группе, о подборе программы и о работе с родителями. По этим запросам выбраны"
        " наставники.",
        {"social_url": "https://vk.example/shkola-iskusstv?w=wall-1_102"},
    ),
    (
        48,
        5,
        "О наших парах написала городская газета",
        "Корреспондент побывал на открытом уроке и поговорил с теми, кто учит и учится.",
        {"level": "municipal", "external_url": "https://gazeta.example/nastavniki-shkoly-iskusstv"},
    ),
)


def year_proved(demo):
    """Return the steps of duties, of news about stages, of evidence of the roadmap."""
    return (regular_duties(demo), proved_by_itself(50), *(tell(demo, *said) for said in TOLD), partly_proved(demo, 15))


def regular_duties(demo):
    """Duties by the sample, half a year ago: what has fallen due since is proved, but for the last of them."""
    yield 190
    curator = demo.user("curator")
    duty_acts.take_samples(by=curator)
    today = demo.calendar.today
    past = list(Occurrence.objects.filter(due_on__lt=today).select_related("duty").order_by("due_on", "pk"))
    for occurrence in past[:-1]:
        yield max((today - occurrence.due_on).days + 1, 0)
        by = demo.user("sysadmin") if occurrence.duty.role == "sysadmin" else curator
        if "paper" in occurrence.duty.proof_kinds and not occurrence.done_on:
            remark = f"Проверено {timezone.localdate():%d.%m.%Y}, замечаний нет"
            evidence.add(occurrence, by=by, files=[demo.scan], remark=remark)


def proved_by_itself(days_ago: int):
    """The reviews of both banks are recorded in the banks: the clock puts them to their duty."""
    yield days_ago
    duty_acts.prove_due()


def tell(demo, days_ago: int, stage: int, title: str, text: str, where: dict):
    """One step: a piece of news of a stage, with its page elsewhere."""
    yield days_ago
    curator = demo.user("curator")
    made = News(title=title, text=text, published_on=timezone.localdate(), is_public=True, created_by=curator)
    made.stage = stage
    for name, value in where.items():
        setattr(made, name, value)
    site_news.save(made, by=curator)


def partly_proved(demo, days_ago: int):
    """A line of the year has its first piece of evidence, with a term: it waits for the rest of it."""
    yield days_ago
    roadmap = Roadmap.objects.filter(state=Roadmap.State.APPROVED).order_by("-school_year").first()
    task = Task.objects.filter(stage__roadmap=roadmap, done_on__isnull=True, stage__number=6).first()
    if task is not None:
        until = timezone.localdate() + timedelta(days=300)
        words = "Черновик программы конференции, согласован с методическим советом"
        evidence.add(task, by=demo.user("curator"), files=[demo.scan], remark=words, valid_until=until)
