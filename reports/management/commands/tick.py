"""Every minute: programmes whose first day has come, mentors who replace or come back, consents whose term is over, papers left unprinted, old counters."""

from django.core.management.base import BaseCommand

from people.consents import expire
from people.guard import forget_old
from programs.programmes import begin_due
from programs.replacing import move_due
from reports.orders.printing import print_missing


class Command(BaseCommand):
    help = "Делает всё, чему пришёл срок: начинает программы, закрывает истёкшие согласия, допечатывает приказы"

    def handle(self, *args, **options):
        begun, moved, expired, printed = begin_due(), move_due(), expire(), print_missing()
        forget_old()
        if options["verbosity"] > 1 or begun or moved or expired or printed:
            self.stdout.write(
                f"Начато программ: {begun}, сменилось наставников: {moved}, истекло согласий: {expired}, допечатано приказов: {printed}"
            )
