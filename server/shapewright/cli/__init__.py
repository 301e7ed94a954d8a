"""The `shapewright` command, one file a subcommand."""
