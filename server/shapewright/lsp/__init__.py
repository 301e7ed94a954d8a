"""The language server, one file a capability."""
