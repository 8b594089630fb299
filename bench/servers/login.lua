wrk.method = 'POST'
wrk.headers['content-type'] = 'application/json'
wrk.body = '{"username":"dev@example.com.br","password":"StrongPassword123"}'

done = function(summary, latency)
  local failed = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout
  io.write(string.format('{"requests":%d,"microseconds":%d,"p99":%d,"failed":%d}\n',
    summary.requests, summary.duration, latency:percentile(99), failed))
end
