"""`timeline completion`: what a shell needs to complete commands, options and company names."""

from __future__ import annotations

import click

from timeline.cli.options import examples


@click.command(
    short_help="Print the shell's completion script.",
    epilog=examples(
        'eval "$(timeline completion bash)"                  in ~/.bashrc',
        'eval "$(timeline completion zsh)"                   in ~/.zshrc',
        "timeline completion fish > ~/.config/fish/completions/timeline.fish",
    ),
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script that lets a shell complete commands, options, companies, topics and kinds."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    if found is None:
        raise click.BadParameter(f"no completion for {shell}")
    click.echo(found(click.get_current_context().find_root().command, {}, "timeline", "_TIMELINE_COMPLETE").source())
