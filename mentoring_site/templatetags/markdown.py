"""``{{ text|markdown }}``: Markdown as clean HTML."""

from django import template

from mentoring_site.markdown import render

register = template.Library()
register.filter("markdown", render)
