"""Who may do something, in words derived from the rights, for sentences of templates."""

from django import template

from people.rights import Right

register = template.Library()


@register.simple_tag
def who_may(code: str) -> str:
    """Return «куратор или системный администратор» for ``{% who_may "accounts.manage" %}``.

    Raises ValueError for an unknown code of a right.
    """
    return Right(code).who
