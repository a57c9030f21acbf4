"""`manage.py migrate`: Django's own, with the `audit` views taken away before it and made anew after it."""

from django.core.management.commands.migrate import Command as Migrate
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from shop.operations.audit_views import create_views, drop_views, views_are_current


class Command(Migrate):
    def handle(self, *arguments, **options):
        if options["plan"] or options["check_unapplied"]:
            return super().handle(*arguments, **options)
        if options["app_label"] or something_waits():
            drop_views()
        super().handle(*arguments, **options)
        # On the way back to an older state the tables of this code's views need not be there.
        if not something_waits() and not views_are_current():
            create_views()
        return None


def something_waits() -> bool:
    """Whether the database lacks a migration of this code."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
