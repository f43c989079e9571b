"""A case's own relations in format 2, written as those of format 1: one label is enough, phrases follow by rule.

relations: {moored-beside: lies moored beside; es está amarrado junto a; takes node; reverse has-beside-it}
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...vocabulary.grammar import IRREGULAR, SPANISH, derived, english_past, english_present
from ...vocabulary.model import numbered
from ...vocabulary.predicates import spanish_predicate
from ...words import message
from ...yaml.reader import Table, Text, Value
from .files import Part
from .marks import marked, row, table
from .tokens import LineError, tokens

#: Both forms of a word that agrees: `{is|are}`.
_PAIR = re.compile(r"\{[^{}|]+\|[^{}|]+\}")
_PAST = re.compile(r"^\{was\|were\}")
#: Third person, base form.
_ENGLISH = {"is": "be", "has": "have", "does": "do", "goes": "go"}
_KEYS = ("takes", "reverse", "sensitive", "accused", "single", "judgement", "counts", "undirected")


def relation_table(part: Part, text: Text, language: str) -> Table:
    """One relation: its label, then what else the writer gives, after semicolons."""
    label, *rest = (piece.strip() for piece in text.split(";"))
    if "{" in _PAIR.sub("", text) or "}" in _PAIR.sub("", text):
        part.error(text, max(text.find("{"), 0), "has a brace that is no pair.", "Write both forms: {is|are} near.")
        label = label.replace("{", "").replace("}", "")
    labels = {language: label}
    fields: dict[str, Value | str] = {}
    for piece in rest:
        word, _, value = piece.partition(" ")
        value = value.strip().strip('"')
        if word in ("en", "es") and value:
            if word in labels:
                part.error(text, max(text.find(piece), 0), f'has two labels in "{word}": "{labels[word]}", "{value}".',
                           f"The first one is in the case's first language, {language}. Write: "
                           f"{value}; {'en' if word == 'es' else 'es'} {labels[word]}.")  # fmt: skip
            labels[word] = value
        elif word == "takes" and value:
            fields["takes"] = row([kind.strip() for kind in value.split(",")], text)
        elif word == "reverse" and value:
            fields["inverse"] = value
        elif word == "counts" and value:
            fields["counts"] = value
        elif word == "sensitive":
            fields["sensitive"] = row([kind.strip() for kind in value.split(",")], text) if value else "true"
        elif word == "accused" and value:
            fields["accused"] = row([end.strip() for end in value.split(",")], text)
        elif word in ("single", "judgement"):
            fields[word] = "true"
        elif word == "undirected":
            fields["directed"] = "false"
        else:
            part.error(
                text,
                max(text.find(piece), 0),
                f'has "{piece}" in the relation "{label}".',
                f"Write en, es, or one of {', '.join(_KEYS)}, with its value.",
            )
    given = labels.get("en") or labels.get("es") or label
    both = {tag: labels.get(tag) or given for tag in ("en", "es")}
    plain = {tag: numbered(words, False) for tag, words in both.items()}
    return table(
        {
            "label": table(plain, text),
            "gloss": table({tag: f"A {words} B" for tag, words in plain.items()}, text),
            "en": table(_english(both["en"]) if "en" in labels else _foreign(both["en"], "en"), text),
            "es": table(_spanish(both["es"]) if "es" in labels else _foreign(both["es"], "es"), text),
            **fields,
        },
        text,
    )


def _english(label: str) -> dict[str, Value | str]:
    label = _PAST.sub("was", label)
    verb, _, rest = label.partition(" ")
    tail = f" {rest}" if rest else ""
    if match := _NOT.fullmatch(label):
        return _english_not(match)
    if verb in ("was", "were"):
        return {"accepted": f"{{was|were}}{tail}", "infinitive": f"be{tail}"}
    if verb in _MODALS:
        infinitive, denied = _MODALS[verb]
        said = f"{{is|are}} said {'not ' if verb == 'cannot' else ''}to {infinitive.removeprefix('not ')}{tail}"
        return {"accepted": label, "said": said, "denied": f"{denied}{tail}", "infinitive": f"{infinitive}{tail}"}
    if verb.endswith("ed") and verb not in IRREGULAR:
        # What the infinitive of a regular past is, cannot be told from it: `used`, `focused`.
        return {
            "accepted": label,
            "said": "{is|are} said to have " + label,
            "denied": "{is|are} said not to have " + label,
            "infinitive": "have " + label,
        }
    if pair := re.fullmatch(r"\{(\w+)\|(\w+)\}", verb):
        verb = pair[1]
    if verb in IRREGULAR and IRREGULAR[verb] != "be":
        return {"accepted": label, "infinitive": IRREGULAR[verb] + tail}
    base = _ENGLISH.get(verb) or re.sub(r"(?<=[^aeiou][^aeiou])ies$|(?<=[aeiou][^aeiou])ies$", "y", verb)
    if base == verb:
        base = re.sub(r"(?<=ss|sh|ch|zz)es$|(?<=[^s])s$", "", verb)
    return {"accepted": english_present(base + tail), "infinitive": base + tail}


#: Modal verbs, which have no infinitive → what stands for it, and what denies them.
_MODALS = {"can": ("be able to", "cannot"), "could": ("be able to", "could not"), "cannot": ("not be able to", "can"),
           "must": ("have to", "need not")}  # fmt: skip
_NOT = re.compile(r"(?:\{(?P<one>is|does|has)\|\w+\}|(?P<verb>is|does|has|was|did|had)) not (?P<rest>.+)")


def _english_not(match: re.Match[str]) -> dict[str, Value | str]:
    """`does not back`, `is not part of`: what is not so is never told as if it were."""
    verb, rest = match["one"] or match["verb"], match["rest"]
    if verb == "has":
        return {"accepted": f"{{has|have}} not {rest}", "said": f"{{is|are}} said not to have {rest}",
                "denied": f"{{has|have}} {rest}", "infinitive": f"not have {rest}"}  # fmt: skip
    infinitive = {"is": f"not be {rest}", "was": f"not be {rest}", "has": f"not have {rest}", "had": f"not have {rest}"}
    base = infinitive.get(verb, f"not {rest}")
    return {"accepted": match[0] if verb in ("did", "had") else english_past(base) if verb == "was"
            else english_present(base), "infinitive": base}  # fmt: skip


def _foreign(label: str, language: str) -> dict[str, Value | str]:
    """A label in another language stands in quotation marks: no rule of this one inflects it."""
    if language == SPANISH:
        words = message(language, "quote.words", words=numbered(label, False))
        tied, infinitive = (message(language, f"quote.{key}", words=words) for key in ("tied", "tie"))
        _, denied = derived(spanish_predicate(tied)[0], infinitive, language)
        said = message(language, "phrase.reportedly", label=words)
        return {"accepted": words, "said": said, "denied": denied, "infinitive": infinitive}
    agreeing, _, past = spanish_predicate(label)
    one, several = (message(language, "quote.words", words=numbered(agreeing, many)) for many in (False, True))
    # Only what states what is agrees with its subject: that tells it from what happened.
    accepted = one if past else f"{{{one}|{several}}}"
    infinitive = message(language, "quote.tie", words=one)
    said, denied = derived(accepted, infinitive, language)
    return {"accepted": accepted, "said": said, "denied": denied, "infinitive": infinitive}


def _spanish(label: str) -> dict[str, Value | str]:
    accepted, infinitive, _ = spanish_predicate(label)
    said, denied = derived(accepted, infinitive, "es")
    return {"accepted": accepted, "said": said, "denied": denied, "infinitive": infinitive}


#: What a name may have for when it is named again in a sentence.
NAMED_AGAIN = ("short", "pronoun")


def name_table(part: Part, text: Text, kind: str, languages: tuple[str, ...], editor: str) -> Table:
    """One name: `Norvik Terminals, Ltd.; called Norvik; plural`."""
    name, *rest = (piece.strip() for piece in text.split(";"))
    names = {languages[0]: name}
    aliases: list[str] = []
    fields: dict[str, Value | str] = {"kind": kind}
    for piece in rest:
        word, _, value = piece.partition(" ")
        value = value.strip()
        if word == "called" and value:
            aliases.append(value)
        elif word in ("en", "es") and value:
            names[word] = value
        elif word in NAMED_AGAIN and value:
            fields[word] = marked(value, text)
        elif piece in ("plural", "confidential"):
            fields[piece] = "true"
        elif word == "wikidata" and (match := re.fullmatch(r"(\S+) \(checked (\S+)\)", value)):
            fields["same_as"] = table({"wikidata": match[1], "checked_by": editor or "?", "on": match[2]}, text)
        else:
            part.error(
                text,
                max(text.find(piece), 0),
                f'has "{piece}" behind the name {name}.',
                "Write called NAME, es NAME, short NAME, pronoun she, plural, confidential, or wikidata Q30 "
                "(checked 2026-11-24).",
            )
    if aliases:
        fields["aliases"] = row(aliases, text)
    fields["name"] = table(names, text) if len(names) > 1 else marked(name, text)
    return table(fields, text)


def editor_of(text: str) -> tuple[str, str]:
    """`Desk <address>` as who it is and how to reach them."""
    match = re.fullmatch(r"(.*?)\s*<([^<>]+)>", text)
    return (match[1], match[2]) if match else (text, "")


def frame_parts(part: Part, key: Text, text: Text, known: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """A case's own frame: `by, what, sum; tie by salvaged what` as its parts and its ties."""
    first, *rest = text.split(";")
    parts = {}
    for word in (piece.strip() for piece in first.split(",")):
        if word in known:
            parts[word] = known[word]
        else:
            part.error(text, max(text.find(word), 0), f'has the part "{word}" in the frame {key}.',
                       f"Use {', '.join(sorted(known))}.")  # fmt: skip
    ties = []
    for piece in rest:
        try:
            words = [token.text for token in tokens(piece)]
        except LineError as error:
            part.error(text, error.at, error.what, error.remedy)
            continue
        if words[:1] == ["tie"]:
            ties.append(" ".join(words[1:]))
        else:
            part.error(text, max(text.find(piece.strip()), 0), f'has "{piece.strip()}" in the frame {key}.',
                       "Write: by, what; tie by salvaged what.")  # fmt: skip
    return parts, ties
