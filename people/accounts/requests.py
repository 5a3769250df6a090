"""The request as views get it: everybody is logged in but on the public pages (the middleware requires it)."""

from django.http import HttpRequest

from people.accounts.models import User


class UserRequest(HttpRequest):
    """A request of a logged-in user; only for annotations."""

    user: User
