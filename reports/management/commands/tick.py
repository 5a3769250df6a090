"""Every minute: programmes to begin or to change, the Положение to enter into force, mentors who replace or come back, expired consents, notices, papers left unprinted, old counters and scans."""

from django.core.management.base import BaseCommand

from people.consents import expire
from people.guard import forget_old
from people.notices import take_effect
from programs.amending import apply_due
from programs.programmes import begin_due
from programs.replacing import end_due, move_due
from reports import packages
from reports.kinds.regulation import put_in_force_due
from reports.orders import scans
from reports.orders.printing import print_missing


class Command(BaseCommand):
    help = "Делает всё, чему пришёл срок: начинает программы, закрывает истёкшие согласия, допечатывает приказы"

    def handle(self, *args, **options):
        in_force = put_in_force_due()
        begun, changed, moved = begin_due(), apply_due(), move_due()
        parted = end_due()
        expired, ended, printed = expire(), take_effect(), print_missing()
        forget_old()
        scans.read_late()
        scans.forget_old()
        packages.build_late()
        packages.forget_old()
        if options["verbosity"] > 1 or begun or changed or moved or expired or ended or printed or in_force or parted:
            self.stdout.write(
                f"Начато программ: {begun}, изменено программ: {changed}, сменилось наставников: {moved}, истекло согласий: {expired}, "
                f"вступило в силу уведомлений: {ended}, допечатано приказов: {printed}, "
                f"введено в действие Положений: {in_force}, прекращено закреплений: {parted}"
            )
