"""A buffer's text and its tree: top-level statements, error-tolerant parsing, spans, positions in every encoding."""
