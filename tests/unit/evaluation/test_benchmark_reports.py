"""The pages that benchmarks write, from figures made up here."""

import numpy as np

from benchmarks import first_run, model
from benchmarks.services import service_environment


def test_download_is_what_the_installation_takes_longer_with_an_empty_cache():
    empty = dict(zip(first_run.STEPS, (1.0, 300.0, 60.0, 20.0), strict=True))
    full = {**empty, "install packages": 80.0}

    report = first_run.describe({"empty": empty, "full": full})

    assert "| install packages | 300 | 80 |" in report
    assert "| **all** | 381 | 161 |" in report
    assert "took 220 s" in report


def test_page_on_the_model_holds_both_engines_and_the_lowest_cosine():
    figures = {"messages": 0.5, "f1": {"claims": 0.9}, "ms": 5.0, "disk_mb": 135.0, "memory_mb": 200.0}
    report = model.describe({"float": {**figures, "ms": 20.0}, "int8": figures}, np.array([0.99, 0.95]))

    assert "| a text, ms | 20.0 | 5.0 |" in report
    assert "| F1 over types, claims | 0.9000 | 0.9000 |" in report
    assert "lowest 0.9500" in report


def test_measured_service_gets_ports_of_its_own(tmp_path):
    own, url = service_environment(tmp_path)

    assert len({value for name, value in own.items() if name.endswith("PORT")}) == 3
    assert url.endswith(own["STEMCHECK_PORT"])
