"""``manage.py setup_link``: the one-time address of the first setup, as long as nobody has an account."""
from django.core.management.base import BaseCommand

from people import setup


class Command(BaseCommand):
    """Print a fresh address; say nothing when the school has somebody who can log in."""

    help = "Печатает одноразовый адрес первой настройки, пока в системе никого нет"

    def handle(self, **options):
        if link := setup.new_link():
            self.stdout.write(
                "Первый запуск. Откройте этот адрес в браузере и заведите первого администратора "
                "(годен сутки и на один раз):"
            )
            self.stdout.write(f"  {link}")
