"""Oscar's own order migrations, followed by ours."""

from oscar.apps.order import migrations as oscar_migrations

__path__ += oscar_migrations.__path__
