"""Fingerprints: they follow the words, and nothing but the words."""

from __future__ import annotations

import unicodedata

from dpup import fingerprints


def test_a_fingerprint_is_twelve_digits_that_never_change() -> None:
    assert fingerprints.of("Write down why.", "Have we written down why?") == "9796f3a8c053"


def test_white_space_and_the_way_to_write_a_macron_make_no_difference() -> None:
    other = unicodedata.normalize("NFD", " Ask  the\nwhānau. ")
    assert fingerprints.of(other) == fingerprints.of("Ask the whānau.")


def test_any_other_change_of_the_words_makes_another_fingerprint() -> None:
    texts = [("a", "b"), ("a b",), ("b", "a"), ("a", "b."), ("A", "b"), ("whā",), ("wha",)]
    assert len({fingerprints.of(*words) for words in texts}) == len(texts)
