"""Every minute: programmes to begin or to change, the Положение to enter into force, mentors who
replace or come back, expired consents, notices, papers left unprinted, old counters and scans.
"""

from django.core.management.base import BaseCommand

from people.accounts.throttling import delete_old_counts
from people.consents.acts import expire
from programs.changes.amendment.acts import apply_due
from programs.changes.dissolution.acts import end_due
from programs.changes.replacement.acts import move_due
from programs.mentor_agreements.notices.acts import take_effect
from programs.program.approval.acts import begin_due
from reports.documents.packages import acts as package_acts
from reports.orders.effects import apply_due_orders
from reports.orders.printing.pdf import print_missing
from reports.orders.scans import acts as scan_acts


class Command(BaseCommand):
    help = "Делает всё, чему пришёл срок: начинает программы, закрывает истёкшие согласия, допечатывает приказы"

    def handle(self, *args, **options):
        in_force = apply_due_orders()
        begun, changed, moved = begin_due(), apply_due(), move_due()
        parted = end_due()
        expired, ended, printed = expire(), take_effect(), print_missing()
        delete_old_counts()
        scan_acts.read_late()
        scan_acts.forget_old()
        package_acts.build_late()
        package_acts.forget_old()
        if options["verbosity"] > 1 or begun or changed or moved or expired or ended or printed or in_force or parted:
            self.stdout.write(
                f"Начато программ: {begun}, изменено программ: {changed}, сменилось наставников: {moved}, истекло"
                f" согласий: {expired}, вступило в силу уведомлений: {ended}, допечатано приказов: {printed}, введено в"
                f" действие Положений: {in_force}, прекращено закреплений: {parted}"
            )
