"""Beam's options, whose views are made once each. Importing this imports Beam."""

from typing import Any

from apache_beam.options.pipeline_options import PipelineOptions


class Options(PipelineOptions):
    """Options that keep their views.

    Beam asks for a view at every step of building a graph, over a thousand times for ours, and parses all
    words for each: 0.6 processor seconds a run. Views share their values, so one of a kind is enough.
    """

    def view_as(self, cls: type[Any]) -> Any:
        """The view, the same one every time."""
        views: dict[type[Any], Any] = self.__dict__.setdefault("_views", {})
        if cls not in views:
            views[cls] = super().view_as(cls)
        return views[cls]
