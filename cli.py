"""The command line: one typer app of the commands in scraper/commands, and the one place where an exception becomes
a sentence and an exit code. The heavy imports stay inside the commands, so that --help is quick.
"""

from __future__ import annotations

import signal
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from scraper import __version__
from scraper.commands import boards, desk, gathering, keeping, posts, reporting, research, serving
from scraper.commands.stopping import signal_exit_code
from scraper.errors import Interrupted, SinmungoError


class Commands(TyperGroup):
    """The one place where an exception becomes a sentence and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        from scraper.console.text import fail

        try:
            return super().invoke(ctx)
        except Interrupted as error:
            fail(str(error))
            raise typer.Exit(signal_exit_code()) from error
        except SinmungoError as error:
            fail(f"{error}; {error.next_step}" if error.next_step else str(error))
            raise typer.Exit(error.exit_code) from error
        except KeyboardInterrupt as error:
            raise typer.Exit(130) from error
        except (typer.Exit, typer.Abort, TyperException):
            raise
        except Exception as error:
            if "--verbose" in sys.argv or "-v" in sys.argv:
                raise
            fail(f"a bug of ours: {type(error).__name__}: {error}; run it again with -v and report what it prints")
            raise typer.Exit(1) from error


class Command(TyperCommand):
    """Once a command has begun, Ctrl-C raises, and what is open is closed."""

    def invoke(self, ctx: Any) -> Any:
        if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        return super().invoke(ctx)


class App(typer.Typer):
    """Ctrl-C while the commands are only being put together ends without a traceback, too.

    The kernel ends the process then: what is raised inside the extensions that check the options would be swallowed.
    """

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        from scraper.console.streams import unheard

        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
        try:
            with unheard():
                return super().__call__(*args, **kwargs)
        except SinmungoError as error:  # the output could not be written
            from scraper.console.text import fail

            fail(str(error))
            sys.exit(error.exit_code)
        except KeyboardInterrupt:
            sys.exit(130)


app = App(
    cls=Commands,
    name="sinmungo",
    help="신문고 (新聞庫): archive the boards of Korean local newspapers, whole and for good.",
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"sinmungo {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


for _command in (
    *(gathering.demo, gathering.probe, gathering.add, gathering.crawl, gathering.sync, gathering.retry),
    *(boards.boards, boards.status, boards.runs, boards.audit, boards.failures, boards.layout, gathering.repair),
    *(posts.search, posts.show, posts.history),
    *(research.texts, research.cite, research.freq),
    *(desk.export, reporting.report, serving.serve, keeping.verify, keeping.reindex, keeping.doctor),
):
    app.command(cls=Command)(_command)


if __name__ == "__main__":
    app()
