"""The store: Delta tables on disk, committed run by run. Importing it does not import Beam."""

from pipeline.store.errors import StoreBusyError as StoreBusyError
from pipeline.store.errors import StoreConflictError as StoreConflictError
from pipeline.store.errors import StoreError as StoreError
from pipeline.store.store import Store as Store
from transforms.logic.tables import TABLES as TABLES
