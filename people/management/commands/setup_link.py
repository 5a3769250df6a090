"""``manage.py setup_link``: the way in for whoever runs the server: the first setup, or when nobody can log in."""

from django.core.management.base import BaseCommand, CommandError

from mentoring_site.workflow import Refused
from people.access import acts as access_acts
from people.access.models import AccessRequest
from people.accounts.acts import find_user
from people.accounts.models import FirstSetup
from people.setup import acts as setup_acts


class Command(BaseCommand):
    """Print a fresh address of the first setup; with a name a link into that account; with a number release a request.

    Everything is written into the log; the owner and the director see it on their home page until they confirm it.
    Without arguments it says nothing when the setup is finished or the school lives already.
    """

    help = (
        "Печатает одноразовый адрес первой настройки; с именем — ссылку для входа в учётную запись, когда войти больше"
        " некому; с номером запроса — подтверждает его. Директор увидит это на своей главной странице"
    )

    def add_arguments(self, parser):
        parser.add_argument("login", nargs="?", help="имя для входа или e-mail того, кому нужна ссылка")
        parser.add_argument("--second-factor", action="store_true", help="заодно сбросить вход с кодом")
        parser.add_argument("--release", type=int, metavar="НОМЕР", help="подтвердить запрос доступа")

    def handle(self, *, login=None, second_factor=False, release=None, **options):
        try:
            if release is not None:
                self.release(release)
            elif login:
                self.link(login, second_factor)
            else:
                self.setup()
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal

    def setup(self):
        """The address of the first setup."""
        begun = FirstSetup.objects.exclude(user=None).exists()
        if link := setup_acts.new_link():
            first = "Первая настройка не закончена. Чтобы продолжить её, откройте этот адрес в браузере"
            if not begun:
                first = "Первый запуск. Откройте этот адрес в браузере и заведите первого администратора"
            self.stdout.write(f"{first} (годен сутки и на один раз):")
            self.stdout.write(f"  {link}")

    def link(self, login, second_factor):
        """A link into an account."""
        user = find_user(login)
        if user is None:
            raise CommandError(f"Учётной записи «{login}» нет")
        self.say(access_acts.link_on_server(user, second_factor=second_factor))

    def release(self, number):
        """Release a request that nobody else can."""
        request = AccessRequest.objects.filter(pk=number).first()
        if request is None:
            raise CommandError(f"Запроса доступа № {number} нет")
        issued = access_acts.release_on_server(request)
        if issued:
            self.say(issued)
        else:
            self.stdout.write(f"Подтверждено: {access_acts.what(request)}. {TOLD}")

    def say(self, issued):
        """Print the link and who will be told."""
        person = issued.invitation.user.person
        self.stdout.write(f"Ссылка для входа, {person.full_name} (годна сутки и на один раз):")
        self.stdout.write(f"  {issued.url}")
        self.stdout.write(TOLD)


TOLD = "Владелец и директор узнают об этом и увидят это на своей главной странице, пока не подтвердят."
