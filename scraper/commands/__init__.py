"""The commands: each takes its options, calls one function, prints through console, and says its exit code."""
