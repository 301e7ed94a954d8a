"""From a mismatch to a finding: where the mistake was made, in plain words, with repairs that are proven."""
