"""``manage.py setup_link``: the one-time address of the first setup, until it is finished."""

from django.core.management.base import BaseCommand

from people.accounts.models import FirstSetup
from people.setup import acts as setup_acts


class Command(BaseCommand):
    """Print a fresh address; say nothing when the setup is finished or the school lives already."""

    help = "Печатает одноразовый адрес, по которому начинают первую настройку или продолжают незаконченную"

    def handle(self, **options):
        begun = FirstSetup.objects.exclude(user=None).exists()
        if link := setup_acts.new_link():
            first = "Первая настройка не закончена. Чтобы продолжить её, откройте этот адрес в браузере"
            if not begun:
                first = "Первый запуск. Откройте этот адрес в браузере и заведите первого администратора"
            self.stdout.write(f"{first} (годен сутки и на один раз):")
            self.stdout.write(f"  {link}")
