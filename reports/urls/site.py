"""Addresses of the site's pages in the cabinet."""

from django.urls import path

from reports.views import site

urlpatterns = [
    path("site/", site.site, name="site"),
    path("site/results/<int:pk>/", site.preview, name="site_preview"),
    path("site/results/<int:pk>/publish/", site.publish, name="site_publish"),
    path("site/results/<int:pk>/unpublish/", site.unpublish, name="site_unpublish"),
    path("site/news/new/", site.news_edit, name="news_new"),
    path("site/news/<int:pk>/", site.news_edit, name="news_edit"),
]
