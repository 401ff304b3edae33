"""Every setting, read once from the environment (prefix STEMCHECK_) or from the file `.env`."""

from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseSettings, Field, ValidationError, validator

ROOT = Path(__file__).resolve().parents[1]
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class SettingsError(ValueError):
    """A setting has a value that cannot be used; the message names the variable."""


class Settings(BaseSettings):
    """What an operator may set; docs/operations.md explains each one."""

    host: str = Field("127.0.0.1", description="Address that the web service listens on.")
    port: int = Field(8000, ge=1, le=65535, description="Port of the web service, the only public one.")
    rasa_port: int = Field(5005, ge=1, le=65535, description="Port of Rasa, on loopback alone.")
    actions_port: int = Field(5055, ge=1, le=65535, description="Port of the action server, on loopback alone.")
    database_url: str = Field(
        f"sqlite:///{ROOT / 'var' / 'stemcheck.db'}", description="SQLAlchemy address of the database."
    )
    secret_file: Path = Field(
        ROOT / "var" / "secret", description="File with the secret that signs tokens; made at first start."
    )
    outbox_folder: Path = Field(
        ROOT / "var" / "outbox", description="Folder for turns that the database refused, until it takes them."
    )
    models_folder: Path = Field(ROOT / "models", description="Folder of the trained models.")
    sentence_model: Path | None = Field(None, description="Folder with another copy of the sentence model.")
    data_folder: Path = Field(ROOT / "data", description="Folder of the content.")
    masking_file: Path = Field(
        ROOT / "data" / "masking.yml", description="File that says what is masked before it is stored."
    )
    token_days: float = Field(7, gt=0, description="Days after which a visitor's token expires.")
    retention_days: float = Field(90, gt=0, description="Days without activity after which a conversation is erased.")
    reply_seconds: float = Field(8, gt=0, lt=10, description="Seconds that the web service waits for Rasa's reply.")
    rate_limits: str = Field(
        "on", regex="^(on|off)$", description="`off` only for scoring and benchmarks on one machine."
    )
    visitor_messages_per_minute: int = Field(20, gt=0, description="Messages a minute of one conversation.")
    address_messages_per_minute: int = Field(
        120, gt=0, description="Calls a minute that reach Rasa or the checker, of one address."
    )
    address_conversations_per_hour: int = Field(60, gt=0, description="New conversations an hour of one address.")
    messages_at_once: int = Field(
        64, gt=0, description="Messages of all conversations that are answered or wait at once; more get a 503."
    )
    checks_at_once: int = Field(
        2, gt=0, description="Texts that `POST /api/check` reads at once; eight more may wait, and others get a 503."
    )
    fetch_links: str = Field(
        "off",
        regex="^(on|off)$",
        description="`on`: a visitor's link to a public page is opened, its robots.txt permitting (at most 2 MB and 5 s).",
    )
    allowed_origins: str = Field(
        "", description="Origins of the websites that may embed the widget, parted by commas; `*` for all."
    )
    trusted_proxies: str = Field(
        "127.0.0.1", description="Addresses of proxies whose X-Forwarded-For is believed, parted by commas."
    )
    review_proxy_header: str = Field(
        "", description="Header in which a trusted proxy names the signed-in reviewer; empty: off."
    )
    review_proxy_secret: str = Field(
        "", description="What that proxy sends in X-StemCheck-Proxy-Secret, to show that it is it."
    )
    review_openid_issuer: str = Field(
        "", description="Address of the OpenID provider that signs reviewers in; empty: off."
    )
    review_openid_client_id: str = Field("", description="What the provider calls this console.")
    review_openid_client_secret: str = Field(
        "", description="The console's secret at the provider; empty for a public client."
    )
    review_openid_return_url: str = Field(
        "", description="Where the provider sends reviewers back: the public address of `/review/openid/return`."
    )
    review_openid_label: str = Field(
        "Sign in with your organisation", description="Words on the button for this way in."
    )
    review_openid_scope: str = Field("openid email profile", description="What the provider is asked for.")
    review_openid_user_claim: str = Field(
        "email",
        description="Claim that names the user; `email` counts only when the provider says that it is verified.",
    )
    review_openid_role_claim: str = Field(
        "", description="Claim that gives the role, such as `realm_access.roles`; empty: users must exist already."
    )
    review_openid_roles: str = Field(
        "admin=admin, reviewer=reviewer, viewer=viewer",
        description="Which value of that claim gives which role, parted by commas.",
    )
    country: str = Field("default", description="Country whose emergency numbers come first, as two letters.")
    contact_name: str = Field(
        "", description="Who answers when a visitor wants a person; empty: the contact in data/guidance."
    )
    contact_url: str = Field("", description="Page of that contact.")
    contact_phone: str = Field("", description="Telephone number of that contact.")

    class Config:
        """Where the values come from."""

        env_prefix = "STEMCHECK_"
        env_file = ROOT / ".env"
        frozen = True

    def origins(self) -> list[str]:
        """Return the allowed origins, without blanks."""
        return [origin.strip().rstrip("/") for origin in self.allowed_origins.split(",") if origin.strip()]

    def openid_roles(self) -> dict[str, str]:
        """Return the role that each value of the role claim gives."""
        pairs = (pair.rpartition("=") for pair in self.review_openid_roles.split(",") if pair.strip())
        return {value.strip(): role.strip() for value, _, role in pairs}

    def review_openid_claims(self) -> set[str]:
        """Return the claims without which nobody can be signed in."""
        return {self.review_openid_user_claim, self.review_openid_role_claim.split(".")[0]} - {""}

    @validator("review_openid_issuer", "review_openid_return_url")
    def _is_safe_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)):
            raise ValueError("an address that begins with https:// is needed")
        return value

    @validator("review_openid_client_id", "review_openid_return_url", always=True)
    def _is_complete(cls, value: str, values: dict[str, Any]) -> str:
        if values.get("review_openid_issuer") and not value:
            raise ValueError("is needed beside STEMCHECK_REVIEW_OPENID_ISSUER")
        return value

    @validator("review_openid_roles")
    def _gives_roles(cls, value: str) -> str:
        for pair in (pair for pair in value.split(",") if pair.strip()):
            if pair.rpartition("=")[2].strip() not in ("viewer", "reviewer", "admin"):
                raise ValueError(f"“{pair.strip()}” is no value=role with one of the roles viewer, reviewer, admin")
        return value


@lru_cache(maxsize=1)
def load_settings() -> Settings:
    """Return the settings of this process. Raises SettingsError that names each wrong variable."""
    try:
        return Settings.parse_obj({})
    except ValidationError as problem:
        lines = [f"STEMCHECK_{str(error['loc'][0]).upper()}: {error['msg']}" for error in problem.errors()]
        raise SettingsError("; ".join(lines) + ". See docs/operations.md.") from None
