"""The yardstick of pages: a Django application of one view, without middleware, database or templates.

script/bench serves it with the web server of the product and its settings; costs of pages are multiples of its.
"""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import re_path

from mentoring_site.front.application import Front


def view(request):
    """Answer two letters to any address."""
    return HttpResponse("ok")


urlpatterns = [re_path("", view)]

settings.configure(
    SECRET_KEY="yardstick", ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, MIDDLEWARE=[], INSTALLED_APPS=[]
)
application = Front(get_wsgi_application())
