"""Where a login leads while the first setup is unfinished."""

from django.urls import reverse

from people.accounts.adapters import AccountAdapter
from people.setup import acts as setup_acts


class SetupAccountAdapter(AccountAdapter):
    """The adapter named in the settings: the first administrator goes on with the setup, everybody else goes home."""

    def get_login_redirect_url(self, request) -> str:
        """Return the address after a login."""
        setup = setup_acts.unfinished(request.user)
        if setup and setup_acts.is_open(setup):
            return reverse("people:setup")
        return super().get_login_redirect_url(request)
