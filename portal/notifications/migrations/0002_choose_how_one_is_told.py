from itertools import islice

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Value
from django.db.models.functions import Concat


def keep_what_was_chosen(apps, schema_editor):
    """Who wanted no mail of a category never gets it; what was told belongs to the thing it is about."""
    muted, choice = apps.get_model("notifications", "MutedCategory"), apps.get_model("notifications", "Choice")
    for batch in batched(muted.objects.order_by("pk").iterator(), 500):
        choice.objects.bulk_create(choice(user_id=row.user_id, category=row.category, mail="never") for row in batch)
    told = apps.get_model("notifications", "Notification").objects.exclude(kind="")
    told.update(thread=Concat("kind", Value(":"), "key"))


def batched(rows, size):
    """The rows, so many at a time."""
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        yield batch


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Choice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("category", models.CharField(max_length=40)),
                (
                    "mail",
                    models.CharField(
                        choices=[
                            ("at_once", "at once"),
                            ("daily", "once a day"),
                            ("weekly", "once a week"),
                            ("never", "never"),
                        ],
                        default="at_once",
                        max_length=10,
                    ),
                ),
                ("live", models.BooleanField(default=True)),
            ],
            options={
                "verbose_name": "choice of news",
                "verbose_name_plural": "choices of news",
            },
        ),
        migrations.CreateModel(
            name="Digest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("at_once", "at once"),
                            ("daily", "once a day"),
                            ("weekly", "once a week"),
                            ("never", "never"),
                        ],
                        max_length=10,
                    ),
                ),
                ("day", models.DateField()),
            ],
            options={
                "verbose_name": "digest",
                "verbose_name_plural": "digests",
            },
        ),
        migrations.CreateModel(
            name="MutedThread",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("thread", models.CharField(max_length=170)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "muted thing",
                "verbose_name_plural": "muted things",
            },
        ),
        migrations.CreateModel(
            name="QuietHours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("begins", models.TimeField(verbose_name="from")),
                ("ends", models.TimeField(verbose_name="until")),
            ],
            options={
                "verbose_name": "quiet hours",
                "verbose_name_plural": "quiet hours",
            },
        ),
        migrations.AddField(
            model_name="notification",
            name="dismissed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="put aside"),
        ),
        migrations.AddField(
            model_name="notification",
            name="thread",
            field=models.CharField(blank=True, max_length=170),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(fields=["user", "thread", "mailed_at"], name="notifications_by_thread"),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                condition=models.Q(
                    ("dismissed_at__isnull", True), ("mailed_at__isnull", True), ("read_at__isnull", True)
                ),
                fields=["category", "user"],
                name="notifications_to_gather",
            ),
        ),
        migrations.AddField(
            model_name="choice",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notification_choices",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="digest",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="digests", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="mutedthread",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="muted_threads", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="quiethours",
            name="user",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="quiet_hours", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="choice",
            constraint=models.UniqueConstraint(fields=("user", "category"), name="notifications_one_choice"),
        ),
        migrations.AddConstraint(
            model_name="digest",
            constraint=models.UniqueConstraint(fields=("user", "rhythm", "day"), name="notifications_one_digest"),
        ),
        migrations.AddConstraint(
            model_name="mutedthread",
            constraint=models.UniqueConstraint(fields=("user", "thread"), name="notifications_muted_thread_once"),
        ),
        migrations.RunPython(keep_what_was_chosen, migrations.RunPython.noop),
        migrations.DeleteModel(name="MutedCategory"),
    ]
