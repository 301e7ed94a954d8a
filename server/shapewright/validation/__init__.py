"""Real Keras, in a locked room, asked to confirm what the analysis says."""
