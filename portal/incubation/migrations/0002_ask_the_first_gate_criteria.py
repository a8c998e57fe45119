"""A new portal starts with criteria at every gate; the platform master changes them as they see fit."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from portal.incubation.criteria import FIRST_CRITERIA


def ask(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write the first criteria."""
    criterion = apps.get_model("incubation", "GateCriterion")
    criterion.objects.bulk_create(
        criterion(stage=stage, text=text, weight=weight, position=place)
        for stage, asked in FIRST_CRITERIA.items()
        for place, (text, weight) in enumerate(asked)
    )


class Migration(migrations.Migration):
    """The first criteria."""

    dependencies = [("incubation", "0001_initial")]
    operations = [migrations.RunPython(ask, migrations.RunPython.noop)]
