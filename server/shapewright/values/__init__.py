"""What an expression can be worth. All values are immutable; what changes lives in the interpreter's store."""
