"""A stream of arriving files: what it is told, its graph, its commits, and how it is run and shown."""
