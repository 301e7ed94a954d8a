"""Rules for Keras."""
