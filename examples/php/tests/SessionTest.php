<?php

declare(strict_types=1);

namespace Example\ZapSign\Tests;

use Example\ZapSign\Api;
use Example\ZapSign\Reason;
use Example\ZapSign\Session;
use Example\ZapSign\TokenFile;
use Example\ZapSign\Transport;
use Example\ZapSign\ZapSignException;
use PHPUnit\Framework\TestCase;

final class SessionTest extends TestCase
{
    private string $file;
    private Session $session;
    private int $now;

    /** @var list<float> what the client waited for */
    private array $waits = [];

    protected function setUp(): void
    {
        if (getenv('ZAPSIGN_CONTROL_URL') === false) {
            self::markTestSkipped('Run the tests with: zapsign-mock run -- phpunit');
        }
        Mock::reset();
        $this->file = (string) tempnam(sys_get_temp_dir(), 'zapsign-');
        $this->now = time();
        $this->session = $this->sessionWith((string) getenv('ZAPSIGN_PASSWORD'));
    }

    protected function tearDown(): void
    {
        unlink($this->file);
    }

    private function sessionWith(string $password): Session
    {
        $sleep = function (float $seconds): void {
            $this->waits[] = $seconds;
        };
        $url = (string) getenv('ZAPSIGN_API_URL');
        $api = new Api(new Transport($url, $sleep, static fn (): float => 1.0));
        $organization = (string) getenv('ZAPSIGN_ORGANIZATION_ID');
        $username = (string) getenv('ZAPSIGN_USERNAME');
        $now = fn (): int => $this->now;

        return new Session($api, new TokenFile($this->file), $organization, $username, $password, $now);
    }

    /** @return list<array<string, mixed>> */
    private function list(): array
    {
        return iterator_to_array($this->session->documents(), false);
    }

    private function listInFiveProcesses(): void
    {
        $start = fn () => proc_open([PHP_BINARY, __DIR__ . '/list.php', $this->file], [], $pipes);
        $processes = array_map($start, range(1, 5));
        self::assertSame([0, 0, 0, 0, 0], array_map(proc_close(...), $processes));
    }

    private function assertRefused(Reason $reason): void
    {
        try {
            $this->list();
            self::fail("Expected {$reason->value}");
        } catch (ZapSignException $error) {
            self::assertSame($reason, $error->reason);
            self::assertStringNotContainsString('WrongPassword123', (string) $error);
        }
    }

    public function testProcessesShareOneLogin(): void
    {
        $this->listInFiveProcesses();
        $this->list();
        self::assertSame(1, Mock::count('outcome=authenticated'));
        self::assertSame('0600', substr(sprintf('%o', fileperms($this->file)), -4));
    }

    public function testProcessesWhoseTokenHasExpiredShareOneRefresh(): void
    {
        $this->list();
        Mock::advance('61m');
        $this->listInFiveProcesses();
        self::assertSame(1, Mock::count('outcome=refreshed'));
        self::assertSame(1, Mock::count('outcome=authenticated'));
    }

    public function testATokenIsRefreshedBeforeItExpires(): void
    {
        $this->list();
        $this->now += 3572;
        Mock::advance('3572s');
        $this->list();
        self::assertSame([1, 0], [Mock::count('outcome=refreshed'), Mock::count('status=401')]);
    }

    public function testAfterARefusedRefreshThereIsOneNewLogin(): void
    {
        $this->list();
        Mock::advance('25h');
        $this->listInFiveProcesses();
        self::assertSame(2, Mock::count('outcome=authenticated'));
    }

    public function testAnOutageDuringARefreshKeepsTheSession(): void
    {
        $this->list();
        Mock::advance('61m');
        Mock::force('serviceUnavailable', ['times' => 4, 'endpoint' => 'refresh']);
        $this->assertRefused(Reason::Unavailable);
        $this->list();
        self::assertSame(1, Mock::count('outcome=authenticated'));
    }

    /**
     * @testWith ["2020-01-01T00:00:00Z"]
     *           ["2040-01-01T00:00:00Z"]
     */
    public function testAWrongClockOnThisMachineDoesNotMatter(string $date): void
    {
        Mock::setTime($date);
        $this->list();
        $this->list();
        self::assertSame(0, Mock::count('path=/api/v1/auth/token-refresh/'));
        $this->now += 3600;
        $this->list();
        self::assertSame(1, Mock::count('outcome=refreshed'));
    }

    public function testAWrongPasswordIsSentOnceAndIsInNoMessage(): void
    {
        $this->session = $this->sessionWith('WrongPassword123');
        $this->assertRefused(Reason::InvalidCredentials);
        $this->assertRefused(Reason::InvalidCredentials);
        self::assertSame(1, Mock::count());
    }

    public function testAfterTooManyLoginsThereIsAPause(): void
    {
        Mock::force('rateLimited');
        $this->assertRefused(Reason::RateLimited);
        $this->assertRefused(Reason::RateLimited);
        self::assertSame([1, []], [Mock::count(), $this->waits]);
        $this->now += 60;
        self::assertSame([], $this->list());
    }

    public function testAnOutageIsWaitedOutLongerEachTime(): void
    {
        Mock::force('serviceUnavailable', ['times' => 3]);
        $this->list();
        self::assertSame([0.25, 0.5, 1.0], $this->waits);
    }

    public function testRetryAfterIsObeyed(): void
    {
        foreach (['serviceUnavailable', 'tooManyRequests'] as $outcome) {
            Mock::force($outcome, ['retryAfter' => '7s']);
            $this->list();
        }
        self::assertSame([7.0, 7.0], $this->waits);
    }

    public function testAWaitThatIsTooLongIsAnError(): void
    {
        Mock::force('serviceUnavailable', ['retryAfter' => '1h']);
        $this->assertRefused(Reason::Unavailable);
        self::assertSame([], $this->waits);
    }

    public function testAConnectionThatBreaksIsTriedAgain(): void
    {
        Mock::force('connectionReset', ['times' => 2]);
        $this->list();
        self::assertSame(1, Mock::count('outcome=authenticated'));
    }

    public function testADocumentIsNotCreatedTwice(): void
    {
        $this->list();
        Mock::force('badGateway', ['endpoint' => '/api/v1/docs/']);
        self::assertSame(502, $this->session->request('POST', '/docs/', ['name' => 'a'])->status);
        self::assertSame(1, Mock::count('path=/api/v1/docs/&method=POST'));
    }

    public function testAReplyThatBreaksOffIsAnError(): void
    {
        Mock::force('malformedBody');
        $this->assertRefused(Reason::UnexpectedReply);
    }
}
