"""What the network reads at once is bounded, so that its memory is."""

from hypothesis import given
from hypothesis import strategies as st

from stemcheck.network.network import MAX_TOKENS, MOST_TOKENS, batches


@given(st.lists(st.integers(1, MAX_TOKENS), max_size=400))
def test_every_text_is_in_one_batch_and_no_batch_is_too_large(lengths):
    order = sorted(range(len(lengths)), key=lengths.__getitem__)

    made = list(batches(order, lengths))

    assert [index for batch in made for index in batch] == order
    assert all(len(batch) * max(lengths[index] for index in batch) <= MOST_TOKENS for batch in made)


def test_short_texts_share_a_batch():
    assert [len(batch) for batch in batches(range(64), [32] * 64)] == [64]
    assert [len(batch) for batch in batches(range(64), [MAX_TOKENS] * 64)] == [MOST_TOKENS // MAX_TOKENS] * 4
