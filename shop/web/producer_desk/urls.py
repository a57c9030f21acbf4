from django.urls import URLPattern

app_name = "producer_desk"
urlpatterns: list[URLPattern] = []
