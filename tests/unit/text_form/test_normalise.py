"""However a text arrives, it reads the same, and places lead back to the letters that came."""

import time
import unicodedata
from string import ascii_lowercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.text_variants import VARIANTS
from stemcheck.text_form.lookalikes import read_alphabets
from stemcheck.text_form.mapped_text import MAX_CHARS
from stemcheck.text_form.normalise import normalise_letters, normalise_text

CURE = "Our stem cells cure MS."
SENTENCES = (
    "The study asks whether stem cells are safe in MS, and it does not say that they cure it. "
    "You shouldn't stop your medicine after a stem cell treatment; ask your MS team first."
)
MAX_SECONDS = 0.3  # of processor time, for the longest text

ARRIVES_AS = {
    # hard-wrapped
    "The study asks whether stem cells are\nsafe in MS.": "The study asks whether stem cells are safe in MS.",
    "Half a year later my\nneurologist told me I could leave off\nOcrevus.": (
        "Half a year later my neurologist told me I could leave off Ocrevus."
    ),
    "Our stem cells\r\ncure multiple\r\nsclerosis": "Our stem cells cure multiple sclerosis",
    "> Our stem cells\n> cure MS.": CURE,
    ">> Our stem cells\n>> cure MS.": CURE,
    "The treat-\nment is long-\nterm": "The treatment is long-term",
    # letters
    "𝗢𝘂𝗿 𝘀𝘁𝗲𝗺 𝗰𝗲𝗹𝗹𝘀 𝗰𝘂𝗿𝗲 𝗠𝗦.": CURE,
    "𝓞𝓾𝓻 𝓼𝓽𝓮𝓶 𝓬𝓮𝓵𝓵𝓼 𝓬𝓾𝓻𝓮 𝓜𝓢.": CURE,
    "𝔒𝔲𝔯 𝔰𝔱𝔢𝔪 𝔠𝔢𝔩𝔩𝔰 𝔠𝔲𝔯𝔢 𝔐𝔖.": CURE,
    "𝙾𝚞𝚛 𝚜𝚝𝚎𝚖 𝚌𝚎𝚕𝚕𝚜 𝚌𝚞𝚛𝚎 𝙼𝚂.": CURE,
    "Ⓞⓤⓡ ⓢⓣⓔⓜ ⓒⓔⓛⓛⓢ ⓒⓤⓡⓔ ⓂⓈ.": CURE,
    "Ｏｕｒ　ｓｔｅｍ　ｃｅｌｌｓ　ｃｕｒｅ　ＭＳ．": CURE,
    "ᴏᴜʀ sᴛᴇᴍ ᴄᴇʟʟs ᴄᴜʀᴇ ᴍs.": "our stem cells cure ms.",
    "🅾🆄🆁 🆂🆃🅴🅼 🅲🅴🅻🅻🆂": "OUR STEM CELLS",
    "🄾🅄🅁 🅂🅃🄴🄼 🄲🄴🄻🄻🅂": "OUR STEM CELLS",
    "Stem cells do 𝗻𝗼𝘁 cure MS.": "Stem cells do not cure MS.",
    "Our stem cells сurе МЅ.": CURE,
    "Оur ѕtеm сеllѕ сurе МЅ.": CURE,
    "O\u0336u\u0336r\u0336 stem cells cure MS.": CURE,
    "Our stem cells c\u200bu\u200dr\u2060e MS.": CURE,
    "Our stem cells cu\u00adre MS.": CURE,
    "Our\u00a0stem cells cure\u202fMS.": CURE,
    "🇨 🇺 🇷 🇪 for MS": "CURE for MS",
    "C U R E for MS": "CURE for MS",
    "Zoe\u0308 Smith": "Zoë Smith",
    # wrong encodings and entities
    "Stem cells donâ€™t cure MS.": "Stem cells don’t cure MS.",
    "You shouldn&#39;t stop it.": "You shouldn't stop it.",
    "You shouldn&amp;#39;t stop it.": "You shouldn't stop it.",
    "You shouldn&rsquo;t stop&nbsp;it.": "You shouldn’t stop it.",
    # chats
    "[12/03/2026, 10:15:22] Ana: Our stem cells cure MS.": CURE,
    "12/03/26, 10:15 - Ana: Our stem cells cure MS.": CURE,
    "3/12/26, 10:15 PM - Ana Smith: Our stem cells cure MS.": CURE,
    "[10:15] Ana: Our stem cells cure MS.": CURE,
    "Ana, [12.03.2026 10:15]\nOur stem cells cure MS.": CURE,
    "[10:15] Stem cells cure MS: no": "Stem cells cure MS: no",
    "Ana — Today at 10:15\nOur stem cells cure MS.": CURE,
    "\u200e[12.03.26, 10:15:22] ~ Ana: Our stem cells cure MS.": CURE,
    # mails
    "On Mon, 3 Mar 2026 at 10:15, Ana <a@ms.example> wrote:\n> Our stem cells cure MS.": CURE,
    "From: Ana <a@ms.example>\nTo: me\nSubject: Fwd: News\n\nOur stem cells cure MS.": f"News\n\n{CURE}",
    "---------- Forwarded message ---------\nOur stem cells cure MS.": CURE,
    # links, Markdown, hashtags
    "https://ms.example/stem-cells-do-not-cure-ms": "",
    "www.ms.example/can-stem-cells-cure-ms": "",
    "Our [stem cells](https://ms.example/a_(b)) cure MS.": CURE,
    "**Our stem cells** cure *MS*.": CURE,
    "****Our stem cells**** cure MS.": CURE,
    "[b]Our stem cells[/b] cure MS.": CURE,
    "#StemCellsCureMS": "Stem Cells Cure MS",
    "#stemcellscurems": "stem cells cure ms",
    "#stem_cells_cure": "stem cells cure",
    # emoji
    "Our stem cells cure MS. 🎉🎉": CURE,
    "🎉 Our stem cells cure MS": "• Our stem cells cure MS",
    "Stem cells do 🚫 cure MS": "Stem cells do not cure MS",
    "I can 🚶 again": "I can walk again",
    # tables
    "Cure\tguaranteed": "Cure | guaranteed",
}
STAYS = (
    "Better balance\nLess fatigue\nMore energy",
    "better balance\nless fatigue\nmore energy",
    "Why choose us\nOur stem cells are yours.",
    "- better balance\n- less fatigue",
    "1. better balance\n2. less fatigue",
    "Стволовые клетки лечат рассеянный склероз",
    "Τα βλαστοκύτταρα θεραπεύουν τη σκλήρυνση",
    "幹細胞治療は多発性硬化症を治す",
    "لا أستطيع التنفس",
    "TNF-α, IFN-β and 3 * 4 * 5 or a_b_c",
    "São Paulo, naïve, Zoë, ÜBER",
    "5 < 6 and R&D",
    "No. 1 at 10:15, e.g. this",
    "Is it a & b?",
    "No side effects.It works at 10:15 - Arrival: cells",
    "Q: Is it safe?\nA: Yes.\nQ: Does it cure?\nA: No.",
    "[Stem cells] cure MS: no",
    "The clinic said:\nWe cure MS.",
)


