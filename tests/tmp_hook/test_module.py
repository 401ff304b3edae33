import pytest
pytest.skip("whole", allow_module_level=True)
