"""Addresses of the roadmap and the regulation."""

from django.urls import path

from roadmap.views import roadmaps, tasks

app_name = "roadmap"
urlpatterns = [
    path("roadmap/", roadmaps.roadmaps, name="roadmaps"),
    path("roadmap/new/", roadmaps.new, name="new"),
    path("roadmap/regulation/", roadmaps.regulation, name="regulation"),
    path("roadmap/<int:pk>/", roadmaps.roadmap, name="roadmap"),
    path("roadmap/<int:pk>/pdf/", roadmaps.pdf, name="pdf"),
    path("roadmap/<int:pk>/submit/", roadmaps.submit, name="submit"),
    path("roadmap/<int:pk>/return/", roadmaps.send_back, name="send_back"),
    path("roadmap/<int:pk>/stages/<int:stage_pk>/new/", tasks.edit, name="task_new"),
    path("roadmap/<int:pk>/tasks/<int:task_pk>/", tasks.task, name="task"),
    path("roadmap/<int:pk>/tasks/<int:task_pk>/edit/", tasks.edit, name="task_edit"),
    path("roadmap/<int:pk>/tasks/<int:task_pk>/drop/", tasks.drop, name="task_drop"),
    path("roadmap/<int:pk>/tasks/<int:task_pk>/done/", tasks.done, name="task_done"),
    path("roadmap/<int:pk>/tasks/<int:task_pk>/unmark/", tasks.unmark, name="task_unmark"),
]
