import pytest

from cotutor.domain import errors
from cotutor.domain.errors import ContentProblems, CotutorError

EXIT_CODES = {
    errors.CotutorError: 1,
    errors.WrongUsage: 2,
    errors.NotAVault: 1,
    errors.VaultMissing: 1,
    errors.DiskFull: 1,
    errors.ReadOnly: 1,
    errors.WrongPassphrase: 3,
    errors.Damaged: 4,
    errors.InUse: 5,
    errors.NewerVersion: 6,
}


@pytest.mark.parametrize(("kind", "code"), EXIT_CODES.items())
def test_every_problem_has_its_message_and_the_exit_code_that_scripts_know(
    kind: type[CotutorError], code: int
) -> None:
    problem = kind("The disk is full. Make room and try again.")
    assert (problem.exit_code, problem.message) == (code, "The disk is full. Make room and try again.")
    assert str(problem) == problem.message


def test_no_problem_is_without_an_agreed_exit_code() -> None:
    kinds = {
        kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, CotutorError)
    }
    assert kinds == {*EXIT_CODES, ContentProblems}


def test_all_the_mistakes_of_a_file_are_reported_one_line_each() -> None:
    problem = ContentProblems(["my.toml: no title", "my.toml: no phases"])
    assert problem.problems == ("my.toml: no title", "my.toml: no phases")
    assert problem.message == "my.toml: no title\nmy.toml: no phases"
    assert str(problem) == problem.message
    assert problem.exit_code == 1
