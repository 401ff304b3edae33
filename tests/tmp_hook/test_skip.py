import pytest
def test_a(): pytest.skip("no reason")
@pytest.mark.skip
def test_b(): pass
@pytest.mark.xfail(strict=True)
def test_c(): assert False
@pytest.fixture
def f(): pytest.skip("in a fixture")
def test_d(f): pass
