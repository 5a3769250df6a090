"""The app of reports; at the start it registers what waits for whom."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The way out: orders and their papers, documents, the home, the public section."""

    name = "reports"
    verbose_name = "Приказы и документы"

    def ready(self):
        from mentoring_site import help as pages_of_help
        from mentoring_site import inbox, journeys, mail
        from people.consents.destruction import retention
        from people.register import aftermath, leaving
        from people.register.presenters import PersonPart, register_parts
        from people.rights import Right
        from people.setup.journey import FIRST
        from reports.documents.local_acts import inbox as local_act_inbox
        from reports.documents.local_acts import letters as act_letters
        from reports.documents.packages import acts as package_acts
        from reports.documents.touched import inbox as touched_inbox
        from reports.help.texts import covered
        from reports.orders import held as order_held
        from reports.orders import inbox as order_inbox
        from reports.orders import journey as order_journey
        from reports.orders import leaving as order_leaving
        from reports.orders import letters as order_letters
        from reports.orders.drafting import follow_ups as order_follow_ups

        inbox.register(order_inbox.items, local_act_inbox.items, touched_inbox.items)
        aftermath.register(touched_inbox.consequence)
        pages_of_help.register(covered())
        mail.register_needed(order_letters.NEEDED, act_letters.NEEDED)
        journeys.add(FIRST, *order_journey.STEPS)
        inbox.register_held(order_held.held)
        leaving.register(order_leaving.PART)
        order_follow_ups.register()
        retention.forget_copies_by(package_acts.forget_all)
        register_parts(
            PersonPart(40, "package", "Все документы", "reports:person_package", Right.PAPERS_SEE_ALL),
            PersonPart(45, "touched", "Затронутые бумаги", "reports:touched_of", Right.PAPERS_SEE_ALL),
        )
