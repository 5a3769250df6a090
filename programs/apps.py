"""The app of pairs and programs; at the start it fills the registries of the frame and of its own lower features."""

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    """What: pairs and groups, programs and everything that happens in them."""

    name = "programs"
    verbose_name = "Программы"

    def ready(self):
        from programs import audit, registrations

        audit.register()
        registrations.fill()
