"""The report: one HTML file about an archive, without a script and without a request to anywhere."""
