"""The whole stream on one screen; what it shares with the batch is in `transforms`."""

from dataclasses import dataclass

import apache_beam as beam
from apache_beam.pvalue import PCollection

from pipeline.streaming.commit import CommitDeliveries, Committing
from pipeline.streaming.config import StreamConfig
from pipeline.streaming.ledger import StoreLedger
from schemas import Arrival
from schemas.lexicon import Lexicon
from transforms.arrive import ReadArrivals, Reading
from transforms.panes import FireByDay, SetReplaysAside
from transforms.watch import WatchFolder, Watching


@dataclass(frozen=True)
class StreamPlan:
    """What the graph is built from."""

    config: StreamConfig
    lexicon: Lexicon


def build_stream(root: beam.Pipeline, plan: StreamPlan) -> PCollection[str]:
    """The folder in, the ids of commits out, for as long as it runs."""
    config = plan.config
    watching = Watching(
        config.folder,
        config.format,
        config.mapping,
        poll_seconds=min(config.every, 5.0),
        settle_seconds=config.settle,
        delay_days=config.delay,
        until_idle=config.until_idle,
    )
    arrivals = root | "Watch" >> WatchFolder(watching, StoreLedger(config.store))
    return commit_arrivals(arrivals, plan)


def commit_arrivals(arrivals: PCollection[Arrival], plan: StreamPlan) -> PCollection[str]:
    """Arrived files in, the ids of commits out."""
    config, lexicon = plan.config, plan.lexicon
    arrived = arrivals | "Read" >> ReadArrivals(
        Reading(lexicon, config.lateness, config.format, config.mapping, config.keep_text)
    )
    first = arrived.articles | "Replays" >> SetReplaysAside(config.lateness)
    days = first.articles | "Fire" >> FireByDay(config.every, config.at_once)
    deliveries = (arrived.notes, first.notes, days) | "Deliveries" >> beam.Flatten()
    run_ids: PCollection[str] = deliveries | "Commit" >> CommitDeliveries(
        Committing(config.store, config.folder, lexicon, config.dedup_window, config.at_once)
    )
    return run_ids
