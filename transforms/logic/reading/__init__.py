"""Reading: any dump to raw articles and rejects, every record to exactly one of the two."""

from transforms.logic.reading.content import Decision as Decision
from transforms.logic.reading.content import Outcome as Outcome
from transforms.logic.reading.inspecting import FileReport as FileReport
from transforms.logic.reading.inspecting import inspect_file as inspect_file
from transforms.logic.reading.limits import Limits as Limits
from transforms.logic.reading.shapes import Shape as Shape
from transforms.logic.reading.shapes import Shapes as Shapes
from transforms.logic.reading.shapes import load_shapes as load_shapes
from transforms.logic.reading.sniffing import FORMATS as FORMATS
from transforms.logic.reading.tasks import Opener as Opener
from transforms.logic.reading.tasks import ReadTask as ReadTask
from transforms.logic.reading.tasks import plan_tasks as plan_tasks
from transforms.logic.reading.tasks import read_task as read_task
from transforms.logic.reading.tasks import settings_for as settings_for
