"""Addresses of the roadmap, the regulation and the minutes of the council."""

from django.urls import path

from roadmap.views import minutes, minutes_edit, roadmaps, tasks

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
    path("council/minutes/", minutes.minutes_list, name="minutes_list"),
    path("council/minutes/new/", minutes_edit.new, name="minutes_new"),
    path("council/minutes/<int:pk>/", minutes.minutes, name="minutes"),
    path("council/minutes/<int:pk>/minutes.pdf", minutes.pdf, name="minutes_pdf"),
    path("council/minutes/<int:pk>/extract.pdf", minutes.extract, name="minutes_extract"),
    path("council/minutes/<int:pk>/scan/file/", minutes.scan_file, name="minutes_scan_file"),
    path("council/minutes/<int:pk>/edit/", minutes_edit.edit, name="minutes_edit"),
    path("council/minutes/<int:pk>/sign/", minutes_edit.sign, name="minutes_sign"),
    path("council/minutes/<int:pk>/scan/", minutes_edit.scan, name="minutes_scan"),
    path("council/minutes/<int:pk>/discard/", minutes_edit.discard, name="minutes_discard"),
    path("council/minutes/<int:pk>/items/new/", minutes_edit.item, name="item_new"),
    path("council/minutes/<int:pk>/items/<int:item_pk>/edit/", minutes_edit.item, name="item_edit"),
    path("council/minutes/<int:pk>/items/<int:item_pk>/drop/", minutes_edit.item_drop, name="item_drop"),
]
