from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_keep_what_is_known")]

    operations = [migrations.RemoveField(model_name="article", name="identity")]