@pytest.mark.parametrize("text", ARRIVES_AS)
def test_text_reads_as_if_it_had_come_plain(text):
    assert normalise_text(text).text == ARRIVES_AS[text]


@pytest.mark.parametrize("text", STAYS)
def test_plain_text_and_other_languages_stay(text):
    assert normalise_text(text).text == text


@pytest.mark.parametrize("alphabet", read_alphabets())
def test_decorated_alphabets_read_as_a_to_z(alphabet):
    without_accents = unicodedata.normalize("NFKD", normalise_letters(alphabet)).encode("ascii", "ignore").decode()

    assert without_accents.lower() == ascii_lowercase


@pytest.mark.parametrize("name", sorted(set(VARIANTS) - {"capitals", "curly quotes"}))
def test_every_measured_variant_reads_the_same(name):
    assert normalise_text(VARIANTS[name](SENTENCES)).text == SENTENCES


@pytest.mark.parametrize("name", VARIANTS)
def test_places_in_a_variant_lead_to_the_same_words(name):
    dressed = VARIANTS[name](SENTENCES)
    form = normalise_text(dressed)
    start = form.text.lower().index("does not say")

    begin, end = form.place(start, start + len("does not say"))

    assert normalise_text(dressed[begin:end]).text.lower() == "does not say"


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_has_places_in_order_within_the_original(text):
    form = normalise_text(text)

    assert len(form.starts) == len(form.ends) == len(form.text) <= max(len(text), MAX_CHARS)
    assert list(form.starts) == sorted(form.starts)
    assert all(0 <= start <= end <= len(text) for start, end in zip(form.starts, form.ends, strict=True))


MARKS = [
    "> ",
    "\n",
    "\r\n",
    "**",
    "_",
    "[a](b)",
    "&#39;",
    "<p>",
    "</p>",
    "<a ",
    "#MsCure",
    "🎉",
    "❌",
    "сurе",
    "\u200b",
    "[10:15] A: ",
]
PIECES = st.sampled_from(["stem", "cells", "Cure", "MS", ".", "?", " ", "-", *MARKS])


@settings(deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_a_letter_of_the_plain_text_stands_at_its_place_or_was_translated(text):
    form = normalise_text(text)

    for place, letter in enumerate(form.text):
        start, end = form.place(place, place + 1)
        if end - start == 1 and letter.isascii() and letter.isalpha() and text[start].isascii():
            assert text[start] == letter


WORST = [
    "a ",
    "a\n",
    "😀",
    "❌",
    "ﷺ",
    "*a",
    "_a_ ",
    "[a](",
    "> ",
    "#a",
    "#stem",
    "a@",
    "www.a ",
    "<p>",
    "<a ",
    "<!--",
    "<p x='",
]
WORST += [
    "&#39;",
    "â€™",
    "e\u0301\u0336",
    "Д",
    "сurе ",
    "🇨",
    "\u200b",
    "12/03/26, 10:15 - A: b\n",
    "On a\n",
    "From: a\n",
    "\t",
]
WORST += [
    "a.b",
    "a.com ",
    "a-\nb",
    "`",
    "~a~ ",
    "\\*",
    "ᑕ",
    "a b c d ",
    "[",
    "A, [",
    "**a ",
    "<script>",
    "a" * 99 + " ",
    "-\n",
    "On a wrote",
]


@pytest.mark.parametrize("word", WORST)
def test_the_longest_text_is_normalised_at_once(word):
    text = (word * MAX_CHARS)[:MAX_CHARS]
    normalise_text(word * 3)

    began = time.process_time()
    form = normalise_text(text)

    assert time.process_time() - began < MAX_SECONDS
    assert len(form.text) <= MAX_CHARS
