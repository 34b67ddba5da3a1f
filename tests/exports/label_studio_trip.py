"""Through Label Studio and back: a project with our configuration imports our tasks, every prediction is taken over as an
annotation, as by a reviewer who accepts it, and the project is exported, all by Label Studio's own interface.

    python tests/exports/label_studio_trip.py CONFIG.xml IN.json OUT.json

Label Studio runs in this process, with a database in a temporary folder. Needs the package of label_studio.txt, and no
network.
"""

import json
import logging
import os
import pathlib
import sys
import tempfile

config, source, target = map(pathlib.Path, sys.argv[1:])
folder = tempfile.TemporaryDirectory()
os.environ.update(
    LABEL_STUDIO_BASE_DATA_DIR=folder.name,
    DJANGO_DB="sqlite",
    DJANGO_SETTINGS_MODULE="core.settings.label_studio",
    COLLECT_ANALYTICS="false",
    LATEST_VERSION_CHECK="false",
    SENTRY_DSN="",
    FRONTEND_SENTRY_DSN="",
)
import label_studio  # noqa: E402

sys.path.insert(0, str(pathlib.Path(label_studio.__file__).parent))
import django  # noqa: E402

django.setup()
logging.disable(logging.CRITICAL)
from django.core.management import call_command  # noqa: E402

call_command("migrate", verbosity=0)
from organizations.models import Organization  # noqa: E402
from rest_framework.test import APIClient  # noqa: E402
from tasks.models import Prediction  # noqa: E402
from users.models import User  # noqa: E402

user = User.objects.create_user(email="reader@example.com", password="reader-reader")
user.active_organization = Organization.create_organization(created_by=user, title="vnfacts")
user.save()
client = APIClient()
client.force_authenticate(user)


def call(method, path, body=None):
    answer = getattr(client, method)(path, body, format="json")
    assert answer.status_code < 300, (path, answer.status_code, answer.content[:500])
    return answer


tasks = json.loads(source.read_text(encoding="utf-8"))
labels = {"title": "vnfacts", "label_config": config.read_text(encoding="utf-8")}
project = call("post", "/api/projects/", labels).json()["id"]
taken = call("post", f"/api/projects/{project}/import", tasks).json()
assert taken["task_count"] == taken["prediction_count"] == len(tasks), taken
for prediction in Prediction.objects.filter(task__project=project).order_by("id"):
    accepted = {"result": prediction.result, "parent_prediction": prediction.id}
    call("post", f"/api/tasks/{prediction.task_id}/annotations/", accepted)
exported = call("get", f"/api/projects/{project}/export?exportType=JSON")
target.write_bytes(b"".join(exported.streaming_content) if exported.streaming else exported.content)
