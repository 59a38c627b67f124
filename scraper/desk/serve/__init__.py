"""The archive in a browser: Datasette on archive.db with a plugin of ours, read-only, on this machine.

Contract: no page runs a script or asks for anything outside the server; what a board sent is shown at rest, in a
sandbox; redacted posts stand on no page. Datasette is an extra: it is imported only when the desk is opened.
"""
