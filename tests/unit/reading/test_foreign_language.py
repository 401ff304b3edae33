"""Which language a message is in, and alarms in the widget's languages; short English is never foreign."""

import pytest
import yaml

from stemcheck.content.library import DATA_DIR
from stemcheck.content.safety_rule import build_safety_rule, graver
from stemcheck.model.foreign_alarms import load_alarms
from stemcheck.reading.foreign_language import english_words, load_foreign_reader
from tests.turns import LIBRARY

RULE = build_safety_rule(LIBRARY.safety)
WIDGET_LANGUAGES = ("de", "fr", "es", "it", "ar")
ALARMS = {
    "de": [
        "Ich will nicht mehr leben, ich nehme heute Abend alle Tabletten",
        "Ich bekomme keine Luft mehr, seit der Infusion",
    ],
    "fr": ["Je veux mourir, j'ai préparé tous mes comprimés", "Je n'arrive plus à respirer depuis la perfusion"],
    "es": ["Quiero morirme, ya no puedo más, voy a tomarme todas las pastillas", "No puedo respirar desde la infusión"],
    "it": ["Voglio morire, stasera prendo tutte le pastiglie", "Non riesco a respirare dopo l'infusione"],
    "ar": ["أريد أن أموت، لا أستطيع الاستمرار", "لا أستطيع التنفس بعد الحقنة"],
}
CALM = {
    "de": [
        "Was sind Stammzellen und wie teuer ist die Behandlung?",
        "Guten Tag, können Sie mir etwas über die Studie sagen?",
    ],
    "fr": [
        "Que sont les cellules souches et combien coûte le traitement ?",
        "Bonjour, pouvez-vous me parler de l'étude ?",
    ],
    "es": ["¿Qué son las células madre y cuánto cuesta el tratamiento?", "Buenos días, ¿me puede explicar el estudio?"],
    "it": ["Che cosa sono le cellule staminali e quanto costa la cura?", "Buongiorno, mi può spiegare lo studio?"],
    "ar": ["ما هي الخلايا الجذعية وكم يكلف العلاج؟", "مرحبا، هل يمكنك أن تشرح لي الدراسة؟"],
}
ENGLISH = [
    "hi", "ty", "cost?", "ok", "no", "thx a lot", "is it safe", "AHSCT?", "pls help", "what abt msc", "omg", "die", "hello there",
    "stem cells mexico", "dr said hsct", "ms", "no", "y", "si", "cure?", "u sure", "who pays", "lol ok", "and the risks?", "🙂",
    "Ocrevus or HSCT", "my neuro says no", "wat nxt", "idk rly", "media query", "irb wats dat",
    "wat is a stemcel", "Tijuana clinic legit?", "nope", "gracias", "merci", "",
]  # fmt: skip


@pytest.fixture(scope="module")
def reader():
    return load_foreign_reader(DATA_DIR, LIBRARY, load_alarms(LIBRARY))


@pytest.mark.parametrize("text", ENGLISH)
def test_short_english_is_never_foreign(reader, text):
    assert reader.detect(text) == ""


def test_messages_of_the_content_are_english(reader):
    messages = [
        message.text
        for situation in LIBRARY.situations.values()
        if situation.id != "bot/languages"
        for message in situation.tests
    ]
    foreign = [text for text in messages if reader.detect(text)]

    assert foreign == []


@pytest.mark.parametrize(("code", "text"), [(code, text) for code in CALM for text in (*CALM[code], *ALARMS[code])])
def test_language_is_known(reader, code, text):
    assert reader.detect(text) == code


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "ich will sterben"),
        ("fr", "aidez moi"),
        ("es", "no puedo respirar"),
        ("it", "voglio morire"),
        ("nl", "hoeveel kost dat"),
    ],
)
def test_few_words_of_another_language_are_known(reader, code, text):
    assert reader.detect(text) == code


@pytest.mark.parametrize(("code", "text"), [(code, text) for code in ALARMS for text in ALARMS[code]])
def test_alarm_in_a_language_of_the_widget_brings_a_card(reader, code, text):
    by_rule = RULE.find_in(text, code)
    card = graver(RULE.cards, by_rule.id if by_rule else "", reader.alarm(text, code))

    assert card in LIBRARY.safety
    assert LIBRARY.safety[card].languages[code].text


@pytest.mark.parametrize(("code", "text"), [(code, text) for code in CALM for text in CALM[code]])
def test_calm_message_brings_no_card(reader, code, text):
    assert reader.alarm(text, code) == ""


def test_language_without_examples_brings_no_card_by_this_way(reader):
    assert reader.alarm("Chcę umrzeć", "pl") == ""


@pytest.mark.parametrize("code", WIDGET_LANGUAGES)
def test_every_language_of_the_widget_has_alarms_and_a_notice(reader, code):
    assert code in reader.words and LIBRARY.languages[code].notice


@pytest.mark.parametrize("code", WIDGET_LANGUAGES)
def test_cards_of_the_examples_exist_in_that_language(code):
    rows = yaml.safe_load((DATA_DIR / "training" / "alarms" / f"{code}.yml").read_text("utf-8"))["messages"]

    for card in {row["card"] for row in rows} - {"none"}:
        assert code in LIBRARY.safety[card].languages


def test_word_counts_as_english_when_three_messages_hold_it():
    assert english_words(["My cells", "my cells?", "MY cells", "zebra", "cells"]) == {"my", "cells"}
