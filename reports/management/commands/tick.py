"""Every minute: letters of the outbox, programmes whose first day has come, papers left unprinted."""

from django.core.management.base import BaseCommand

from mentoring_site.mail import deliver_outbox
from programs.programmes import begin_due
from reports.orders.printing import print_missing


class Command(BaseCommand):
    help = "Делает всё, что пора сделать: начинает программы, допечатывает приказы, отправляет письма"

    def handle(self, *args, **options):
        begun, printed, sent = begin_due(), print_missing(), deliver_outbox()
        if options["verbosity"] > 1 or begun or printed:
            self.stdout.write(f"Начато программ: {begun}, допечатано приказов: {printed}, отправлено писем: {sent}")
