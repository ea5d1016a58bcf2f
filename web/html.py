"""Pages drawn on the server, in the visitor's language, from the templates of each door."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

import locales
from locales import Language
from web import assets, cookies
from web.addresses import base

ROOT = Path(__file__).parent.parent
TEMPLATES = [ROOT / door / "templates" for door in ("web", "audience", "access")]
LANGUAGE_COOKIE = "dialogue_language"
LANGUAGE_KEPT_SECONDS = 365 * 24 * 3600


def language_of(request: Request) -> Language:
    """Return the language of a page: the one just chosen, the one chosen before, the browser's."""
    for code in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if code in locales.CODES:
            return locales.language(code)
    return locales.preferred(request.headers.get("accept-language", ""))


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Draw a template; it may use `language`, `other` (language), `asset`, `base` besides."""
    language = language_of(request)
    other = locales.language("en" if language.code == "vi" else "vi")
    html = _environment(language.code).get_template(template)
    response = HTMLResponse(
        html.render(language=language, other=other, asset=assets.address, base=base(), **values),
        status_code=status,
        headers={
            "Content-Language": language.code,
            "Vary": "Accept-Language, Cookie",
            "Cache-Control": "no-store",
            # The address may hold a code or a key. "no-referrer" would make a browser send our
            # own forms with the Origin "null".
            "Referrer-Policy": "same-origin",
        },
    )
    if request.query_params.get("lang") in locales.CODES:
        cookies.keep(
            response, request, LANGUAGE_COOKIE, language.code, seconds=LANGUAGE_KEPT_SECONDS
        )
    return response


def read_all() -> None:
    """Read all that pages are drawn from, so that they can be while no file can be opened."""
    for code in locales.CODES:
        environment = _environment(code)
        for name in environment.list_templates():
            environment.get_template(name)
        locales.language(code).number(0)
    for file in assets.FOLDER.iterdir():
        if file.is_file():
            assets.address(file.name)


@cache
def _environment(code: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["ext.i18n.trimmed"] = True
    # Vietnamese letters as they are: half the bytes of \u escapes.
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    translations = locales.language(code).translations
    environment.install_gettext_translations(  # type: ignore[attr-defined]
        translations, newstyle=True
    )
    return environment
