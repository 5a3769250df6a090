"""The app of reports; at the start it registers what waits for whom."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The way out: orders and their papers, documents, the home, the public section."""

    name = "reports"
    verbose_name = "Приказы и документы"

    def ready(self):
        from mentoring_site import inbox
        from reports.orders import inbox as order_inbox

        inbox.register(order_inbox.items)
