"""sinmungo: the archiver for the boards of Korean local newspapers."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("sinmungo")
except PackageNotFoundError:  # run from a source tree that was never installed
    __version__ = "0.0.0"
