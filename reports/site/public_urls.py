"""Addresses of the public section."""

from django.urls import path

from reports.site import case_views, public_views

app_name = "public"
urlpatterns = [
    path("", public_views.home, name="home"),
    path("mentoring-programs/", public_views.programs, name="programs"),
    path("results/", public_views.results, name="results"),
    path("cases/", case_views.cases, name="cases"),
    path("cases/<int:pk>/", case_views.case, name="case"),
    path("cases/files/<int:pk>/", case_views.case_file, name="case_file"),
    path("materials/", case_views.materials, name="materials"),
    path("materials/<int:pk>/", case_views.material, name="material"),
    path("materials/files/<int:pk>/", case_views.material_file, name="material_file"),
    path("people-in-mentoring/", public_views.people, name="people"),
    path("people-in-mentoring/<uuid:key>.jpg", public_views.photo, name="photo"),
    path("documents/", public_views.documents, name="documents"),
    path("documents/regulation/", public_views.regulation, name="regulation"),
    path("documents/school-acts/<int:pk>/", public_views.local_act_file, name="local_act_file"),
    path("documents/acts/<int:pk>/", public_views.legal_act_file, name="legal_act_file"),
    path("documents/roadmap/<int:year>/", public_views.roadmap, name="roadmap"),
    path("events/", public_views.events, name="events"),
    path("news/", public_views.news, name="news"),
    path("news/<int:pk>/", public_views.news_item, name="news_item"),
    path("accessibility/", public_views.accessibility, name="accessibility"),
    path("robots.txt", public_views.robots, name="robots"),
    path("verify/<str:code>/", public_views.verify, name="verify"),
]
