"""console: everything that reaches a terminal. Only it and cli.py print (DESIGN §2)."""
