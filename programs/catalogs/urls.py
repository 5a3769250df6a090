"""Addresses of the editable lists."""

from django.urls import path

from programs.catalogs import template_views, views

urlpatterns = [
    path("settings/lists/", views.index, name="lists"),
    path("programs/templates/", template_views.templates, name="templates"),
    path("programs/templates/materials/<int:pk>/", template_views.materials, name="template_materials"),
    path("programs/templates/materials/<int:pk>/<int:file_pk>/", template_views.material, name="template_material"),
    path(
        "programs/templates/materials/<int:pk>/<int:file_pk>/drop/",
        template_views.drop_material,
        name="template_material_drop",
    ),
    path("settings/lists/<slug:what>/new/", views.entry, name="lists_new"),
    path("settings/lists/<slug:what>/<int:pk>/", views.entry, name="lists_edit"),
]
