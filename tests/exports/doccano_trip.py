"""Through doccano and back: imports a file with doccano's own code, exports it with doccano's own code.

    python tests/exports/doccano_trip.py IN.jsonl OUT.jsonl

doccano runs in this process, with a database in a temporary folder. Needs the package of doccano.txt, and no network.
"""

import logging
import os
import pathlib
import shutil
import sys
import tempfile

source, target = map(pathlib.Path, sys.argv[1:])
folder = tempfile.TemporaryDirectory()
os.environ.update(
    DATABASE_URL=f"sqlite:///{folder.name}/db.sqlite3", DJANGO_SETTINGS_MODULE="config.settings.development"
)
import backend  # noqa: E402

sys.path.insert(0, str(pathlib.Path(backend.__file__).parent))
import django  # noqa: E402

django.setup()
logging.disable(logging.CRITICAL)
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402

call_command("migrate", verbosity=0)
from data_export.celery_tasks import create_collaborative_dataset  # noqa: E402
from data_export.pipeline.factories import create_formatter, create_writer  # noqa: E402
from data_import.datasets import load_dataset  # noqa: E402
from data_import.pipeline.catalog import RELATION_EXTRACTION, create_file_format  # noqa: E402
from data_import.pipeline.readers import FileName  # noqa: E402
from projects.models import SequenceLabelingProject  # noqa: E402

user = get_user_model().objects.create(username="reader")
project = SequenceLabelingProject.objects.create(
    name="vnfacts",
    description="",
    project_type="SequenceLabeling",
    created_by=user,
    allow_overlapping=True,
    use_relation=True,
    collaborative_annotation=True,
)
names = [FileName(full_path=str(source), generated_name=source.name, upload_name=source.name)]
dataset = load_dataset(RELATION_EXTRACTION, create_file_format("JSONL"), names, project, encoding="utf_8")
dataset.save(user)
errors = [error.dict() for error in dataset.errors]
assert not errors, errors
out = pathlib.Path(folder.name) / "out"
out.mkdir()
form = "JSONL"
create_collaborative_dataset(project, str(out), False, create_formatter(project, form), create_writer(form))
shutil.move(out / "all.jsonl", target)
