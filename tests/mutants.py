"""Counts how many small mistakes in the rules and in the writing half the tests find.

`python tests/mutants.py` lets mutmut make the mistakes, one at a time, in what `[tool.mutmut]` of
`pyproject.toml` names, and runs the tests that pass through the changed function. With names of
mutants, such as `dialogue.text.*`, it runs these anew; without, only what is not decided yet.
`mutmut results` lists what survived, `mutmut show NAME` shows one.

mutmut would start pytest for each mutant, which takes most of the time. Here tests are collected
once, and each mutant is a fork of the process that has them.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from mutmut import __main__ as mutmut
from mutmut.configuration import config
from mutmut.mutation.data import SourceFileMutationData
from mutmut.runners.harness import ListAllTestsResult, TestRunner
from mutmut.state import state
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import (
    change_cwd,
    copy_also_copy_files,
    copy_src_dir,
    setup_source_paths,
    walk_mutatable_files,
)
from mutmut.workers.isolation import ForkRunner

LEAST = 0.85
ROOT = Path.cwd()
COPY = ROOT / "mutants"
# Rules are proven without a database, whatever else passes through them.
PROVEN_BY = {"dialogue": "tests/unit/", "data_access": "tests/database/"}


class CollectedTests(TestRunner):
    """Runs tests of one pytest session again and again."""

    def __init__(self, session: pytest.Session) -> None:
        self._session = session
        self._items = {each.nodeid: each for each in session.items}
        self._passed: set[str] = set()

    def run_stats(self, *, tests: Iterable[str]) -> int:
        """Run tests, and note which functions each passes through."""
        for name in list(tests) or self._items:
            state()._stats.clear()
            if failed := self._run([name]):
                return failed
            self._passed.add(name)
            for function in state()._stats:
                if name.startswith(PROVEN_BY[function.partition(".")[0]]):
                    state().tests_by_mangled_function_name[function].add(name)
        return 0

    def run_tests(self, *, mutant_name: str | None, tests: Iterable[str]) -> int:
        """Run tests until one fails; all where none is named, but for what has just passed."""
        if mutant_name is None:
            return self._run(each for each in tests or self._items if each not in self._passed)
        self._session.config.pluginmanager.unregister(name="terminalreporter")
        return self._run(tests)

    def run_forced_fail(self) -> int:
        """Run the tests while every function that can be changed fails."""
        return self._run(self._items)

    def list_all_tests(self) -> ListAllTestsResult:
        """List the tests that were collected."""
        return ListAllTestsResult(ids=set(self._items))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note how long a test took."""
        durations = state().duration_by_test
        durations[report.nodeid] = durations.get(report.nodeid, 0) + report.duration

    def _run(self, names: Iterable[str]) -> int:
        before = self._session.testsfailed
        with change_cwd(COPY):
            for name in names:
                item = self._items[name]
                # With the session as what comes next, what was made for all tests stays.
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=self._session)
                if self._session.testsfailed > before:
                    return 1
        return 0


class MutantsOfSession:
    """Tries mutants where pytest would run its tests."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names

    def pytest_configure(self) -> None:
        """Let Hypothesis try the same examples for each mutant, on a machine that may be busy."""
        from hypothesis import Phase, settings  # pytest rewrites it when it is first imported

        phases = [Phase.explicit, Phase.generate]
        settings.register_profile(
            "mutants", deadline=None, derandomize=True, database=None, phases=phases
        )
        settings.load_profile("mutants")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Let mutmut try them on the tests of the session."""
        tests = CollectedTests(session)
        session.config.pluginmanager.register(tests)

        # Without `debug` it closes the streams of a fork, which pytest takes for a failure.
        runner = ForkRunner(1, tests, debug=True)
        with change_cwd(ROOT), pytest.MonkeyPatch.context() as patch:
            patch.setattr(mutmut, "get_mutant_runner", lambda _: runner)
            mutmut._run(tuple(self._names), 1)
        return True


def main(names: Sequence[str]) -> int:
    """Make and try mutants; return 1 where too many survive."""
    COPY.mkdir(exist_ok=True)
    copy_src_dir()
    copy_also_copy_files()
    setup_source_paths()
    mutmut.create_mutants(1)
    folders = {each.partition(".")[0] for each in names} or PROVEN_BY.keys()
    proving = tuple(PROVEN_BY[each] for each in folders)
    tests = [
        each for each in config().pytest_add_cli_args_test_selection if each.startswith(proving)
    ]
    arguments = ["--rootdir=.", "-q", *config().pytest_add_cli_args, *tests]
    with change_cwd(COPY):
        pytest.main(arguments, plugins=[MutantsOfSession(names)])
    return report()


def report() -> int:
    """Print what became of the mutants of each folder; return 1 where too many survived."""
    folders: dict[str, Counter[str]] = {}
    for path in walk_mutatable_files():
        data = SourceFileMutationData(path=path)
        data.load()
        counts = folders.setdefault(str(path.parent), Counter())
        counts.update(status_by_exit_code[each] for each in data.exit_code_by_key.values())
    total = sum(folders.values(), Counter[str]())
    for name, counts in {**folders, "all": total}.items():
        print(f"{name:32} {counts.total():5} mutants, {_killed(counts):5} killed: ", end="")
        print(f"{_share(counts):6.1%}", dict(counts))
    return int(_share(total) < LEAST)


def _killed(counts: Counter[str]) -> int:
    return counts["killed"] + counts["timeout"]


def _share(counts: Counter[str]) -> float:
    return _killed(counts) / max(1, counts.total())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
