"""Events of the audit are written and never changed: the database itself refuses."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

POSTGRESQL = [
    """
    CREATE FUNCTION kernel_auditevent_refuse() RETURNS trigger AS $$
    BEGIN
        RAISE EXCEPTION 'audit events are never changed';
    END
    $$ LANGUAGE plpgsql
    """,
    """
    CREATE TRIGGER kernel_auditevent_unchanging BEFORE UPDATE OR DELETE ON kernel_auditevent
    FOR EACH ROW EXECUTE FUNCTION kernel_auditevent_refuse()
    """,
]
SQLITE = [
    f"""
    CREATE TRIGGER kernel_auditevent_no_{deed.lower()} BEFORE {deed} ON kernel_auditevent
    BEGIN SELECT RAISE(ABORT, 'audit events are never changed'); END
    """
    for deed in ("UPDATE", "DELETE")
]


def guard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the trigger of this database in place."""
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def unguard(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take it away again."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER kernel_auditevent_unchanging ON kernel_auditevent")
        schema_editor.execute("DROP FUNCTION kernel_auditevent_refuse()")
        return
    schema_editor.execute("DROP TRIGGER kernel_auditevent_no_update")
    schema_editor.execute("DROP TRIGGER kernel_auditevent_no_delete")


class Migration(migrations.Migration):
    """A trigger on the audit's table."""

    dependencies = [("kernel", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
