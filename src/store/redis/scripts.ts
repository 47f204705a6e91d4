/**
 * What Redis does as one, beside nothing else. A session `NAME` has four keys: `f:NAME`, a list of its facts; `s:NAME`, a
 * hash of how far they are recorded and trimmed; `r:NAME` and `k:NAME`, its records by their keys and those keys in
 * order. Keys are named here and not by whoever calls, for one call is about many sessions: so one server holds all of
 * them, and never a cluster.
 *
 * The first argument is what all keys begin with.
 */

/**
 * ARGV: a name that no session was ever born by, a channel and a tag (Feed); then for each append the session, its birth and
 * the generation of what is known of it, where they are known, how many facts it is expected to have, how many come, and the
 * facts. What is kept is published as one, unless only whoever appends would be told. Answers with the position, or with a
 * list: the birth of the session there is, and what was missed of it.
 */
export const APPEND = `
local all, answer, told, at = ARGV[1], {}, {}, 5
local generation = redis.call('HGET', all .. 'life', 'generation')
local isAlone = false
if ARGV[3] ~= '' then
  local listening = redis.pcall('PUBSUB', 'NUMSUB', all .. 'feed', ARGV[3])
  isAlone = listening[2] == 1 and listening[4] == 1
end
while at <= #ARGV do
  local name, meant, known_of = ARGV[at], ARGV[at + 1], ARGV[at + 2]
  local expected, count = tonumber(ARGV[at + 3]), tonumber(ARGV[at + 4])
  local facts, head = all .. 'f:' .. name, all .. 's:' .. name
  local first, last = at + 5, at + 4 + count
  local known = redis.call('HMGET', head, 'birth', 'trimmed')
  local birth, trimmed = known[1], tonumber(known[2] or '0')
  local position = birth and trimmed + redis.call('LLEN', facts) or 0
  local isOther = birth and meant ~= '' and birth ~= meant
  -- What is known may be more than this server has, though it has as many facts.
  local isOld = known_of ~= '' and known_of ~= generation
  if position ~= expected or isOther or isOld then
    local missed = birth and redis.call('LRANGE', facts, isOther and 0 or math.max(0, expected - trimmed), -1) or {}
    table.insert(missed, 1, birth or '')
    answer[#answer + 1] = missed
  else
    if count > 0 then
      if not birth then
        birth = meant ~= '' and meant or ARGV[2]
        redis.call('SADD', all .. 'names', name)
        redis.call('HSET', head, 'birth', birth, 'recorded', 0, 'trimmed', 0)
      end
      -- unpack has no room for more than some thousands.
      for from = first, last, 1000 do
        redis.call('RPUSH', facts, unpack(ARGV, from, math.min(from + 999, last)))
      end
      if not isAlone then
        told[#told + 1] = table.concat({ name, birth, expected, table.concat(ARGV, '\\30', first, last) }, '\\31')
      end
    end
    answer[#answer + 1] = position + count
  end
  at = last + 1
end
if #told > 0 then redis.call('PUBLISH', all .. 'feed', ARGV[4] .. '\\29' .. table.concat(told, '\\29')) end
return answer`;

/** ARGV: the session. Answers with position, recorded, trimmed and birth; with nothing when there is none. */
export const FIND = `
local head = redis.call('HMGET', ARGV[1] .. 's:' .. ARGV[2], 'recorded', 'trimmed', 'birth')
if not head[1] then return nil end
local trimmed = tonumber(head[2])
return { trimmed + redis.call('LLEN', ARGV[1] .. 'f:' .. ARGV[2]), tonumber(head[1]), trimmed, head[3] }`;

/** ARGV: the session, a position and one not before it. Answers with the facts between them that are there. */
export const READ = `
local trimmed = tonumber(redis.call('HGET', ARGV[1] .. 's:' .. ARGV[2], 'trimmed') or '0')
local from, to = tonumber(ARGV[3]) - trimmed, tonumber(ARGV[4]) - trimmed
if to <= 0 then return {} end
return redis.call('LRANGE', ARGV[1] .. 'f:' .. ARGV[2], math.max(0, from), to - 1)`;

/**
 * ARGV: the session, a position; then names of records and, behind each, 1 and its value, or 0 for none. Of a position
 * before that of the records there are, or of more facts than there are, nothing is taken.
 */
