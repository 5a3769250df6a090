"""A template of ours that names a variable nobody gave is a mistake, and a test says which one.

``{% if x %}``, ``{% for %}`` and ``|default`` may ask for what is not there, as in Django itself. Templates of
libraries, and our copies of crispy's, keep Django's own manners.
"""

import copy
from pathlib import Path

from django.template.base import FilterExpression, Parser, VariableDoesNotExist

from tests import ROOT

TEMPLATES = ROOT / "templates"
BORROWED = ("bootstrap5",)
MAY_BE_ABSENT = {"default", "default_if_none"}


class Undefined(AssertionError):
    """A template of ours names a variable that is not in its context."""


class StrictExpression(FilterExpression):
    """An expression of one of our templates: an unknown variable is an error."""

    def resolve(self, context, ignore_failures=False):
        """Return the value as Django does. Raises ``Undefined`` for a variable that is not there."""
        if ignore_failures or not self.is_var or any(f.__name__ in MAY_BE_ABSENT for f, _ in self.filters):
            return super().resolve(context, ignore_failures)
        try:
            value = self.var.resolve(context)
        except VariableDoesNotExist as error:
            raise Undefined(f"{self.written_in}: {{{{ {self.token} }}}}: {error}") from None
        if not self.filters:
            return value
        known = copy.copy(self)
        known.var, known.is_var = value, False
        return super(StrictExpression, known).resolve(context)


def is_ours(origin) -> bool:
    """Return whether a template lies in our folder and is not a copy of a library's."""
    path = Path(str(getattr(origin, "name", "") or ""))
    return path.is_relative_to(TEMPLATES) and path.relative_to(TEMPLATES).parts[0] not in BORROWED


def compile_filter(parser, token):
    """Compile an expression, strictly where the template is ours (in place of ``Parser.compile_filter``)."""
    if not is_ours(getattr(parser, "origin", None)):
        return FilterExpression(token, parser)
    expression = StrictExpression(token, parser)
    expression.written_in = Path(parser.origin.name).relative_to(TEMPLATES)
    return expression


def switch_on():
    """Make every expression that is compiled from now on strict, where the template is ours."""
    Parser.compile_filter = compile_filter
