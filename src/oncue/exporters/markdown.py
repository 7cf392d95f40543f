"""Markdown: a page for people who do not use oncue. Every flow in its sentence, coverage, and what is wrong."""

from collections.abc import Iterator

from oncue.analysis.cover import cover
from oncue.analysis.coverage import LEVELS, coverage
from oncue.analysis.wording import cell_words
from oncue.domain.checks import check_flow
from oncue.domain.wording import flow_sentence
from oncue.exporters.job import Exported, Job
from oncue.exporters.rules import exact
from oncue.text import counted
from oncue.workbench.escaping import markdown_text

LABEL = "Markdown"
FILE = "oncue.md"

_MOST_GAPS = 10


def export(job: Job, /) -> Exported:
    """The page. It runs nothing, so nothing is lost."""
    lines = [*_flows(job), *_coverage(job), *_problems(job)]
    return Exported({FILE: "\n".join(lines) + "\n"}, tuple(exact(each, job.grid) for each in job.narrowed))


def _flows(job: Job) -> Iterator[str]:
    flows = [each.flow for each in job.narrowed]
    yield f"# {markdown_text(job.config.name)}"
    yield ""
    yield f"{counted(len(flows), 'flow')} on {counted(len(job.config.instances), 'instance')}."
    channels = dict.fromkeys((*job.config.installed_channels, *sorted(each.trigger.channel for each in flows)))
    for channel in channels:
        here = [each for each in flows if each.trigger.channel == channel]
        if not here:
            continue
        yield from ("", f"## {markdown_text(job.config.channel_label(channel))}", "")
        for flow in here:
            yield f"- **{markdown_text(flow.name)}** (`{flow.id}`): {markdown_text(flow_sentence(flow, job.config))}"
            if flow.description.strip():
                yield f"  {markdown_text(flow.description)}"


def _coverage(job: Job) -> Iterator[str]:
    found = coverage(job.workspace)
    yield from ("", "## Coverage", "", "| kinds of event | for which |", "|---:|---|")
    for level, words in LEVELS.items():
        yield f"| {found.keys(level).bit_count():,} | {words} |"
    cells = cover(job.grid, found.keys("none")) if found.keys("none") else ()
    if cells:
        yield from ("", "Nobody answers, the largest first:", "")
        yield from (f"- {markdown_text(str(cell_words(each, job.config)))}" for each in cells[:_MOST_GAPS])
        if len(cells) > _MOST_GAPS:
            yield f"- and {counted(len(cells) - _MOST_GAPS, 'more group')}"


def _problems(job: Job) -> Iterator[str]:
    problems = [*job.workspace.problems]
    for each in job.narrowed:
        problems += check_flow(each.flow, job.config)
    yield from ("", "## Problems", "")
    if not problems:
        yield "None."
    yield from (f"- {markdown_text(str(each))}" for each in problems)
