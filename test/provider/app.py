"""The software that ZapSign evidently runs, as small as it gets: Django REST framework and SimpleJWT.

Usage: python3 app.py LANGUAGE UNAUTHORIZED_STATUS SIGNING_KEY. Prints the port that it listens on.
"""
import sys
from datetime import timedelta
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from django.conf import settings

LANGUAGE, UNAUTHORIZED_STATUS, SIGNING_KEY = sys.argv[1:4]

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
from rest_framework.generics import ListAPIView
from rest_framework.permissions import IsAuthenticated
from rest_framework.serializers import Serializer
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


class Unchallenging(JWTAuthentication):
    def authenticate_header(self, request):
        return None if UNAUTHORIZED_STATUS == "403" else super().authenticate_header(request)


class Docs(ListAPIView):
    queryset = User.objects.none()
    serializer_class = Serializer
    authentication_classes = [Unchallenging]
    permission_classes = [IsAuthenticated]

    def get_view_name(self):
        return "Docs List"


urlpatterns = [
    path("api/v1/auth/token/<str:organization_id>/", ZapSignView.as_view()),
    path("api/v1/auth/token-refresh/", TokenRefreshView.as_view()),
    path("api/v1/docs/", Docs.as_view()),
]


class Handler(WSGIRequestHandler):
    def get_environ(self):
        environ = super().get_environ()
        # wsgiref makes up a content type where there is none; production servers do not.
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
