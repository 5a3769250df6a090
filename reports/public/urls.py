"""Addresses of the public section."""

from django.urls import path

from reports.public import views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("programmes/", views.programmes, name="programmes"),
    path("results/", views.results, name="results"),
    path("people-in-mentoring/", views.people, name="people"),
    path("documents/", views.documents, name="documents"),
    path("documents/regulation/", views.regulation, name="regulation"),
    path("documents/roadmap/<int:year>/", views.roadmap, name="roadmap"),
    path("news/", views.news, name="news"),
    path("news/<int:pk>/", views.news_item, name="news_item"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("robots.txt", views.robots, name="robots"),
    path("verify/<str:code>/", views.verify, name="verify"),
]
