"""Words of news and the frame or relation that they find, in both languages (tests/words_of_news.yaml)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from graph.vocabulary.finding import search
from graph.vocabulary.frames import frames, themes
from graph.vocabulary.reader import standard

NEWS = yaml.safe_load(Path(__file__).with_name("words_of_news.yaml").read_text("utf-8"))
#: How many words of each theme are looked for in each language, at least.
DOZEN = 12


def _best(word: str) -> set[str]:
    """What is found with the greatest weight."""
    hits = search(word, standard(), frames())
    return {hit.found.key for hit in hits if hit.weight == hits[0].weight}


@pytest.mark.slow
@pytest.mark.parametrize("theme", NEWS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_word_of_news_finds_what_says_it(theme: str, language: str) -> None:
    wanted = [(word, name) for name, words in NEWS[theme].items() for word in words[language]]
    assert len({word for word, _ in wanted}) >= DOZEN
    missed = {word: (name, sorted(_best(word))) for word, name in wanted if name not in _best(word)}
    assert missed == {}


def test_each_theme_lists_what_its_words_find() -> None:
    assert list(themes()) == list(NEWS)
    assert {
        theme: set(NEWS[theme]) - set(names) for theme, names in themes().items() if set(NEWS[theme]) - set(names)
    } == {}


def test_what_a_theme_lists_can_be_found_in_both_languages() -> None:
    known = {**standard().relations, **frames()}
    listed = {name for names in themes().values() for name in names}
    assert {name for name in listed if not (known[name].verbs.get("en") and known[name].verbs.get("es"))} == set()


@pytest.mark.parametrize("word", ["xyzzy", "", "!"])
def test_a_word_that_says_nothing_finds_nothing(word: str) -> None:
    assert search(word, standard(), frames()) == []


@pytest.mark.parametrize(("word", "never"), [("matar", "subject-matter"), ("son", "reason-for"), ("live", "deliver")])
def test_a_short_word_is_no_piece_of_another(word: str, never: str) -> None:
    assert never not in {hit.found.key for hit in search(word, standard(), frames())}


def test_each_part_of_a_phrase_counts() -> None:
    assert _best("step down") == {"resignation", "resigned-from"}


#: What harms whoever stands at its end, by the kind that it harms: a pardon supposes a sentence.
HARMS = {
    "fined": "person", "suspended": "person", "pardoned": "person", "seized": "person", "questioned": "person",
    "released": "person", "imposed-sanctions-on": "company", "abducted": "person", "insolvent": "company",
    "damaged": "company", "fled-from": "authority", "discharged": "company", "endangers": "person",
    "neglected": "person", "ignored": "person", "concealed": "authority", "misled": "company", "lied-to": "person",
    "insulted": "person", "harassed": "person",
}  # fmt: skip


@pytest.mark.parametrize(("name", "kind"), HARMS.items())
def test_what_can_harm_somebody_is_sensitive(name: str, kind: str) -> None:
    sensitive = standard().relations[name].sensitive
    assert sensitive is True or (sensitive is not False and kind in sensitive)


def test_no_two_words_of_the_vocabulary_share_an_address() -> None:
    known = standard()
    addresses = [each.iri for words in (known.relations, known.kinds) for each in words.values()]
    addresses += [term.iri for term in known.terms]
    assert [iri for iri, times in Counter(addresses).items() if times > 1] == []
