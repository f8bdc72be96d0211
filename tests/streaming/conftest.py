"""Prism, and pipelines on it."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import PipelineOptions

from pipeline.streaming.running import PRISM_SETTINGS

Streaming = Callable[[], AbstractContextManager[beam.Pipeline]]


@pytest.fixture(scope="session")
def prism() -> str:
    """The program, built by .ci/stream."""
    program = os.environ.get("WIRETALLY_TEST_PRISM")
    if not program:
        pytest.skip("WIRETALLY_TEST_PRISM names no Prism")
    return program


@pytest.fixture(scope="session")
def streaming(prism: str) -> Streaming:
    """A pipeline on Prism that has ended when the block has."""

    @contextmanager
    def opened() -> Iterator[beam.Pipeline]:
        words = ["--streaming", "--runner=PrismRunner", f"--prism_location={prism}", *PRISM_SETTINGS]
        with beam.Pipeline(options=PipelineOptions(words)) as root:
            yield root

    return opened
