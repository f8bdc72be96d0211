"""Feeds: a store's tables in the places that dashboards read."""
