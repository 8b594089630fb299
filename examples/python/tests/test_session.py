import os
from concurrent.futures import ThreadPoolExecutor
from unittest import TestCase
from unittest.mock import patch

import zapsign
from zapsign.errors import InvalidCredentials, RateLimited, Unavailable, UnexpectedReply
from zapsign.transport import Reply

from . import mock


class SessionTest(TestCase):
    """A mock as at its start, a session that writes down its waits, and a clock that the test moves."""

    def setUp(self):
        mock.reset()
        self.waits = []
        self.now = 0
        self.session = self.sign_in(os.environ["ZAPSIGN_PASSWORD"])

    def sign_in(self, password):
        url = os.environ["ZAPSIGN_API_URL"]
        transport = zapsign.Transport(url, sleep=self.waits.append, jitter=lambda: 1)
        organization = os.environ["ZAPSIGN_ORGANIZATION_ID"]
        username = os.environ["ZAPSIGN_USERNAME"]
        api = zapsign.Api(transport)
        return zapsign.Session(api, organization, username, password, now=lambda: self.now)

    def list(self):
        return list(self.session.documents())

    def list_ten_times_at_once(self):
        with ThreadPoolExecutor(10) as threads:
            for future in [threads.submit(self.list) for _ in range(10)]:
                future.result()


class Tokens(SessionTest):
    def test_threads_share_one_login(self):
        self.list_ten_times_at_once()
        self.list()
        self.assertEqual(mock.count("outcome=authenticated"), 1)

    def test_threads_whose_token_has_expired_share_one_refresh(self):
        self.list()
        mock.advance("61m")
        self.list_ten_times_at_once()
        self.assertEqual(mock.count("outcome=refreshed"), 1)
        self.assertEqual(mock.count("outcome=authenticated"), 1)

    def test_a_token_is_refreshed_before_it_expires(self):
        self.list()
        self.now += 3571
        mock.advance("3571s")
        self.list()
        self.assertEqual(mock.count("outcome=refreshed"), 1)
        self.assertEqual(mock.count("status=401"), 0)

    def test_after_a_refused_refresh_there_is_one_new_login(self):
        self.list()
        mock.advance("25h")
        self.list_ten_times_at_once()
        self.assertEqual(mock.count("outcome=authenticated"), 2)

    def test_an_outage_during_a_refresh_keeps_the_session(self):
        self.list()
        mock.advance("61m")
        mock.force("serviceUnavailable", times=4, endpoint="refresh")
        self.assertRaises(Unavailable, self.list)
        self.list()
        self.assertEqual(mock.count("outcome=authenticated"), 1)

    def test_a_wrong_clock_on_this_machine_does_not_matter(self):
        for date in ["2020-01-01T00:00:00Z", "2040-01-01T00:00:00Z"]:
            with self.subTest(date):
                self.setUp()
                mock.set_time(date)
                self.list()
                self.list()
                self.assertEqual(mock.count("path=/api/v1/auth/token-refresh/"), 0)
                self.now += 3600
                self.list()
                self.assertEqual(mock.count("outcome=refreshed"), 1)


class Refusals(SessionTest):
    def test_a_wrong_password_is_sent_once_and_is_in_no_message(self):
        self.session = self.sign_in("WrongPassword123")
        for _ in range(2):
            with self.assertRaises(InvalidCredentials) as raised:
                self.list()
            self.assertNotIn("WrongPassword123", str(raised.exception))
        self.assertEqual(mock.count(), 1)

    def test_after_too_many_logins_there_is_a_pause(self):
        mock.force("rateLimited")
        self.assertRaises(RateLimited, self.list)
        self.assertRaises(RateLimited, self.list)
        self.assertEqual((mock.count(), self.waits), (1, []))
        self.now += 60
        self.list()

    def test_a_reply_that_breaks_off_is_an_error(self):
        mock.force("malformedBody")
        self.assertRaises(UnexpectedReply, self.list)


class Outages(SessionTest):
    def test_an_outage_is_waited_out_longer_each_time(self):
        mock.force("serviceUnavailable", times=3)
        self.list()
        self.assertEqual(self.waits, [0.25, 0.5, 1])

    def test_retry_after_is_obeyed(self):
        for outcome in ["serviceUnavailable", "tooManyRequests"]:
            mock.force(outcome, retryAfter="7s")
            self.list()
        self.assertEqual(self.waits, [7, 7])

    def test_a_wait_that_is_too_long_is_an_error(self):
        mock.force("serviceUnavailable", retryAfter="1h")
        self.assertRaises(Unavailable, self.list)
        self.assertEqual(self.waits, [])

    def test_a_connection_that_breaks_is_tried_again(self):
        mock.force("connectionReset", times=2)
        self.list()
        self.assertEqual(mock.count("outcome=authenticated"), 1)

    def test_a_document_is_not_created_twice(self):
        self.list()
        mock.force("connectionReset", endpoint="/api/v1/docs/")
        self.assertRaises(Unavailable, self.session.request, "POST", "/docs/", {"name": "a"})
        self.assertEqual(mock.count("path=/api/v1/docs/"), 2)


class Pages(SessionTest):
    def test_all_pages_are_read_on_the_host_of_the_api(self):
        link = "http://api.zapsign.com.br/api/v1/docs/?page=2"
        first = Reply(200, {"next": link, "results": [{"token": "a"}]})
        second = Reply(200, {"next": None, "results": [{"token": "b"}]})
        with patch.object(self.session, "request", side_effect=[first, second]) as request:
            self.assertEqual(self.list(), [{"token": "a"}, {"token": "b"}])
        self.assertEqual(request.call_args.args, ("GET", "/docs/?page=2"))
