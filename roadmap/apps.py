"""The app of the roadmap; at the start it fills the registries of the frame and of lower apps."""

from django.apps import AppConfig


class RoadmapConfig(AppConfig):
    """When: the Положение, the roadmap of a school year, meetings, events, what people learn, what is kept of it."""

    name = "roadmap"
    verbose_name = "Дорожная карта"

    def ready(self):
        from roadmap import audit, registrations

        audit.register()
        registrations.fill()
