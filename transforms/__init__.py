"""How articles flow: one PTransform for each stage."""
