"""Real shells in a pseudo-terminal, in which keys complete a command line."""

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

PATIENCE = 30.0
"""Seconds until a shell that does not answer fails the test."""

_BASH = r"""
PS1='$ '; bind 'set enable-bracketed-paste off'; bind 'set bell-style none'
eval "$(oncue --completion bash)"
show() { printf '%s' "$READLINE_LINE" >"$ANSWER.new"; mv "$ANSWER.new" "$ANSWER"; }
bind -x '"\C-g": show'
printf ready >"$ANSWER"
"""

_ZSH = r"""
PS1='$ '; autoload -U compinit; compinit -u -D; unset zle_bracketed_paste; setopt no_beep
eval "$(oncue --completion zsh)"
show() { print -rn -- "$BUFFER" >"$ANSWER.new"; mv "$ANSWER.new" "$ANSWER"; }
zle -N show; bindkey '^G' show
print -n ready >"$ANSWER"
"""

_SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], _BASH),
    "zsh": (["zsh", "-f", "-i"], _ZSH),
}

ALL = "\x1b*"
"""The keys with which bash inserts everything that it could complete."""


class Shell:
    """A shell that knows ``oncue``."""

    def __init__(self, name: str, home: Path, folder: Path) -> None:
        self.name, self.home, self.folder = name, home, folder
        program = home / "oncue"
        program.write_text(f'#!/bin/sh\nexec {sys.executable} -m oncue "$@"\n')
        program.chmod(0o755)

    def completed(self, keys: str) -> str:
        """The command line after ``keys``."""
        arguments, start = _SHELLS[self.name]
        answer = self.home / "answer"
        rc = self.home / "start"
        rc.write_text(start)
        process, terminal = pty.fork()
        if not process:
            os.chdir(self.folder)
            os.execvpe(arguments[0], arguments, self.environment(answer))
        try:
            os.write(terminal, f" . {rc}\n".encode())
            assert _wait(terminal, answer) == "ready"
            answer.unlink()
            os.write(terminal, f"{keys}\x07".encode())
            return _wait(terminal, answer)
        finally:
            os.close(terminal)
            os.kill(process, 9)
            os.waitpid(process, 0)

    def environment(self, answer: Path) -> dict[str, str]:
        """The environment of the shell."""
        path = f"{self.home}{os.pathsep}{os.environ['PATH']}"
        return os.environ | {"PATH": path, "ANSWER": str(answer), "HOME": str(self.home), "TERM": "dumb"}


def fish_offers(home: Path, folder: Path, line: str) -> list[str]:
    """The words that fish would complete ``line`` to."""
    shell = Shell("fish", home, folder)
    script = "oncue --completion fish | source; complete -C $argv[1]"
    ran = subprocess.run(
        ["fish", "--no-config", "-c", script, line],
        cwd=folder,
        env=shell.environment(home),
        capture_output=True,
        timeout=PATIENCE,
        check=True,
    )
    return [row.split("\t")[0] for row in ran.stdout.decode(errors="replace").splitlines()]


def missing(shell: str) -> bool:
    """Whether ``shell`` is not on this machine."""
    return shutil.which(shell) is None


def _wait(terminal: int, answer: Path) -> str:
    """What the shell writes to ``answer``; what it writes to its terminal is read and dropped."""
    seen = b""
    until = time.monotonic() + PATIENCE
    while not answer.exists() or not answer.read_text():
        assert time.monotonic() < until, f"the shell did not answer: {seen.decode(errors='replace')}"
        if select.select([terminal], [], [], 0.02)[0]:
            seen += os.read(terminal, 65536)
    return answer.read_text()
