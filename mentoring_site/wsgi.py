"""WSGI entry point for granian and other servers."""
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring_site.settings")
application = get_wsgi_application()
