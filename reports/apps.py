"""The app of reports; at the start it registers what waits for whom."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The way out: orders and their papers, documents, the home, the public section."""

    name = "reports"
    verbose_name = "Приказы и документы"

    def ready(self):
        from mentoring_site import help as pages_of_help
        from mentoring_site import inbox, journeys, mail, undo
        from people.consents.destruction import retention
        from people.profile import blocks
        from people.register import aftermath, leaving
        from people.register.presenters import PersonPart, register_parts
        from people.rights import Right
        from people.setup.journey import FIRST
        from people.setup.year_journey import YEAR
        from programs.program import beside as program_beside
        from programs.requests import incentives
        from programs.requests.kinds.release import orders as release_orders
        from reports.annual_report import held as annual_held
        from reports.annual_report import inbox as annual_inbox
        from reports.annual_report import letters as annual_letters
        from reports.compliance import campaigns
        from reports.documents.acquaintance import journey as acquaintance_journey
        from reports.documents.act_drafts import inbox as draft_inbox
        from reports.documents.act_drafts import letters as draft_letters
        from reports.documents.local_acts import inbox as local_act_inbox
        from reports.documents.local_acts import letters as act_letters
        from reports.documents.packages import acts as package_acts
        from reports.documents.touched import inbox as touched_inbox
        from reports.help.texts import covered
        from reports.home import digest
        from reports.indicators import definitions, passports, satisfaction
        from reports.inspection import acts as inspection_acts
        from reports.inspection import program_section
        from reports.monitoring import held as monitoring_held
        from reports.monitoring import inbox as monitoring_inbox
        from reports.monitoring import letters as monitoring_letters
        from reports.opinions import acts as opinion_acts
        from reports.opinions import inbox as opinion_inbox
        from reports.opinions import letters as opinion_letters
        from reports.opinions import matters as order_matters
        from reports.orders import held as order_held
        from reports.orders import inbox as order_inbox
        from reports.orders import journey as order_journey
        from reports.orders import leaving as order_leaving
        from reports.orders import letters as order_letters
        from reports.orders.drafting import events as order_events
        from reports.orders.drafting import follow_ups as order_follow_ups
        from reports.orders.drafting import incentives as order_incentives
        from reports.orders.drafting.released import RELEASES
        from reports.orders.proofs import ORDERS
        from reports.past import acts as past_acts
        from reports.past import inbox as past_inbox
        from reports.past import taking_back as past_taking_back
        from reports.portfolio import person_block as portfolio_block
        from reports.site import events as site_events
        from reports.site import telling
        from reports.statistics import held as statistics_held
        from reports.surveys import held as survey_held
        from reports.surveys import inbox as survey_inbox
        from reports.surveys import letters as survey_letters
        from reports.surveys import retention as survey_retention
        from roadmap.council import matters
        from roadmap.events import beside
        from roadmap.plan import coverage
        from roadmap.proofs import kinds

        blocks.register(portfolio_block.block)
        passports.register(*definitions.ALL, satisfaction.SATISFACTION)
        campaigns.register(quality=survey_held.quality, monitoring=monitoring_held.completed)
        campaigns.register(statistics=statistics_held.kept, report=annual_held.signed)
        inbox.register(order_inbox.items, past_inbox.items, opinion_inbox.items, telling.items)
        inbox.register(local_act_inbox.items, draft_inbox.items, touched_inbox.items)
        kinds.register(ORDERS, telling.NEWS)
        coverage.register(telling.told)
        matters.register(order_matters.ORDERS)
        beside.register(order_events.BESIDE, site_events.BESIDE)
        undo.register("reports.UnionOpinion", "ask", opinion_acts.ASKED)
        undo.register("reports.UnionOpinion", "answer", opinion_acts.ANSWERED)
        undo.register("reports.PastImport", "import", past_taking_back.IMPORT)
        aftermath.register(touched_inbox.consequence)
        pages_of_help.register(covered())
        mail.register_needed(order_letters.NEEDED, act_letters.NEEDED, draft_letters.NEEDED, opinion_letters.NEEDED)
        mail.register_news(order_letters.NEWS, {digest.LETTER}, draft_letters.NEWS)
        journeys.add(FIRST, *order_journey.STEPS)
        journeys.add(YEAR, *order_journey.OF_THE_YEAR, *acquaintance_journey.STEPS)
        inbox.register_held(order_held.held)
        leaving.register(order_leaving.PART)
        order_follow_ups.register()
        release_orders.register(RELEASES)
        incentives.register(order_incentives.draft, order_incentives.discard)
        retention.forget_copies_by(package_acts.forget_all, past_acts.forget_all, inspection_acts.forget_all)
        program_beside.register(program_section.section)
        inbox.register(survey_inbox.items, monitoring_inbox.items, annual_inbox.items)
        inbox.register_held(annual_held.held)
        mail.register_needed(survey_letters.NEEDED, monitoring_letters.NEEDED, annual_letters.NEEDED)
        mail.register_news(monitoring_letters.NEWS)
        retention.register(survey_retention.DATA)
        register_parts(
            PersonPart(40, "package", "Все документы", "reports:person_package", Right.PAPERS_SEE_ALL),
            PersonPart(42, "readings", "Ознакомление", "reports:person_readings", Right.ORDERS_SEE_ALL),
            PersonPart(45, "touched", "Затронутые бумаги", "reports:touched_of", Right.PAPERS_SEE_ALL),
        )
