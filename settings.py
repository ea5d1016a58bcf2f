"""What an operator may set, read once from the environment."""

import os
import secrets
from functools import cache
from ipaddress import IPv6Network, ip_network
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, HttpUrl, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from web import framework

FOLDER = Path(__file__).parent
THIS_MACHINE = "127.0.0.0/8,::1"


class SettingWrong(Exception):
    """A setting is wrong; the text names its environment variable."""


class Settings(BaseSettings):
    """The settings; each is an environment variable, all but the first prefixed DIALOGUE_."""

    model_config = SettingsConfigDict(env_prefix="DIALOGUE_", frozen=True, env_ignore_empty=True)

    database_url: str = Field(
        default=f"sqlite:///{FOLDER / 'var' / 'dialogue.db'}",
        validation_alias="DATABASE_URL",
        pattern=r"^(sqlite:///.|postgresql\+psycopg://.)",
        description="sqlite:///PATH or postgresql+psycopg://…",
    )
    listen_url: str | None = Field(
        default=None,
        pattern=r"^postgresql\+psycopg://.",
        description="postgresql+psycopg://…, PostgreSQL itself where DATABASE_URL is a pooler",
    )
    sample: Literal["on", "off"] = Field(
        default="on", description="on or off: whether an empty database gets the sample event"
    )
    public_url: HttpUrl | None = Field(
        default=None,
        description="the address that phones open, such as https://example.vn, with the path of "
        "server.baseUrlPath where there is one",
    )
    keep_contacts_days: int = Field(
        default=90, ge=1, le=3650, description="1 to 3650: days until contacts are erased"
    )
    limits: Literal["on", "off"] = Field(
        default="on", description="on or off: whether requests are limited; off only to measure"
    )
    secret: str | None = Field(
        default=None, min_length=32, description="at least 32 characters: signs links and cookies"
    )

    # Here alone an empty value says something: that nobody is believed.
    forwarded_allow_ips: str = Field(
        default_factory=lambda: os.environ.get("FORWARDED_ALLOW_IPS", THIS_MACHINE),
        validation_alias="FORWARDED_ALLOW_IPS",
        validate_default=True,
        description="addresses or networks of proxies, with commas between them",
    )

    @property
    def public_origin(self) -> str | None:
        """The public address without its path, as browsers write an origin."""
        parts = urlsplit(str(self.public_url or ""))
        return f"{parts.scheme}://{parts.netloc}" if parts.netloc else None

    @field_validator("public_url")
    @classmethod
    def _check_path(cls, url: HttpUrl | None) -> HttpUrl | None:
        theirs = framework.base_path().strip("/")
        if url and theirs and (url.path or "").strip("/") not in ("", theirs):
            raise ValueError
        return url

    @field_validator("forwarded_allow_ips")
    @classmethod
    def _check_networks(cls, written: str) -> str:
        if written.strip() == "*":
            return "*"
        return ",".join(_network(each) for each in written.split(",") if each.strip())

    def signing_secret(self) -> str:
        """Return the secret, made once and kept beside the embedded database where none is set."""
        return self.secret or _kept_secret()


@cache
def _kept_secret() -> str:
    # Read once: each request needs it, also while no file can be opened.
    file = FOLDER / "var" / "secret"
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(32))
    return file.read_text()


@cache
def current() -> Settings:
    """Return the settings of this process.

    Raises:
        SettingWrong: with a line for each variable that is wrong and what it should be.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise SettingWrong(
            "\n".join(_sentence(each["loc"][0]) for each in error.errors())
        ) from None


def _network(written: str) -> str:
    network = ip_network(written.strip(), strict=False)
    # An IPv4 address as a socket for both kinds writes it.
    mapped = isinstance(network, IPv6Network) and network.network_address.ipv4_mapped
    return str(mapped or network)


def _sentence(name: int | str) -> str:
    for field, info in Settings.model_fields.items():
        variable = info.validation_alias or f"DIALOGUE_{field.upper()}"
        if name in (field, variable):
            return f"{variable} is wrong: it should be {info.description}."
    return f"{name} is wrong."
