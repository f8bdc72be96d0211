"""Whether a store keeps its laws: each one a question whose answers are its breaches."""
