"""How a command presents itself: help in plain text, the same in a terminal, a pipe and a log."""

from typing import Any

from typer.core import TyperCommand


class ReaderGoneError(Exception):
    """The program that read our output has closed it."""


class Command(TyperCommand):
    """A command whose usage line reads as people write it: `run [OPTIONS] DUMP...`."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; a closed pipe leaves as our own error, since typer would exit with 1."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ReaderGoneError from error

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """The words of the usage line after the command's name."""
        pieces = super().collect_usage_pieces(ctx)
        return [piece.replace("{", "").replace("}", "") for piece in pieces]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Arguments by name alone, then options."""
        params = self.get_params(ctx)
        self._section("Arguments", [p for p in params if p.param_type_name == "argument"], ctx, formatter)
        self._section("Options", [p for p in params if p.param_type_name == "option"], ctx, formatter)

    @staticmethod
    def _section(title: str, params: list[Any], ctx: Any, formatter: Any) -> None:
        records = [record for p in params if (record := p.get_help_record(ctx)) is not None]
        if title == "Arguments":
            records = [(name.split(" <")[0], text) for name, text in records]
        if records:
            with formatter.section(title):
                formatter.write_dl(records)


class RunCommand(Command):
    """`run` also hands options on to Beam."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """The words of the usage line, with Beam's at the end."""
        return [*super().collect_usage_pieces(ctx), "[-- BEAM OPTIONS]"]
