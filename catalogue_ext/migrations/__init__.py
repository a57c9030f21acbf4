"""Oscar's own catalogue migrations, followed by ours."""

from oscar.apps.catalogue import migrations as oscar_migrations

__path__ += oscar_migrations.__path__
