"""Oscar's admin pages point at the user; superusers may look."""

from django.contrib import admin

from .models import User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    search_fields = ("email", "phone", "first_name", "last_name")
    fields = ("email", "phone", "first_name", "last_name", "is_active", "is_staff", "date_joined")
    readonly_fields = fields
