"""Oscar's own partner migrations, followed by ours."""

from oscar.apps.partner import migrations as oscar_migrations

__path__ += oscar_migrations.__path__