export const RECORD = `
local all, name = ARGV[1], ARGV[2]
local head, values, keys = all .. 's:' .. name, all .. 'r:' .. name, all .. 'k:' .. name
local known, position = redis.call('HMGET', head, 'recorded', 'trimmed'), tonumber(ARGV[3])
if not known[1] or position < tonumber(known[1]) then return end
if position > tonumber(known[2]) + redis.call('LLEN', all .. 'f:' .. name) then return end
redis.call('HSET', head, 'recorded', position)
local at = 4
while at <= #ARGV do
  local key = ARGV[at]
  if ARGV[at + 1] == '1' then
    redis.call('HSET', values, key, ARGV[at + 2])
    redis.call('ZADD', keys, 0, key)
    at = at + 3
  else
    redis.call('HDEL', values, key)
    redis.call('ZREM', keys, key)
    at = at + 2
  end
end`;

/** ARGV: the session, the first key, the one behind the last, how many. Answers with keys and values in turn. */
export const RANGE = `
local keys = redis.call('ZRANGE', ARGV[1] .. 'k:' .. ARGV[2], '[' .. ARGV[3], '(' .. ARGV[4], 'BYLEX', 'LIMIT', 0, ARGV[5])
local answer = {}
for i, key in ipairs(keys) do
  answer[2 * i - 1] = key
  answer[2 * i] = redis.call('HGET', ARGV[1] .. 'r:' .. ARGV[2], key)
end
return answer`;

/** ARGV: the session and a position: facts up to there go, as far as records have them. */
export const TRIM = `
local head = ARGV[1] .. 's:' .. ARGV[2]
local known = redis.call('HMGET', head, 'recorded', 'trimmed')
if not known[1] then return end
local before = tonumber(known[2])
local trimmed = math.min(tonumber(ARGV[3]), tonumber(known[1]))
if trimmed <= before then return end
redis.call('LTRIM', ARGV[1] .. 'f:' .. ARGV[2], trimmed - before, -1)
redis.call('HSET', head, 'trimmed', trimmed)`;

/** ARGV: the session. Published, too. */
export const END = `
local all, name = ARGV[1], ARGV[2]
redis.call('PUBLISH', all .. 'feed', '\\29' .. table.concat({ name, '', 0, '' }, '\\31'))
redis.call('UNLINK', all .. 'f:' .. name, all .. 's:' .. name, all .. 'r:' .. name, all .. 'k:' .. name)
redis.call('SREM', all .. 'names', name)`;

/**
 * ARGV: the form of what is kept, the moment, a name for what the server knows from now on, and the name of its process.
 * A server that was started again may have lost the last of what it was told: from then on its knowledge has another name,
 * its generation. Answers with the form, since when there is the store, how many times it was opened (`ARGV[6]`: it is being
 * opened), and the generation.
 */
export const OPEN = `
local life = ARGV[1] .. 'life'
if redis.call('EXISTS', life) == 0 then
  redis.call('HSET', life, 'form', ARGV[2], 'since', ARGV[3], 'opened', 0)
end
local form = redis.call('HGET', life, 'form')
if tonumber(form) <= tonumber(ARGV[2]) then
  if redis.call('HGET', life, 'process') ~= ARGV[5] then
    redis.call('HSET', life, 'process', ARGV[5], 'generation', ARGV[4])
  end
  redis.call('HINCRBY', life, 'opened', ARGV[6])
end
return redis.call('HMGET', life, 'form', 'since', 'opened', 'generation')`;

/**
 * ARGV: the name of a server, what it tells of itself, and after how many milliseconds one that has fallen silent is
 * forgotten. Answers with names and what they tell, in turn.
 */
export const HELLO = `
local servers = ARGV[1] .. 'servers'
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
redis.call('HSET', servers, ARGV[2], now .. ' ' .. ARGV[3])
local all, answer = redis.call('HGETALL', servers), {}
for i = 1, #all, 2 do
  local at, told = string.match(all[i + 1], '^(%d+) (.*)$')
  if tonumber(at) < now - tonumber(ARGV[4]) then
    redis.call('HDEL', servers, all[i])
  else
    answer[#answer + 1] = all[i]
    answer[#answer + 1] = told
  end
end
return answer`;
