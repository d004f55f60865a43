"""A problem has the public shape."""

from kashiwa_desktop.domain.problem import Problem


def test_the_public_shape_names_code_text_and_record():
    problem = Problem("twice", "念のためご確認ください。", "title", "r1")
    assert problem.fields() == {
        "code": "twice",
        "text": "念のためご確認ください。",
        "record": "r1",
    }
    assert not problem.blocking
