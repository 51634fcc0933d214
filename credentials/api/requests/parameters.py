"""Reading query parameters: nothing unknown is ignored, and every refusal says what is allowed."""

import datetime
from functools import cache
from typing import Any, TypeVar, get_origin

from django.http import QueryDict
from django.utils import timezone
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from credentials.api.requests.problems import Problem, unprocessable
from credentials.catalogue.snapshots import end_of

ParametersT = TypeVar("ParametersT", bound="Parameters")


class Parameters(BaseModel):
    """Base of an endpoint's query parameters. A parameter that is a list can be repeated."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def normalised(self) -> str:
        """The query in one spelling: the same for any order of parameters."""
        return self.model_dump_json(exclude_defaults=True)


class NoParameters(Parameters):
    """For endpoints that take none."""


def parsed(model: type[ParametersT], query: QueryDict) -> ParametersT:
    """Validate a query string. Raises Problem (422) that names each parameter at fault."""
    repeatable = repeatable_names(model)
    data: dict[str, Any] = {}
    errors: list[dict[str, Any]] = []
    for name, values in query.lists():
        if name in repeatable:
            data[name] = values
        elif len(values) > 1:
            message = f"`{name}` is given {len(values)} times: give it once."
            errors.append({"parameter": name, "message": message})
        else:
            data[name] = values[0]
    if errors:
        raise unprocessable(errors)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise _refusal(model, error) from None


@cache
def repeatable_names(model: type[Parameters]) -> frozenset[str]:
    """Parameters that can be given several times."""
    fields = model.model_fields.items()
    return frozenset(
        name for name, field in fields if get_origin(field.annotation) in (list, tuple)
    )


def _refusal(model: type[Parameters], error: ValidationError) -> Problem:
    found = error.errors(include_url=False)
    return unprocessable([_error(model, details) for details in found])


def _error(model: type[Parameters], details: ErrorDetails) -> dict[str, Any]:
    name = str(details["loc"][0]) if details["loc"] else ""
    given = details["input"]
    if details["type"] == "extra_forbidden":
        allowed = sorted(model.model_fields)
        listed = f"the parameters are {', '.join(allowed)}" if allowed else "it takes none"
        message = f"`{name}` is not a parameter of this address: {listed}."
        return {"parameter": name, "message": message, "allowed": allowed}
    if details["type"] == "enum":
        # pydantic writes them as 'a', 'b' or 'c'
        expected = details["ctx"]["expected"].replace(" or ", ", ").replace("'", "")
        message = f"`{name}` cannot be “{given}”: use one of {expected}."
        return {"parameter": name, "message": message, "allowed": expected.split(", ")}
    reason = details["msg"].removeprefix("Value error, ")
    if not name:
        return {"parameter": "", "message": reason}
    reason = reason[:1].lower() + reason[1:]
    return {"parameter": name, "message": f"`{name}` cannot be “{given}”: {reason}."}


def as_date(value: Any) -> Any:
    """Read a day as YYYY-MM-DD."""
    if not isinstance(value, str):
        return value
    try:
        return datetime.datetime.strptime(value.encode("ascii").decode(), "%Y-%m-%d").date()
    except ValueError:
        raise ValueError("write the date as YYYY-MM-DD") from None


def as_moment(value: Any) -> Any:
    """Read a day, meaning its end here, or an instant; not one to come.

    Today means now, which is None. Raises ValueError with the remedy.
    """
    if not isinstance(value, str):
        return value
    now = timezone.now()
    try:
        if len(value) == len("YYYY-MM-DD"):
            day = datetime.date.fromisoformat(value)
            if day == timezone.localdate():
                return None
            moment = end_of(day)
        else:
            # In a query string, a plus that is not escaped arrives as a space.
            moment = datetime.datetime.fromisoformat(value.replace(" ", "+"))
            if moment.tzinfo is not None:
                moment = moment.astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        raise ValueError(
            "write a date as YYYY-MM-DD, or an instant like 2026-01-31T12:00:00Z"
        ) from None
    if moment.tzinfo is None:
        raise ValueError("an instant needs its time zone, such as Z at its end")
    if moment > now:
        raise ValueError("the catalogue of a time to come is not known; leave it out for today's")
    return moment.astimezone(datetime.UTC)
