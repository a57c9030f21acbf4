from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
# Addresses without a language: robots, sitemap.
machine_urls: list[URLPattern | URLResolver] = []
