"""Addresses of amendments."""

from django.urls import path

from programs.changes.amendment import views

urlpatterns = [
    path("programs/<int:pk>/amendment/new/", views.new, name="amendment_new"),
    path("changes/amendment/<int:pk>/edit/", views.edit, name="amendment_edit"),
    path("changes/amendment/<int:pk>/lines/new/", views.line, name="amendment_line_new"),
    path("changes/amendment/<int:pk>/lines/<int:number>/", views.line, name="amendment_line"),
    path("changes/amendment/<int:pk>/lines/<int:number>/drop/", views.line_drop, name="amendment_line_drop"),
    path("changes/amendment/<int:pk>/agree/<int:participation>/", views.agree, name="amendment_agree"),
    path("changes/amendment/<int:pk>/disagree/<int:participation>/", views.disagree, name="amendment_object"),
]
