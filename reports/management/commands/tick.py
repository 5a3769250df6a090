"""``manage.py tick``: does every minute what has fallen due, and tidies up what nobody needs any more."""

from django.core.management.base import BaseCommand

from mentoring_site import retention
from mentoring_site.backups.companions import export_quietly
from mentoring_site.evidence.acts import destroy_removed
from mentoring_site.exports import acts as exports
from mentoring_site.mail import forget_texts
from mentoring_site.russian import upper_first
from people.absences import acts as absence_acts
from people.access.acts import forget_old_invitations, lapse_old
from people.accounts.throttling import delete_old_counts
from people.consents.acts import expire
from people.photos.acts import drop_unallowed
from people.register.leaving import leave_due
from people.roles.letters import tell_of_backups
from programs.attention import nudges
from programs.changes.amendment.acts import apply_due
from programs.changes.dissolution.acts import end_due
from programs.changes.replacement.acts import begin_and_end_due
from programs.learning import nudges as rating_nudges
from programs.mentor_agreements.notices.acts import take_effect
from programs.program.approval.acts import begin_due
from programs.relationship.asking import ask_due
from programs.relationship.retention import destroy_old
from programs.requests.acts import remind_due
from programs.requests.kinds.contest.acts import remind_owners
from reports.compliance.counting import count_due
from reports.documents.local_acts.acts import extend_due
from reports.documents.packages import acts as package_acts
from reports.home.digest import send_due
from reports.inspection import acts as inspection_acts
from reports.orders.effects import apply_due_orders
from reports.orders.printing.pdf import print_missing
from reports.orders.scans import acts as scan_acts
from reports.past import acts as past_acts
from reports.surveys import acts as survey_acts
from roadmap.duties import acts as duty_acts
from roadmap.partners import agreement_acts
from roadmap.plan.known import tick_due
from roadmap.training import import_acts as training_imports

COUNTED = (
    ("введено в действие Положений", apply_due_orders),
    ("начато программ", begin_due),
    ("изменено программ", apply_due),
    ("сменилось наставников", begin_and_end_due),
    ("прекращено закреплений", end_due),
    ("отмечено мероприятий дорожной карты", tick_due),
    ("назначено сроков обязанностей", duty_acts.plan_due),
    ("подтверждено обязанностей", duty_acts.prove_due),
    ("сообщено о просроченных обязанностях", duty_acts.tell_late),
    ("истекло согласий", expire),
    ("окончено работ", leave_due),
    ("истекло запросов доступа", lapse_old),
    ("удалено фотографий без согласия", drop_unallowed),
    ("уничтожено убранных подтверждений", destroy_removed),
    ("вступило в силу уведомлений", take_effect),
    ("добавлено в листы ознакомления", extend_due),
    ("напомнено о просьбах", remind_due),
    ("напомнено о конкурсах", remind_owners),
    ("продлено договоров с партнёрами", agreement_acts.prolong_due),
    ("закончено договоров с партнёрами", agreement_acts.end_due),
    ("напомнено о договорах с партнёрами", agreement_acts.remind_due),
    ("допечатано приказов", print_missing),
    ("напомнено о встречах", nudges.send_due),
    ("напомнено об оценке навыков", rating_nudges.send_due),
    ("спрошено, как работается вместе", ask_due),
    ("уничтожено ответов о работе вместе", destroy_old),
    ("посчитано исполнений Положения", count_due),
    ("начато опросов", survey_acts.open_due),
    ("закончено опросов", survey_acts.close_due),
    ("приглашено к опросам", survey_acts.invite_due),
    ("напомнено об опросах", survey_acts.remind_due),
    ("отправлено писем недели", send_due),
)
"""What falls due, in this order: a program begins under the Положение in force, papers are printed near the end."""
TIDYING = (
    delete_old_counts,
    forget_old_invitations,
    retention.prune,
    absence_acts.forget_old,
    forget_texts,
    export_quietly,
    tell_of_backups,
    scan_acts.read_late,
    scan_acts.forget_old,
    exports.build_late,
    exports.forget_old,
    package_acts.build_late,
    package_acts.forget_old,
    inspection_acts.build_late,
    inspection_acts.forget_old,
    training_imports.forget_old,
    past_acts.write_late,
)


class Command(BaseCommand):
    help = "Делает всё, чему пришёл срок: начинает программы, закрывает истёкшие согласия, допечатывает приказы"

    def handle(self, *args, **options):
        done = [(words, act()) for words, act in COUNTED]
        for act in TIDYING:
            act()
        if options["verbosity"] > 1 or any(number for _, number in done):
            self.stdout.write(upper_first(", ".join(f"{words}: {number}" for words, number in done)))
