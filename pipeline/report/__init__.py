"""The report: what a store says of a period, as one HTML file that needs nothing else."""

from pipeline.report.calendar import Span, Unit
from pipeline.report.model import Report
from pipeline.report.queries import read_report
from pipeline.report.render import render_report

__all__ = ["Report", "Span", "Unit", "read_report", "render_report"]
