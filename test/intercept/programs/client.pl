# `perl client.pl LWP`: the scenario of scenario.mjs with LWP or HTTP::Tiny.
use strict;
use warnings;
use JSON::PP;

my $host = 'https://api.zapsign.com.br';
my ($client) = @ARGV;
my @statuses;

sub over_lwp {
    my ($method, $url, $headers, $body) = @_;
    require LWP::UserAgent;
    my $request = HTTP::Request->new($method, $url, [%$headers], $body);
    my $response = LWP::UserAgent->new->request($request);
    die $response->status_line . "\n" if ($response->header('Client-Warning') // '') eq 'Internal response';
    return ($response->code, $response->content);
}

sub over_tiny {
    my ($method, $url, $headers, $body) = @_;
    require HTTP::Tiny;
    my $options = { headers => $headers, defined $body ? (content => $body) : () };
    my $response = HTTP::Tiny->new(verify_SSL => 1)->request($method, $url, $options);
    die $response->{content} if $response->{status} == 599;
    return ($response->{status}, $response->{content});
}

sub call {
    my ($method, $path, $headers, $body) = @_;
    my $send = $client eq 'LWP' ? \&over_lwp : \&over_tiny;
    my ($status, $text) = $send->($method, $host . $path, $headers, $body ? encode_json($body) : undef);
    push @statuses, $status;
    return $text;
}

my %json = ('Content-Type' => 'application/json');
sub login { call('POST', '/api/v1/auth/token/11111/', \%json, { username => 'dev@example.com.br', password => shift }) }

my $tokens = decode_json(login('StrongPassword123'));
my %bearer = ('Authorization' => "Bearer $tokens->{access}");
call('POST', '/api/v1/auth/token-refresh/', \%json, { refresh => $tokens->{refresh} });
call('GET', '/api/v1/docs/?page=1', \%bearer);
call('POST', '/api/v1/docs/', { %bearer, %json }, { name => 'Contract' });
login('WrongPassword123') for 1 .. 5;
login('StrongPassword123');
print join(' ', @statuses), "\n";
