"""The app of pairs and programmes; at the start it tells the field history which models to watch."""

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    """What: pairs and groups, programmes and everything that happens in them."""

    name = "programs"
    verbose_name = "Программы"

    def ready(self):
        from programs import audit

        audit.register()
