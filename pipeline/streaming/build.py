"""The whole stream on one screen; what it shares with the batch is in `transforms`."""

from dataclasses import dataclass

import apache_beam as beam
from apache_beam.pvalue import PCollection

from pipeline.streaming.commit import CommitDeliveries, Committing
from pipeline.streaming.config import StreamConfig
from pipeline.streaming.kafka import StoredTopic
from pipeline.streaming.ledger import StoreLedger
from schemas.lexicon import Lexicon
from transforms.arrive import Arrived, ReadArrivals, Reading, ReadMessages
from transforms.panes import FireByDay, SetReplaysAside
from transforms.topic import ReadTopic
from transforms.watch import WatchFolder, Watching


@dataclass(frozen=True)
class StreamPlan:
    """What the graph is built from; `topic` is there when the config names one."""

    config: StreamConfig
    lexicon: Lexicon
    topic: StoredTopic | None = None

    @property
    def reading(self) -> Reading:
        """How what arrives is read and coded."""
        config = self.config
        return Reading(self.lexicon, config.lateness, config.format, config.mapping, config.keep_text)


def build_stream(root: beam.Pipeline, plan: StreamPlan) -> PCollection[str]:
    """The folder or the topic in, the ids of commits out, for as long as it runs."""
    if plan.topic is None:
        arrivals = root | "Watch" >> WatchFolder(watching(plan.config), StoreLedger(plan.config.store))
        return commit_arrived(arrivals | "Read" >> ReadArrivals(plan.reading), plan)
    messages = root | "Topic" >> ReadTopic(plan.topic.topic)
    return commit_arrived(messages | "Read" >> ReadMessages(plan.reading), plan)


def watching(config: StreamConfig) -> Watching:
    """How the folder of a stream is watched."""
    return Watching(
        config.folder,
        config.format,
        config.mapping,
        poll_seconds=min(config.every, 5.0),
        settle_seconds=config.settle,
        delay_days=config.delay,
        until_idle=config.until_idle,
    )


def commit_arrived(arrived: Arrived, plan: StreamPlan) -> PCollection[str]:
    """What has been read in, the ids of commits out."""
    config = plan.config
    first = arrived.articles | "Replays" >> SetReplaysAside(config.lateness)
    days = first.articles | "Fire" >> FireByDay(config.every, config.at_once)
    deliveries = (arrived.notes, first.notes, days) | "Deliveries" >> beam.Flatten()
    run_ids: PCollection[str] = deliveries | "Commit" >> CommitDeliveries(
        Committing(
            config.store,
            config.folder,
            plan.lexicon,
            config.dedup_window,
            config.at_once,
            plan.topic.identity if plan.topic else None,
        )
    )
    return run_ids
