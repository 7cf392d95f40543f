import subprocess
from pathlib import Path

from tests.tui.hands import designer

from oncue.tui.git_watch import GitWatch


async def test_the_header_names_the_branch_and_a_repository_is_asked_once(acme: Path) -> None:
    subprocess.run(["git", "init", "-q", "-b", "trunk"], cwd=acme, check=True)
    async with designer(acme) as hands:
        assert "Acme  trunk 2 changed" in hands.inside("#header")
        assert hands.app.disk is not None
        watch = GitWatch()
        assert (await watch.look(acme, hands.app.disk.files)) == ("trunk", 2)
        assert (await watch.look(acme, hands.app.disk.files)) is None
        (acme / ".git/HEAD").write_text("ref: refs/heads/other\n")
        assert (await watch.look(acme, hands.app.disk.files)) == ("other", 2)


async def test_without_a_repository_it_is_the_name_alone(acme: Path) -> None:
    async with designer(acme) as hands:
        assert hands.inside("#header").split() == ["Acme", "saved"]
