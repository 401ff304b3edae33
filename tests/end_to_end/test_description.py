"""Whatever fits openapi.yml, and much that does not, is answered by the real service as openapi.yml says."""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import checks
from schemathesis.config import SchemathesisConfig

from tests.api_client import ApiClient

pytestmark = [pytest.mark.servers, pytest.mark.model, pytest.mark.timeout(240)]


@pytest.fixture(scope="session")
def described(service_url):
    """The description that the service gives of itself."""
    with ApiClient(service_url) as client:
        client.http.post("/api/check", json={"text": "Hello"})  # the checker is loaded at its first call
    return schemathesis.openapi.from_url(f"{service_url}/openapi.json", config=SchemathesisConfig())


SCHEMA = schemathesis.pytest.from_fixture("described")


@SCHEMA.parametrize()
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_service_keeps_to_its_description(case, service_url):
    with ApiClient(service_url) as client:
        conversation = client.open()
        if "conversation_id" in (case.path_parameters or {}):
            case.path_parameters["conversation_id"] = conversation.id
            case.headers = {**(case.headers or {}), **conversation.headers}

        response = case.call(base_url=service_url, timeout=30)

        case.validate_response(
            response,
            checks=[
                checks.not_a_server_error,
                schemathesis.specs.openapi.checks.status_code_conformance,
                schemathesis.specs.openapi.checks.content_type_conformance,
                schemathesis.specs.openapi.checks.response_schema_conformance,
            ],
        )
