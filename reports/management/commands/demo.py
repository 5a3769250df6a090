"""Build the demo school: believable, fictional, the same each time; with ``--scale N`` also copies for measuring."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from people.register.models import Person
from reports.demo.banks import banks_checked, wait_in_bank
from reports.demo.builder import new_post, sample
from reports.demo.clock import Calendar
from reports.demo.inspected import inspected
from reports.demo.lifecycle import Lifecycle
from reports.demo.other_records import add_other_records
from reports.demo.personal import add_personal_records
from reports.demo.proved import counted
from reports.demo.roadmaps import year_plan
from reports.demo.scenarios import CURRENT, FINISHED, NEWS, WITHOUT_PAIR
from reports.demo.school import Demo, open_school, publish_news
from reports.orders.models import Order


class Command(BaseCommand):
    help = "Строит учебную школу; только при DEMO=1 и в пустой базе"

    def add_arguments(self, parser):
        parser.add_argument("--scale", type=int, default=0, help="сколько копий добавить для измерений")

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError(
                "Учебную школу строят только в учебном режиме: задайте DEMO=1 или запустите script/server --demo"
            )
        if not Person.objects.filter(copied=False).exists():
            build()
            self.stdout.write(
                "Учебная школа построена. Войти можно как director, curator, chair, council, mentor, mentee, clerk,"
                " sysadmin"
            )
        elif not options["scale"]:
            self.stdout.write("Учебная школа уже построена")
        if options["scale"]:
            from reports.demo.scale import add_copies

            people, programs = add_copies(options["scale"])
            self.stdout.write(f"Добавлены копии для измерений: людей {people}, программ {programs}")


def build():
    """Build the whole demo school in one transaction, then print its orders."""
    calendar = Calendar()
    demo = Demo(calendar)
    with transaction.atomic():
        calendar.add(open_school(demo))
        calendar.run()
        calendar.add(year_plan(demo, 440, 0))
        calendar.add(year_plan(demo, 78, 2))
        calendar.add(banks_checked(demo, 60))
        calendar.add(sample(demo))
        calendar.add(new_post(demo))
        for scenario in FINISHED + CURRENT:
            calendar.add(Lifecycle(demo, scenario).steps())
        for n, (department, part, state) in enumerate(WITHOUT_PAIR):
            calendar.add(wait_in_bank(demo, department, part, state, 3 + 5 * n))
        for days_ago, title, text in NEWS:
            calendar.add(publish_news(demo, days_ago, title, text))
        add_other_records(demo)
        add_personal_records(demo)
        calendar.run()
        counted(demo)
    from reports.orders.printing.pdf import print_order

    for pk in Order.objects.filter(state=Order.State.REGISTERED, pdf__isnull=True, from_paper=False).values_list(
        "pk", flat=True
    ):
        print_order.call(pk)
    inspected(demo)
