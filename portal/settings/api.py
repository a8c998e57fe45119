"""The public HTTP API: who asks, how errors read, how it is described."""

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "portal.api.authentication.BearerAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["portal.api.permissions.WithinScope"],
    "DEFAULT_THROTTLE_CLASSES": ["portal.api.throttling.ByTokenOrAddress"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["portal.api.parsers.ShallowJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "portal.api.schema.PortalSchema",
    "EXCEPTION_HANDLER": "portal.api.problems.problem_for",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "COERCE_DECIMAL_TO_STRING": True,
    "URL_FORMAT_OVERRIDE": None,
}
API_RATE_KNOWN, API_RATE_STRANGER = 1200, 300
"""Requests a minute: of one token or signed-in person, and of one network address that nobody is signed in from."""

SPECTACULAR_SETTINGS = {
    "TITLE": "Open Innovation Portal",
    "DESCRIPTION": (
        "Challenges, submissions, patents, licences, ventures, search and talk. Errors are `application/problem+json`."
        " Lists are paged by `after` and `limit`. Writes take an `Idempotency-Key`."
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "PREPROCESSING_HOOKS": ["portal.api.schema.own_endpoints"],
    "POSTPROCESSING_HOOKS": [],
}
