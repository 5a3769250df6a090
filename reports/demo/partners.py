"""Partners of the demo school: agreements, one of which ends soon, a community, talks with the region (п. 3.3, 3.4)."""

from datetime import timedelta

from django.utils import timezone

from people.register.models import Employment
from people.school.models import Organisation
from roadmap.partners import acts, agreement_acts, network_acts
from roadmap.partners.models import Partner

OURS = (
    "принимает студентов и преподавателей колледжа на открытые уроки\nпредоставляет классы и инструменты для стажировок"
)
THEIRS = "проводит стажировки наставников на своей площадке\nнаправляет преподавателей для консультаций"


def life_of_partners(demo):
    """Return the steps of partners."""
    return (college(demo, 330), centre(demo, 120), community(demo, 90), region(demo, 15))


def college(demo, days_ago: int):
    """The college is a partner; the agreement of a year with it ends soon."""
    yield days_ago
    by, today = demo.user("curator"), timezone.localdate()
    partner = acts.add(
        by=by,
        organisation=Organisation.objects.get(kind="college"),
        about="Стажировочная площадка наставников, консультации концертмейстеров",
        address="358000, г. Элиста, ул. Учебная, д. 5",
        is_training_site=True,
    )
    acts.save_contact(
        None,
        by=by,
        part="partner",
        partner=partner,
        name="Пюрвеев Б. О.",
        post="заместитель директора",
        ground="agreement",
    )
    draft = agreement_acts.draft(
        partner,
        by=by,
        kind="cooperation",
        subject="Обмен опытом наставничества, стажировки и открытые уроки",
        ours=OURS,
        theirs=THEIRS,
        their_signer="директора Сангаджиевой Нины Бадмаевны",
        their_basis="Устава",
        starts_on=today,
        ends_on=today + timedelta(days=364),
    )
    yield days_ago - 4
    today = timezone.localdate()
    agreement_acts.sign(draft, by=by, number="14", signed_on=today, starts_on=today, ends_on=draft.ends_on)
    acts.show(partner, by=by)


def centre(demo, days_ago: int):
    """A methodical centre: an agreement of social partnership that prolongs itself."""
    yield days_ago
    by, today = demo.user("director"), timezone.localdate()
    partner = acts.add(
        by=by,
        name="Методический центр работников образования (учебный)",
        short_name="Методический центр",
        kind="methodical",
        city="Элиста",
        about="Семинары, рецензии на методические работы",
    )
    draft = agreement_acts.draft(
        partner,
        by=by,
        kind="social",
        subject="Методическая поддержка наставничества",
        theirs="проводит семинары для наставников Школы\nрецензирует методические материалы",
        starts_on=today,
        ends_on=today + timedelta(days=364),
        prolongs=True,
        prolong_months=12,
    )
    agreement_acts.sign(draft, by=by, number="3", signed_on=today, starts_on=today, ends_on=draft.ends_on)
    yield days_ago - 60
    acts.add_event(
        partner,
        by=by,
        title="Круглый стол «Наставник и молодой преподаватель»",
        held_on=timezone.localdate() - timedelta(days=2),
    )


def community(demo, days_ago: int):
    """A network community in which two teachers take part."""
    yield days_ago
    by, today = demo.user("curator"), timezone.localdate()
    network = network_acts.save_network(
        None,
        by=by,
        kind="community",
        name="Сетевое сообщество преподавателей народных инструментов (учебное)",
        level="region",
        url="https://community.example/",
        about="Обмен программами и записями уроков, взаимные открытые уроки",
        partners=Partner.objects.filter(organisation__kind="college"),
    )
    jobs = Employment.objects.current().filter(is_teaching=True, organisation__kind="own").order_by("pk")
    people = {job.person_id: job.person for job in jobs.select_related("person")}
    for part, person in zip(("ведёт раздел домбры", ""), list(people.values())[3:5], strict=True):
        network_acts.take_in(network, person, by=by, since=today, part=part)


def region(demo, days_ago: int):
    """A representative of the region's system: a talk, what was agreed, the next step."""
    yield days_ago
    by, today = demo.user("curator"), timezone.localdate()
    contact = acts.save_contact(
        None,
        by=by,
        part="official",
        name="Манджиева А. В.",
        post="региональный координатор наставничества",
        email="coordinator@region.example",
        ground="site",
    )
    network_acts.talk(
        by=by,
        contact=contact,
        held_on=today - timedelta(days=20),
        how="letter",
        about="Заявка школы на региональный форум наставников",
        agreed="Школа показывает одну практику, тезисы до конца месяца",
    )
    network_acts.talk(
        by=by,
        contact=contact,
        held_on=today,
        how="call",
        about="Программа форума",
        agreed="Выступление двадцать минут, две пары наставников",
        next_step="Прислать тезисы и имена выступающих",
        next_on=today + timedelta(days=20),
    )
