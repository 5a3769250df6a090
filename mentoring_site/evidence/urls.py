"""Addresses of evidence."""

from django.urls import path

from mentoring_site.evidence import views

app_name = "evidence"
urlpatterns = [
    path("evidence/add/<slug:code>/<int:pk>/", views.add, name="add"),
    path("evidence/of/<slug:code>/<int:pk>/", views.day, name="day"),
    path("evidence/<int:pk>/", views.page, name="page"),
    path("evidence/<int:pk>/renew/", views.renew, name="renew"),
    path("evidence/<int:pk>/remove/", views.remove, name="remove"),
    path("evidence/<int:pk>/back/", views.back, name="back"),
    path("evidence/files/<int:pk>/", views.file, name="file"),
    path("evidence/files/<int:pk>/small/", views.small, name="small"),
]
