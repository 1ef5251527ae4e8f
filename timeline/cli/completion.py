"""`timeline completion`: what a shell needs to complete commands, options and company names."""

from __future__ import annotations

import click


@click.command(short_help="Print the shell's completion script.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    r"""Print the completion script for a shell.

    \b
    bash:  echo 'eval "$(timeline completion bash)"' >> ~/.bashrc
    zsh:   echo 'eval "$(timeline completion zsh)"' >> ~/.zshrc
    fish:  timeline completion fish > ~/.config/fish/completions/timeline.fish
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    if found is None:
        raise click.BadParameter(f"no completion for {shell}")
    click.echo(found(click.get_current_context().find_root().command, {}, "timeline", "_TIMELINE_COMPLETE").source())
