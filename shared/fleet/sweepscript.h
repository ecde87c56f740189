// SPDX-FileCopyrightText: The Treewarden developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Treewarden {

/// The sweep, atomic inside Redis and on Redis' own clock (docs/protocol.md, "Sweeper"). Answers
/// {state, mass, ip …}: state "swept", "fresh", "held" or "late"; mass 0 or 1.
inline constexpr char sweepScript[] = R"lua(
local gapAllowed, enough, margin, leaseDefault, eventsLength = 2000, 700, 2000, 15000, 100000

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local nowText = string.format('%.0f', now)
local clock = redis.call('HMGET', 'sweeper', 'last', 'hold')
local last, hold = tonumber(clock[1]), tonumber(clock[2])
-- Many consoles may sweep: one of them a second does the work.
if last and now >= last and now - last < enough then return {'fresh', 0} end
redis.call('HSET', 'sweeper', 'last', nowText)

-- A key of a wrong type is no reason to let everybody else's death go untold.
local function ask(...)
    local reply = redis.pcall(...)
    if type(reply) == 'table' and reply.err then return false end
    return reply
end
local function leaseOf(ip)
    return tonumber(ask('HGET', 'server:info:' .. ip, 'lease') or '')
end
local function isAddress(ip)
    return #ip <= 45 and not string.find(ip, '[^%x:.]')
end

local servers, alive = redis.call('HGETALL', 'servers:alive'), {}
for i = 1, #servers, 2 do
    if servers[i + 1] == '1' and isAddress(servers[i]) then alive[#alive + 1] = servers[i] end
end

-- Whoever comes late has not seen whether the agents could renew their leases meanwhile, and may not judge them.
if not last or now - last > gapAllowed or now < last then
    local longest = leaseDefault
    for i, ip in ipairs(alive) do
        local lease = leaseOf(ip) or leaseDefault
        if i == 1 or lease > longest then longest = lease end
    end
    longest = math.min(longest, 3600000)
    redis.call('HSET', 'sweeper', 'hold', string.format('%.0f', now + longest + math.ceil(longest / 3) + margin))
    return {'late', 0}
end
if hold and now < hold then return {'held', 0} end

local function isLeaseGood(ip, said)
    if said ~= '1' then return false end
    local left = redis.call('PTTL', 'server:alive:' .. ip)
    if left < 0 then return false end
    local lease = leaseOf(ip)
    return not lease or left <= lease
end
local dead, chunk = {}, 1000
for first = 1, #alive, chunk do
    local keys = {}
    for i = first, math.min(first + chunk - 1, #alive) do keys[#keys + 1] = 'server:alive:' .. alive[i] end
    for i, said in ipairs(redis.call('MGET', unpack(keys))) do
        local ip = alive[first + i - 1]
        if not isLeaseGood(ip, said) then dead[#dead + 1] = ip end
    end
end

local isMass = #dead > 3 and #dead * 2 > #servers / 2
local tail = ',"alive":0,"timestamp":' .. nowText .. ',"by":"sweeper"' .. (isMass and ',"mass":true}' or '}')
local result = {'swept', isMass and 1 or 0}
for _, ip in ipairs(dead) do
    local message = '{"type":"alive","ip":"' .. ip .. '"' .. tail
    redis.call('HSET', 'servers:alive', ip, '0')
    redis.call('HSET', 'servers:since', ip, nowText)
    redis.call('SET', 'server:alive:' .. ip, '0')
    redis.call('XADD', 'events', 'MAXLEN', '~', eventsLength, '*', 'type', 'alive', 'ip', ip, 'json', message)
    redis.call('PUBLISH', 'update:info:' .. ip .. ':alive', '0')
    redis.call('PUBLISH', 'update:info', message)
    redis.call('PUBLISH', 'update:info', '{"type":"event","ip":"' .. ip .. '"}')
    result[#result + 1] = ip
end
return result
)lua";

} // namespace Treewarden
