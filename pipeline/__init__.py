"""The story: options, graph, store and the command line."""
