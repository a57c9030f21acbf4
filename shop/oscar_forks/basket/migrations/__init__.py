"""Oscar's own basket migrations."""

from oscar.apps.basket import migrations as oscar_migrations

__path__ += oscar_migrations.__path__
