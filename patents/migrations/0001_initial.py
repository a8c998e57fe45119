import datetime

import django.db.models.deletion
import djmoney.models.fields
from django.conf import settings
from django.db import migrations, models

import portal.kernel.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source_digest", models.CharField(db_index=True, max_length=64)),
                ("reader", models.CharField(max_length=40)),
                ("rows_done", models.PositiveIntegerField(default=0)),
                ("created", models.PositiveIntegerField(default=0)),
                ("updated", models.PositiveIntegerField(default=0)),
                ("unchanged", models.PositiveIntegerField(default=0)),
                ("rejected", models.PositiveIntegerField(default=0)),
                ("started_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
            },
        ),
        migrations.CreateModel(
            name="Classification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "scheme",
                    models.CharField(choices=[("cpc", "CPC"), ("ipc", "IPC")], max_length=3, verbose_name="scheme"),
                ),
                ("symbol", models.CharField(max_length=24, verbose_name="symbol")),
                ("title", models.CharField(blank=True, max_length=500, verbose_name="title")),
            ],
            options={
                "verbose_name": "classification",
                "verbose_name_plural": "classifications",
                "ordering": ("scheme", "symbol"),
                "constraints": [models.UniqueConstraint(fields=("scheme", "symbol"), name="classification_once")],
            },
        ),
        migrations.CreateModel(
            name="LicenceOffer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("public_id", portal.kernel.models.PublicIdField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("listed", "Listed"),
                            ("paused", "Paused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_index=True,
                        default="draft",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("paused_because", models.CharField(blank=True, max_length=500, verbose_name="why it is paused")),
                (
                    "model",
                    models.CharField(
                        choices=[("exclusive", "Exclusive"), ("sole", "Sole"), ("non_exclusive", "Non-exclusive")],
                        max_length=16,
                        verbose_name="kind of licence",
                    ),
                ),
                ("headline", models.CharField(max_length=200, verbose_name="headline")),
                ("field_of_use", models.CharField(blank=True, max_length=300, verbose_name="field of use")),
                ("territory", models.CharField(blank=True, max_length=300, verbose_name="territory")),
                ("terms", models.TextField(blank=True, max_length=20000, verbose_name="terms")),
                (
                    "price_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[
                            ("GBP", "British Pound"),
                            ("CNY", "Chinese Yuan"),
                            ("EUR", "Euro"),
                            ("INR", "Indian Rupee"),
                            ("JPY", "Japanese Yen"),
                            ("RUB", "Russian Ruble"),
                            ("CHF", "Swiss Franc"),
                            ("USD", "US Dollar"),
                        ],
                        default="EUR",
                        editable=False,
                        max_length=3,
                        null=True,
                    ),
                ),
                (
                    "price",
                    djmoney.models.fields.MoneyField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="price"
                    ),
                ),
                ("listed_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="listed")),
                (
                    "offered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="licence_offers",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="offered by",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="licence_offers",
                        to="accounts.organisation",
                        verbose_name="licensor",
                    ),
                ),
            ],
            options={
                "verbose_name": "licence offer",
                "verbose_name_plural": "licence offers",
            },
        ),
        migrations.CreateModel(
            name="LicenceRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("public_id", portal.kernel.models.PublicIdField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "Sent"),
                            ("under_review", "Under review"),
                            ("term_sheet", "Term sheet proposed"),
                            ("countered", "Counter-proposal made"),
                            ("agreed", "Agreed"),
                            ("declined", "Declined"),
                        ],
                        db_index=True,
                        default="sent",
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("purpose", models.TextField(max_length=4000, verbose_name="what it is for")),
                ("answer", models.TextField(blank=True, max_length=4000, verbose_name="answer")),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="patents.licenceoffer",
                        verbose_name="offer",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="licence_requests",
                        to="accounts.organisation",
                        verbose_name="for",
                    ),
                ),
                (
                    "requester",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="licence_requests",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="requested by",
                    ),
                ),
            ],
            options={
                "verbose_name": "licence request",
                "verbose_name_plural": "licence requests",
            },
        ),
        migrations.CreateModel(
            name="Patent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "number",
                    models.CharField(editable=False, max_length=40, unique=True, verbose_name="publication number"),
                ),
                ("country", models.CharField(db_index=True, max_length=4, verbose_name="office")),
                ("document_number", models.CharField(max_length=30, verbose_name="document number")),
                ("kind_code", models.CharField(blank=True, max_length=4, verbose_name="kind code")),
                ("title", models.CharField(blank=True, max_length=1000, verbose_name="title")),
                ("abstract", models.TextField(blank=True, verbose_name="abstract")),
                ("language", models.CharField(blank=True, max_length=10, verbose_name="language of the text")),
                ("claims", models.JSONField(blank=True, default=list, verbose_name="claims")),
                ("application_number", models.CharField(blank=True, max_length=40, verbose_name="application number")),
                ("family_key", models.CharField(blank=True, db_index=True, max_length=40, verbose_name="family")),
                (
                    "legal_status",
                    models.CharField(
                        choices=[
                            ("pending", "Pending"),
                            ("granted", "Granted"),
                            ("lapsed", "Lapsed"),
                            ("expired", "Expired"),
                            ("withdrawn_or_refused", "Withdrawn or refused"),
                            ("revoked", "Revoked"),
                            ("unknown", "Unknown"),
                        ],
                        default="unknown",
                        max_length=24,
                        verbose_name="legal status",
                    ),
                ),
                ("status_source", models.CharField(blank=True, max_length=80, verbose_name="says who")),
                ("status_date", models.DateField(blank=True, null=True, verbose_name="as of")),
                ("status_code", models.CharField(blank=True, max_length=40, verbose_name="code at the source")),
                ("priority_date", models.DateField(blank=True, null=True, verbose_name="priority date")),
                ("filing_date", models.DateField(blank=True, null=True, verbose_name="filed")),
                ("publication_date", models.DateField(blank=True, null=True, verbose_name="published")),
                ("grant_date", models.DateField(blank=True, null=True, verbose_name="granted")),
                ("expiry_date", models.DateField(blank=True, null=True, verbose_name="expires")),
                ("sort_date", models.DateField(default=datetime.date(1, 1, 1), editable=False)),
                ("source", models.CharField(blank=True, max_length=40, verbose_name="source")),
                ("source_licence", models.CharField(blank=True, max_length=200, verbose_name="terms of the source")),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="patents",
                        to="accounts.organisation",
                        verbose_name="held by",
                    ),
                ),
            ],
            options={
                "verbose_name": "patent",
                "verbose_name_plural": "patents",
            },
        ),
        migrations.AddField(
            model_name="licenceoffer",
            name="patent",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="offers",
                to="patents.patent",
                verbose_name="patent",
            ),
        ),
        migrations.CreateModel(
            name="Citation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("raw", models.CharField(max_length=120, verbose_name="as printed")),
                ("number", models.CharField(blank=True, db_index=True, max_length=40, verbose_name="canonical number")),
                ("sequence", models.PositiveSmallIntegerField(default=0)),
                (
                    "patent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="citations", to="patents.patent"
                    ),
                ),
            ],
            options={
                "verbose_name": "citation",
                "verbose_name_plural": "citations",
                "ordering": ("sequence", "id"),
            },
        ),
        migrations.CreateModel(
            name="PatentClassification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveSmallIntegerField(default=0)),
                (
                    "classification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="classified",
                        to="patents.classification",
                    ),
                ),
                (
                    "patent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="classified", to="patents.patent"
                    ),
                ),
            ],
            options={
                "ordering": ("classification__scheme", "sequence", "id"),
            },
        ),
        migrations.CreateModel(
            name="PatentParty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("applicant", "Applicant"), ("inventor", "Inventor"), ("owner", "Owner on record")],
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("sequence", models.PositiveSmallIntegerField(default=0)),
                (
                    "patent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parties", to="patents.patent"
                    ),
                ),
            ],
            options={
                "verbose_name": "party",
                "verbose_name_plural": "parties",
                "ordering": ("role", "sequence", "id"),
            },
        ),
        migrations.CreateModel(
            name="Pool",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="slug")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("summary", models.TextField(blank=True, max_length=4000, verbose_name="summary")),
                ("public", models.BooleanField(default=True, verbose_name="everyone may see it")),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pools",
                        to="accounts.organisation",
                        verbose_name="kept by",
                    ),
                ),
            ],
            options={
                "verbose_name": "pool",
                "verbose_name_plural": "pools",
            },
        ),
        migrations.CreateModel(
            name="PoolMembership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("joined_at", models.DateTimeField(auto_now_add=True, verbose_name="since")),
                (
                    "patent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pool_memberships",
                        to="patents.patent",
                    ),
                ),
                (
                    "pool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="patents.pool"
                    ),
                ),
            ],
            options={
                "verbose_name": "pool membership",
                "verbose_name_plural": "pool memberships",
            },
        ),
        migrations.AddField(
            model_name="pool",
            name="patents",
            field=models.ManyToManyField(related_name="pools", through="patents.PoolMembership", to="patents.patent"),
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveSmallIntegerField()),
                (
                    "side",
                    models.CharField(
                        choices=[("licensor", "Licensor"), ("licensee", "Licensee")], max_length=8, verbose_name="side"
                    ),
                ),
                ("text", models.TextField(max_length=10000, verbose_name="terms")),
                (
                    "price_currency",
                    djmoney.models.fields.CurrencyField(
                        choices=[
                            ("GBP", "British Pound"),
                            ("CNY", "Chinese Yuan"),
                            ("EUR", "Euro"),
                            ("INR", "Indian Rupee"),
                            ("JPY", "Japanese Yen"),
                            ("RUB", "Russian Ruble"),
                            ("CHF", "Swiss Franc"),
                            ("USD", "US Dollar"),
                        ],
                        default="EUR",
                        editable=False,
                        max_length=3,
                        null=True,
                    ),
                ),
                (
                    "price",
                    djmoney.models.fields.MoneyField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="price"
                    ),
                ),
                (
                    "royalty_percent",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="royalty in per cent"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="patents.licencerequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal",
                "verbose_name_plural": "proposals",
                "ordering": ("sequence",),
            },
        ),
        migrations.AddField(
            model_name="licencerequest",
            name="agreed_proposal",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="agreed_in",
                to="patents.proposal",
            ),
        ),
        migrations.CreateModel(
            name="SourceRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=40)),
                ("fingerprint", models.CharField(max_length=64)),
                (
                    "patent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="source_records", to="patents.patent"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="records", to="patents.importrun"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TermsConsent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="consents", to="patents.licenceoffer"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="patent",
            index=models.Index(fields=["-sort_date", "-id"], name="patent_by_date"),
        ),
        migrations.AddIndex(
            model_name="patent",
            index=models.Index(fields=["country", "document_number"], name="patent_by_document"),
        ),
        migrations.AddIndex(
            model_name="patent",
            index=models.Index(fields=["legal_status", "expiry_date"], name="patent_by_expiry"),
        ),
        migrations.AddConstraint(
            model_name="patent",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", ""), _negated=True), name="patent_has_a_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="licenceoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(("price__isnull", True), ("price__gte", 0), _connector="OR"),
                name="offer_price_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="citation",
            constraint=models.UniqueConstraint(fields=("patent", "raw"), name="citation_once_a_patent"),
        ),
        migrations.AddConstraint(
            model_name="patentclassification",
            constraint=models.UniqueConstraint(fields=("patent", "classification"), name="patent_classed_once"),
        ),
        migrations.AddConstraint(
            model_name="patentparty",
            constraint=models.UniqueConstraint(fields=("patent", "role", "name"), name="patent_party_once_a_role"),
        ),
        migrations.AddConstraint(
            model_name="poolmembership",
            constraint=models.UniqueConstraint(fields=("pool", "patent"), name="patent_once_a_pool"),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(fields=("request", "sequence"), name="proposal_one_a_place"),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("royalty_percent__isnull", True),
                    models.Q(("royalty_percent__gte", 0), ("royalty_percent__lte", 100)),
                    _connector="OR",
                ),
                name="proposal_royalty_is_a_share",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("price__isnull", True), ("price__gte", 0), _connector="OR"),
                name="proposal_price_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="licencerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "agreed"), _negated=True), ("agreed_proposal__isnull", False), _connector="OR"
                ),
                name="request_agreed_to_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="licencerequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["countered", "sent", "term_sheet", "under_review"])),
                fields=("offer", "requester"),
                name="request_one_open_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="sourcerecord",
            constraint=models.UniqueConstraint(fields=("patent", "fingerprint"), name="source_record_once"),
        ),
        migrations.AddConstraint(
            model_name="termsconsent",
            constraint=models.UniqueConstraint(fields=("offer", "user", "digest"), name="terms_consent_once"),
        ),
    ]
