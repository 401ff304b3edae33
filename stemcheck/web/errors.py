"""Errors of the API: one shape, a fitting status, a sentence for a person."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

MESSAGES = {
    "bad-json": (400, "The body is not JSON, or it is nested too deep."),
    "bad-request": (400, "A key is missing, unknown or of the wrong type."),
    "empty": (400, "The message is empty. Please type something."),
    "bad-token": (401, "This conversation is not open (any more). Please start a new one."),
    "not-found": (404, "There is nothing at this address."),
    "bad-method": (405, "This address does not take this method."),
    "id-reused": (409, "This id was used before with another text."),
    "too-long": (413, "The message is too long. Please send at most 8,000 characters."),
    "bad-type": (415, "Please send application/json."),
    "file-empty": (400, "There is nothing in this file."),
    "link-off": (403, "This service opens no links. Please copy the words of the page."),
    "file-too-large": (413, "The file is larger than 10 MB."),
    "file-unknown": (415, "This kind of file is not read here."),
    "file-locked": (422, "The file asks for a password."),
    "file-broken": (422, "The file is damaged, or is not what it says it is."),
    "file-no-text": (422, "There are no words in this file."),
    "file-unclear": (422, "The writing cannot be read well enough."),
    "file-too-hard": (422, "Reading this file takes too long."),
    "link-refused": (422, "This page may not be read by a program."),
    "link-failed": (422, "This page could not be read."),
    "too-fast": (429, "That was a lot at once. Please wait a moment, then send it again."),
    "server-error": (500, "Something went wrong on our side. Please send it again."),
    "full": (503, "Several of your messages are still waiting. Please wait for a reply."),
    "busy": (503, "Very many people ask at this moment. Please send it again in a few seconds."),
    "unavailable": (503, "The service cannot reach its database just now. Please try again in a minute."),
}
CODES_BY_STATUS = {404: "not-found", 405: "bad-method"}


class ApiError(Exception):
    """A request that gets an error; `detail` takes the place of the code's own sentence."""

    def __init__(self, code: str, detail: str | None = None, *, retry_after: int | None = None) -> None:
        self.code = code
        self.status, sentence = MESSAGES[code]
        self.message = detail or sentence
        self.retry_after = retry_after
        super().__init__(self.message)


def answer_error(_request: Request, error: Exception) -> JSONResponse:
    """Return the JSON of an ApiError, of one of Starlette's own errors, or of an error that nobody foresaw."""
    if isinstance(error, HTTPException):
        error = ApiError(CODES_BY_STATUS.get(error.status_code, "bad-request"))
    if not isinstance(error, ApiError):
        error = ApiError("server-error")
    headers = {"Retry-After": str(error.retry_after)} if error.retry_after else {}
    if error.code == "bad-token":
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse({"error": {"code": error.code, "message": error.message}}, error.status, headers)
