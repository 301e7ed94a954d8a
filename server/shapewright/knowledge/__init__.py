"""What library calls do, one rule a call. Checked against the installed library by tests/differential."""
