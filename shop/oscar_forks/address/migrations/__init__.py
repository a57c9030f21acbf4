"""Oscar's own address migrations, followed by ours."""

from oscar.apps.address import migrations as oscar_migrations

__path__ += oscar_migrations.__path__
