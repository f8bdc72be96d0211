"""A pool that starts Beam's Python workers for one Flink TaskManager, on one address only.

Beam's own `worker_pool_main` listens on every address of the machine, and tells workers apart by an id that
each TaskManager counts for itself: two TaskManagers on one machine need a pool each, on their own addresses.
"""

import sys
import time

import grpc
from apache_beam.portability.api import beam_fn_api_pb2_grpc
from apache_beam.runners.worker.worker_pool_main import BeamFnExternalWorkerPoolServicer
from apache_beam.utils import thread_pool_executor

SIDE_INPUT_CACHE = 64 << 20


def serve(address: str) -> None:
    """Start workers as processes, of the `python` on the path, until the pool is ended."""
    server = grpc.server(thread_pool_executor.shared_unbounded_instance())
    pool = BeamFnExternalWorkerPoolServicer(
        use_process=True, state_cache_size=SIDE_INPUT_CACHE, data_buffer_time_limit_ms=-1
    )
    beam_fn_api_pb2_grpc.add_BeamFnExternalWorkerPoolServicer_to_server(pool, server)
    server.add_insecure_port(address)
    server.start()
    while True:
        time.sleep(3600)


if __name__ == "__main__":
    serve(sys.argv[1])
