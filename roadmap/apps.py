"""The app of roadmap; at the start it registers what waits for whom."""

from django.apps import AppConfig


class RoadmapConfig(AppConfig):
    """When: the Положение, the roadmap of a school year, minutes of collegial bodies."""

    name = "roadmap"
    verbose_name = "Дорожная карта"

    def ready(self):
        from mentoring_site import inbox, journeys
        from people.register import leaving
        from people.setup.year_journey import YEAR
        from roadmap import audit
        from roadmap.legal_base import inbox as legal_base_inbox
        from roadmap.plan import held as plan_held
        from roadmap.plan import inbox as plan_inbox
        from roadmap.plan import journey as plan_journey
        from roadmap.plan import leaving as plan_leaving

        audit.register()
        inbox.register(plan_inbox.items, legal_base_inbox.items)
        inbox.register_held(plan_held.held)
        journeys.add(YEAR, *plan_journey.STEPS)
        leaving.register(plan_leaving.PART)
