"""All addresses: the only module that imports every app."""
urlpatterns = []
