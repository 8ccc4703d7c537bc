"""The lexer keeps every character, and finds forms, variables and escapes."""

import pytest
from hypothesis import given, strategies

from fingerpost.engine import tokens


@given(strategies.text())
def test_the_tokens_of_any_text_joined_are_the_text(text: str) -> None:
    assert "".join(token.text for token in tokens.tokens(text)) == text


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("# ASK\nPREFIX select: <http://select/> ask {}", "ASK"),
        ("BASE <http://x/> prefix a: <b:> construct where {}", "CONSTRUCT"),
        ("DESCRIBE <a:b>", "DESCRIBE"),
        ("INSERT DATA { <a:a> <a:b> 1 }", "UPDATE"),
        ("PREFIX insert: <a:> DELETE WHERE {}", "UPDATE"),
        ("\\u0053ELECT * {}", "SELECT"),
        ("", None),
        ("hello", None),
        ('"SELECT"', None),
        ("<SELECT>", None),
    ],
)
def test_the_form_of_a_text_is_its_first_keyword(text: str, form: str | None) -> None:
    assert tokens.form(text) == form


def test_a_hash_inside_an_iri_or_a_string_begins_no_comment() -> None:
    kinds = [token.kind for token in tokens.significant("<http://x/#a> '#b' # c")]
    assert kinds == ["iri", "string"]


def test_a_comment_hides_a_variable() -> None:
    variables = [t.text for t in tokens.tokens("?a # ?b\n$c") if t.kind == "variable"]
    assert variables == ["?a", "$c"]


def test_an_escaped_backslash_does_not_begin_a_codepoint_escape() -> None:
    assert tokens.unescape(r"\\u0041 \u0041") == r"\\u0041 A"


def test_an_escape_of_no_character_stays_as_it_is() -> None:
    assert tokens.unescape(r"\uD800 \UFFFFFFFF") == r"\uD800 \UFFFFFFFF"
