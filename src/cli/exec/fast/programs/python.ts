import type { Program } from './program.js';

const text = `
import os, sys, threading, time, urllib.request
base = os.environ['ESOZ_PROBE']
# No proxy of the machine stands between them.
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
now = lambda: time.time() * 1000
def say(name, began):
    sys.stdout.write('%s %d\\n' % (name, now() - began))
    sys.stdout.flush()
began = now()
time.sleep(1)
say('sleep', began)
# Where the library does not know how Python waits, this would be for ever.
def wait():
    began = now()
    threading.Event().wait(1)
    say('wait', began)
waiting = threading.Thread(target=wait, daemon=True)
waiting.start()
deadline = time.monotonic() + 20
while waiting.is_alive() and time.monotonic() < deadline:
    time.sleep(0.1)
if waiting.is_alive():
    os._exit(1)
for _ in range(5):
    began = now()
    opener.open(base + '/ask?at=%.3f' % began).read()
    say('ask', began)
began = now()
try:
    opener.open(base + '/hang', timeout=5).read()
except OSError:
    pass
say('limit', began)
`;

export const python: Program = {
  title: 'Python',
  file: 'probe.py',
  text,
  run: (file, _, runtime) => [runtime, file],
};
