"""Addresses of the site's pages in the cabinet."""

from django.urls import path

from reports.site import views

urlpatterns = [
    path("site/", views.site, name="site"),
    path("site/results/publish/", views.publish_many, name="site_publish_many"),
    path("site/results/<int:pk>/", views.preview, name="site_preview"),
    path("site/results/<int:pk>/publish/", views.publish, name="site_publish"),
    path("site/results/<int:pk>/unpublish/", views.unpublish, name="site_unpublish"),
    path("site/news/new/", views.news_edit, name="news_new"),
    path("site/news/<int:pk>/", views.news_edit, name="news_edit"),
]
