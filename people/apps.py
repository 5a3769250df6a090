"""The app of persons; at the start it tells the field history which models to watch."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Who: accounts, persons, consents, banks."""

    name = "people"
    verbose_name = "Люди"

    def ready(self):
        from people import audit

        audit.register()
