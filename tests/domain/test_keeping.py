from cotutor.domain.keeping import Keeping


def test_what_is_kept_is_one_of_four_things_said_in_plain_words() -> None:
    assert [f"{one}" for one in Keeping] == [
        "nothing kept",
        "this session only",
        "vault open",
        "vault locked",
    ]
