/**
 * Every operation of the store as one Lua script: Redis runs each call as one atomic step. `ARGV[1]`
 * names the operation, `ARGV[2]` has its arguments as JSON, and the result is JSON. After its deadline an
 * operation has no effect.
 */
export const SCRIPT = `
local p, op, a = KEYS[1], ARGV[1], cjson.decode(ARGV[2])
local names = {'settings', 'salt', 'offset', 'users', 'version', 'outcomes', 'outcomeId', 'journal',
  'entryId', 'added', 'limits', 'limit', 'seed'}
local function key(name) return p .. ':' .. name end
local function whole(number) return string.format('%.0f', number) end
local function read(name) local text = redis.call('GET', key(name)); return text and cjson.decode(text) end
local function write(name, value) redis.call('SET', key(name), cjson.encode(value)) end

local time = redis.call('TIME')
local at = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local function base() return a.base or at end
local function now() return base() + tonumber(redis.call('GET', key('offset')) or '0') end

local function touch()
  for _, name in ipairs(names) do redis.call('EXPIRE', key(name), a.expiry) end
end

local function applies(pending, target)
  if pending.stage == 'credentials' and target.name ~= 'obtain' then return false end
  local isHere = pending.endpoint == nil or pending.endpoint == target.name
  for _, path in ipairs(target.paths) do isHere = isHere or pending.endpoint == path end
  return isHere and (pending.username == nil or pending.username == target.username)
end

local function take(stage)
  local text = redis.call('GET', key('outcomes'))
  if not text or not a.target then return nil end
  local list = cjson.decode(text)
  for index, pending in ipairs(list) do
    if applies(pending, a.target) then
      if pending.stage ~= stage then return nil end
      -- -1 stands for any number of times.
      if pending.times > 0 then pending.times = pending.times - 1 end
      if pending.times == 0 then table.remove(list, index) end
      if #list == 0 then redis.call('DEL', key('outcomes')) else write('outcomes', list) end
      return pending
    end
  end
  return nil
end

local function timesOf(member)
  local text = redis.call('HGET', key('limit'), member)
  return text and cjson.decode(text) or {times = {}}
end
local function lockedUntil(times, present)
  if #times < a.attempts then return nil end
  local first, last = times[1], times[#times]
  if last <= present and present - first < a.window then return first + a.window end
  return nil
end
local function forget(member)
  redis.call('ZREM', key('limits'), member)
  return redis.call('HDEL', key('limit'), member)
end
-- Requests in flight may overtake each other: a login that was counted before, and is not ahead of the
-- clock, was before. What is ahead of the clock is from before the clock was set back.
local function momentAfter(times)
  local last = times[#times] or 0
  if last <= math.max(a.now, now()) then return math.max(a.now, last) end
  return a.now
end
local function count(member)
  local times = timesOf(member).times
  local moment = momentAfter(times)
  while #times > 0 and times[#times] > moment do table.remove(times) end
  table.insert(times, moment)
  if #times > a.attempts then table.remove(times, 1) end
  local order = redis.call('INCR', key('order'))
  redis.call('EXPIRE', key('order'), a.expiry)
  redis.call('ZADD', key('limits'), order, member)
  redis.call('HSET', key('limit'), member, cjson.encode({times = times, name = a.name}))
  local surplus = redis.call('ZCARD', key('limits')) - a.most
  if surplus > 0 then
    for _, oldest in ipairs(redis.call('ZRANGE', key('limits'), 0, surplus - 1)) do forget(oldest) end
  end
end

local ops = {}

function ops.open()
  local known = redis.call('GET', key('settings'))
  if known and known ~= a.settings then return {mismatch = true} end
  if not known then
    redis.call('SET', key('settings'), a.settings)
    redis.call('SET', key('salt'), a.salt)
    redis.call('SET', key('users'), a.text)
    redis.call('INCR', key('version'))
  end
  touch()
  return {created = not known, salt = redis.call('GET', key('salt'))}
end
function ops.arrive()
  local pending = take('arrival')
  local version = redis.call('GET', key('version')) or '0'
  local isPending = redis.call('EXISTS', key('outcomes')) == 1
  return {now = whole(now()), version = version, outcome = pending, isPending = isPending}
end
function ops.take() return {outcome = take('credentials')} end
function ops.attempt()
  local times = timesOf(a.member).times
  local until_ = lockedUntil(times, momentAfter(times))
  if until_ then return {['until'] = whole(until_)} end
  if not a.succeeded or a.count == 'all' then count(a.member)
  elseif a.cleared then forget(a.member) end
  return {allowed = true}
end
function ops.locks()
  local found, present = {}, now()
  for _, member in ipairs(redis.call('ZRANGE', key('limits'), 0, -1)) do
    local counted = timesOf(member)
    local until_ = lockedUntil(counted.times, present)
    if until_ then table.insert(found, {name = counted.name, ['until'] = whole(until_)}) end
  end
  return {found = found}
end
function ops.unlock() return {done = forget(a.member) == 1} end

function ops.users() return {text = redis.call('GET', key('users')), version = redis.call('GET', key('version')) or '0'} end
function ops.setUsers()
  if (redis.call('GET', key('version')) or '0') ~= a.version then return {done = false} end
  redis.call('SET', key('users'), a.text)
  redis.call('PUBLISH', key('changed'), redis.call('INCR', key('version')))
  return {done = true}
end

function ops.now() return {now = whole(now())} end
function ops.move()
  local target = a.to or (now() + a.by)
  redis.call('SET', key('offset'), whole(target - base()))
  return {now = whole(target)}
end
function ops.resetTime() redis.call('DEL', key('offset')); return {} end

function ops.addOutcome()
  local list = read('outcomes') or {}
  a.pending.id = redis.call('INCR', key('outcomeId'))
  table.insert(list, a.pending)
  write('outcomes', list)
  return {id = a.pending.id}
end
function ops.pending() return {found = read('outcomes') or {}} end
function ops.removeOutcome()
  local list = read('outcomes') or {}
  for index, pending in ipairs(list) do
    if pending.id == a.id then
      table.remove(list, index)
      if #list == 0 then redis.call('DEL', key('outcomes')) else write('outcomes', list) end
      return {done = true}
    end
  end
  return {done = false}
end
function ops.clearOutcomes()
  redis.call('DEL', key('outcomes'))
  redis.call('PUBLISH', key('cleared'), '')
  return {}
end

function ops.record()
  local id = redis.call('INCR', key('entryId'))
  redis.call('INCR', key('added'))
  local text = id .. ' ' .. a.text
  if a.size > 0 then
    redis.call('RPUSH', key('journal'), text)
    redis.call('LTRIM', key('journal'), -a.size, -1)
  end
  redis.call('PUBLISH', key('entries'), text)
  return {id = id}
end
function ops.entries() return {found = redis.call('LRANGE', key('journal'), 0, -1), added = tonumber(redis.call('GET', key('added')) or '0')} end
function ops.clearEntries() redis.call('DEL', key('journal'), key('added')); return {} end
function ops.seed()
  local last = redis.call('INCRBY', key('seed'), a.count)
  return {first = last - a.count}
end
function ops.reset()
  redis.call('DEL', key('journal'), key('added'), key('limit'), key('limits'), key('seed'), key('offset'))
  redis.call('SET', key('users'), a.text)
  redis.call('PUBLISH', key('changed'), redis.call('INCR', key('version')))
  ops.clearOutcomes()
  return {}
end
function ops.touch() touch(); return {} end

-- Whoever asked has given up.
local result = a.deadline and at >= a.deadline and {late = true} or ops[op]()
result.at = whole(at)
return cjson.encode(result)
`
