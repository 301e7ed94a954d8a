"""Open buffers, projects and settings, and what to analyse again after an edit. Knows no editor protocol."""
