wrk.method = 'POST'
wrk.headers['content-type'] = os.getenv('LOGIN_TYPE')
wrk.body = os.getenv('LOGIN_BODY')

done = function(summary, latency)
  local failed = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout
  io.write(string.format('{"requests":%d,"microseconds":%d,"p99":%d,"failed":%d}\n',
    summary.requests, summary.duration, latency:percentile(99), failed))
end
