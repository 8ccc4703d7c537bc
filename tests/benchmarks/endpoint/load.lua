-- A load of wrk that ends after so many seconds and answers, both reached.
-- Arguments: how ("repeated" or "distinct"), the number to put in place of the constant in the
-- path, seconds, answers, connections, milliseconds that a connection waits between requests,
-- media type.

local ffi = require("ffi")
ffi.cdef [[
  typedef struct { long seconds; long nanoseconds; } moment;
  int clock_gettime(int clock, moment *now);
  int getpid(void);
  int kill(int process, int signal);
]]

local CONSTANT = "1000000000"
local MONOTONIC, INTERRUPT = 1, 2
local reading = ffi.new("moment")
local threads = {}

local function clock()
  ffi.C.clock_gettime(MONOTONIC, reading)
  return tonumber(reading.seconds) + tonumber(reading.nanoseconds) / 1e9
end

function setup(thread)
  table.insert(threads, thread)
end

function init(arguments)
  distinct = arguments[1] == "distinct"
  number = tonumber(arguments[2])
  seconds, answers = tonumber(arguments[3]), tonumber(arguments[4])
  connections, pause = tonumber(arguments[5]), tonumber(arguments[6])
  wrk.headers["Accept"] = arguments[7]
  whole = wrk.format("GET")
  local first, last = whole:find(CONSTANT, 1, true)
  before, after = whole:sub(1, first - 1), whole:sub(last + 1)
  whole = before .. string.format("%d", number) .. after
  sent, began, ended = -1, 0, 0
  if pause > 0 then
    delay = function() return pause end
  end
end

-- wrk calls this once to look at the request, and then each time a connection is free: the
-- first time of each connection at the start, every other time behind an answer. It ends where
-- every connection has had as many answers as another, since a server that answers all at once
-- would otherwise be caught with many almost done.
function request()
  sent = sent + 1
  if sent == 1 then
    began = clock()
  elseif sent - connections >= answers and sent % connections == 0 then
    local now = clock()
    if ended == 0 and now - began >= seconds then
      ended = now
      wrk.thread:stop()
      ffi.C.kill(ffi.C.getpid(), INTERRUPT)
    end
  end
  if not distinct then
    return whole
  end
  number = number + 1
  return before .. string.format("%d", number) .. after
end

function done(summary, latency, requests)
  local began, ended = threads[1]:get("began"), threads[1]:get("ended")
  if ended == 0 then
    ended = began + summary.duration / 1e6
  end
  local faults = summary.errors
  io.write(string.format(
    '{"answers": %d, "seconds": %.6f, "median": %.6f, "refused": %d, "broken": %d}\n',
    summary.requests, ended - began, latency:percentile(50) / 1e6, faults.status,
    faults.connect + faults.read + faults.write + faults.timeout
  ))
end
