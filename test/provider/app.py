"""The software that ZapSign evidently runs, as small as it gets: Django REST framework and SimpleJWT.

Usage: python3 app.py LANGUAGE UNAUTHORIZED_STATUS SIGNING_KEY ENDPOINTS. Prints the port that it listens on.
ENDPOINTS is JSON: the methods that answer 501, by path.
"""
import json
import re
import sys
from datetime import timedelta
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from django.conf import settings

LANGUAGE, UNAUTHORIZED_STATUS, SIGNING_KEY, ENDPOINTS = sys.argv[1:5]
NOT_MODELLED = json.loads(ENDPOINTS)

settings.configure(
    SECRET_KEY=SIGNING_KEY,
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    LANGUAGE_CODE=LANGUAGE,
    USE_I18N=True,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    # SimpleJWT is not among them: its messages are documented in English, whatever the language.
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "rest_framework"],
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    REST_FRAMEWORK={
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
        "PAGE_SIZE": 25,
    },
    SIMPLE_JWT={
        "ACCESS_TOKEN_LIFETIME": timedelta(hours=1),
        "REFRESH_TOKEN_LIFETIME": timedelta(days=1),
    },
    LOGGING_CONFIG=None,
)
django.setup()

from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.urls import path
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import NotAuthenticated, PermissionDenied
from rest_framework.generics import ListAPIView
from rest_framework.metadata import SimpleMetadata
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView
from rest_framework_simplejwt.authentication import JWTAuthentication
from rest_framework_simplejwt.serializers import TokenObtainPairSerializer
from rest_framework_simplejwt.views import TokenObtainPairView, TokenRefreshView


class ZapSignSerializer(TokenObtainPairSerializer):
    def get_token(self, user):
        token = super().get_token(user)
        organization = self.context["view"].kwargs["organization_id"]
        token["company_id"] = int(organization) if organization.isascii() and organization.isdigit() else organization
        token["type"] = "public"
        return token


class ZapSignView(TokenObtainPairView):
    serializer_class = ZapSignSerializer

    def get_view_name(self):
        return "Token Obtain Pair"

    def get_view_description(self, html=False):
        return TokenObtainPairView().get_view_description(html)

    def post(self, request, organization_id):
        return super().post(request)


class StaticToken(BaseAuthentication):
    """In front of the JWTs: refuses no credentials, and every token without a dot, with 403."""

    def authenticate(self, request):
        words = get_authorization_header(request).split()
        if not words or words[0] != b"Bearer":
            if request.query_params.get("api_token"):
                raise PermissionDenied(TOKEN_NOT_FOUND)
            raise PermissionDenied(NotAuthenticated.default_detail)
        if len(words) == 2 and b"." not in words[1]:
            raise PermissionDenied(TOKEN_NOT_FOUND)
        return None

    def authenticate_header(self, request):
        return None if UNAUTHORIZED_STATUS == "403" else JWTAuthentication().authenticate_header(request)


TOKEN_NOT_FOUND = (
    "API token not found. More details here / Token da API não encontrado: "
    "https://docs.zapsign.com.br/english/authentication/autenticacao"
)


def not_modelled(path, method):
    def answer(self, request, **params):
        return Response(
            {
                "detail": f"zapsign-mock does not model {method} {path}. ZapSign documents this endpoint. "
                "Answer it with a route or a handler of your own."
            },
            status=501,
        )

    return answer


def handlers(path):
    return {method.lower(): not_modelled(path, method) for method in NOT_MODELLED.get(path, [])}


def view_name(path):
    words = [word for word in re.split("[/-]", path) if re.fullmatch("[a-z]+", word) and word != "api"]
    return " ".join(word.capitalize() for word in words)


def view_for(path):
    class View(APIView):
        authentication_classes = [StaticToken, JWTAuthentication]
        permission_classes = [IsAuthenticated]

        def get_view_name(self):
            return view_name(path)

        def get_view_description(self, html=False):
            return ""

    for method, answer in handlers(path).items():
        setattr(View, method, answer)
    return View.as_view()


class WithoutFields(SimpleMetadata):
    """The mock does not know the fields of an endpoint that it does not model."""

    def determine_actions(self, request, view):
        return None


class Docs(ListAPIView):
    metadata_class = WithoutFields
    queryset = User.objects.none()
    serializer_class = Serializer
    authentication_classes = [StaticToken, JWTAuthentication]
    permission_classes = [IsAuthenticated]

    def get_view_name(self):
        return "Docs List"


for method, answer in handlers("/api/v1/docs/").items():
    setattr(Docs, method, answer)


urlpatterns = [
    path("api/v1/auth/token/<str:organization_id>/", ZapSignView.as_view()),
    path("api/v1/auth/token-refresh/", TokenRefreshView.as_view()),
    path("api/v1/docs/", Docs.as_view()),
] + [
    path(template[1:].replace("{", "<str:").replace("}", ">"), view_for(template))
    for template in NOT_MODELLED
    if template != "/api/v1/docs/"
]


class Handler(WSGIRequestHandler):
    def parse_request(self):
        parsed = super().parse_request()
        # wsgiref folds slashes at the start of a path; production servers do not.
        if parsed:
            self.path = self.requestline.split()[1]
        return parsed

    def get_environ(self):
        environ = super().get_environ()
        # wsgiref adds a content type where there is none; production servers do not.
        if self.headers.get("content-type") is None:
            environ.pop("CONTENT_TYPE", None)
        return environ

    def log_message(self, *args):
        pass


call_command("migrate", run_syncdb=True, verbosity=0)
User.objects.create_user("dev@example.com.br", password="StrongPassword123")
User.objects.create_user("5", password="1.0")
User.objects.create_user("inactive@example.com", password="inactive", is_active=False)

server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Handler)
print(server.server_port, flush=True)
server.serve_forever()
