"""Addresses of requests of access."""

from django.urls import path

from people.access import office_views, role_views, views

urlpatterns = [
    path("settings/access/", views.access_requests, name="access_requests"),
    path("settings/access/slips/", office_views.slips, name="access_slips"),
    path("settings/access/ask/<str:kind>/<int:pk>/", views.access_ask, name="access_ask"),
    path("settings/access/<int:pk>/", views.access_request, name="access_request"),
    path("settings/access/<int:pk>/release/", views.access_release, name="access_release"),
    path("settings/access/<int:pk>/refuse/", views.access_refuse, name="access_refuse"),
    path("settings/access/<int:pk>/slip/", views.access_slip, name="access_slip"),
    path("settings/access/<int:pk>/mine/", views.access_mine, name="access_mine"),
    path("settings/access/<int:pk>/not-mine/", views.access_not_mine, name="access_not_mine"),
    path("settings/access/<int:pk>/note/", views.access_note, name="access_note"),
    path("settings/roles/give/", role_views.role_give, name="role_give"),
    path("settings/roles/offices/", office_views.offices, name="offices"),
    path("settings/roles/acting/", role_views.acting, name="acting"),
]
