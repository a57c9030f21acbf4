from django.urls import URLPattern

app_name = "office_desk"
urlpatterns: list[URLPattern] = []
