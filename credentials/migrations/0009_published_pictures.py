from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("credentials", "0008_frozen_documents"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishedPicture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "upload_hash",
                    models.CharField(max_length=40, verbose_name="hash of the upload"),
                ),
                (
                    "focal_point",
                    models.CharField(blank=True, max_length=16, verbose_name="focal point"),
                ),
                ("shape", models.CharField(max_length=100, verbose_name="shape")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("width", models.PositiveIntegerField(verbose_name="width")),
                ("height", models.PositiveIntegerField(verbose_name="height")),
            ],
            options={
                "verbose_name": "published picture",
                "verbose_name_plural": "published pictures",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["upload_hash", "focal_point", "shape"],
                        name="one_picture_per_upload",
                    )
                ],
            },
        ),
    ]
