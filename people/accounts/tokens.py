"""Ways to a password die with any change of roles: what was given to a teacher opens no director's account."""

from django.contrib.auth.tokens import PasswordResetTokenGenerator

from people.accounts.models import User
from people.roles.models import RoleGrant


def rights_mark(person_id: int) -> str:
    """Return a short mark of the roles that the person holds today; it differs after any change of them."""
    roles = RoleGrant.objects.in_force().filter(person=person_id).order_by().values_list("role", flat=True)
    return ",".join(sorted(set(roles)))


class AccessTokenGenerator(PasswordResetTokenGenerator):
    """Links to a new password: they die also with a change of roles and with the closing of the account."""

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        base = super()._make_hash_value(user, timestamp)
        return f"{base}{user.is_active}{user.session_epoch}{rights_mark(user.person_id)}"


access_token_generator = AccessTokenGenerator()
