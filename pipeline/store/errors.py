"""What can go wrong between runs of one store."""


class StoreError(Exception):
    """The store could not take the run; it reads as it did before."""


class StoreBusyError(StoreError):
    """Another run is writing to the store."""


class StoreConflictError(StoreError):
    """Another run committed to the store while this one was at work."""
