"""What the encoder reads at once is bounded, so that its memory is."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stemcheck.model.encoder import MAX_BATCH_TOKENS, MAX_TOKENS, PADDING, _batches, pad


@given(st.lists(st.integers(1, MAX_TOKENS), max_size=400))
def test_every_text_is_in_one_batch_and_no_batch_is_too_large(lengths):
    order = sorted(range(len(lengths)), key=lengths.__getitem__)

    made = list(_batches(order, lengths))

    assert [place for batch in made for place in batch] == order
    assert all(len(batch) * max(lengths[place] for place in batch) <= MAX_BATCH_TOKENS for batch in made)


def test_short_texts_share_a_batch():
    few, most = MAX_BATCH_TOKENS // 16, MAX_BATCH_TOKENS // MAX_TOKENS

    assert [len(batch) for batch in _batches(range(few), [16] * few)] == [few]
    assert [len(batch) for batch in _batches(range(most * 3), [MAX_TOKENS] * most * 3)] == [most] * 3


def test_shorter_texts_are_padded_and_masked():
    ids, mask = pad([[5, 6, 7], [8]])

    assert ids.tolist() == [[5, 6, 7], [8, PADDING, PADDING]]
    assert mask.tolist() == [[1, 1, 1], [1, 0, 0]]
    assert (ids.dtype, mask.dtype) == (np.int64, np.float32)
