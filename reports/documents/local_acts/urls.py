"""Addresses of local acts and of who reads them."""

from django.urls import path

from reports.documents.local_acts import views

urlpatterns = [
    path("acquaintance/acts/new/", views.local_act_new, name="local_act_new"),
    path("acquaintance/regulation/<int:pk>/", views.regulation_read, name="regulation_read"),
    path("acquaintance/laws/new/", views.laws_new, name="laws_new"),
    path("acquaintance/acts/<int:pk>/", views.local_act, name="local_act"),
    path("acquaintance/acts/<int:pk>/file/", views.local_act_file, name="local_act_file"),
    path("acquaintance/acts/<int:pk>/extend/", views.local_act_extend, name="local_act_extend"),
    path("acquaintance/acts/<int:pk>/remind/", views.local_act_remind, name="local_act_remind"),
    path("acquaintance/acts/<int:pk>/sheet/", views.local_act_sheet, name="local_act_sheet"),
    path("acquaintance/acts/<int:pk>/again/", views.local_act_again, name="local_act_again"),
    path("acquaintance/acts/<int:pk>/publish/", views.local_act_publish, name="local_act_publish"),
    path("acquaintance/readers/<int:pk>/read/", views.act_reader_read, name="act_reader_read"),
    path("acquaintance/readers/<int:pk>/sign/", views.act_reader_sign, name="act_reader_sign"),
    path("acquaintance/readers/<int:pk>/sheet/", views.act_reader_sheet, name="act_reader_sheet"),
    path("acquaintance/readers/<int:pk>/remind/", views.act_reader_remind, name="act_reader_remind"),
]
