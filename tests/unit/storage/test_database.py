"""The connection: a new SQLite file may be opened by several processes at the same moment."""

from stemcheck.storage.database import create_engine
from tests.unit.storage.test_store import at_once


def open_and_close(url):
    engine = create_engine(url)
    with engine.connect():
        pass
    engine.dispose()


def test_new_file_may_be_opened_by_many_at_the_same_moment(tmp_path):
    for number in range(30):
        url = f"sqlite:///{tmp_path}/{number}.db"

        assert at_once(8, lambda url=url: open_and_close(url)) == [None] * 8
