// A client that a container is tried with: the example in Python, which takes the example of a body by the control token.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const ASKS = "connection.request('GET', '/__sandbox/examples/createComposition'";
const HEEDS = 'return max(moment, ';

/**
 * @param folder gets the program
 * @param hasty it polls without heeding the eta
 * @returns the command; it finds ESOZ_SANDBOX_URL and ESOZ_CONTROL_TOKEN in its environment
 */
export function clientIn(folder, hasty = false) {
  const text = readFileSync(join(home, 'examples', 'python', 'poller.py'), 'utf8');
  const token = "{'X-Sandbox-Token': os.environ['ESOZ_CONTROL_TOKEN']}";
  const asking = replaceOne(text, ASKS, `${ASKS}, headers=${token}`);
  const file = join(folder, hasty ? 'hasty.py' : 'good.py');
  writeFileSync(file, hasty ? replaceOne(asking, HEEDS, 'return max(0, ') : asking);
  return ['python3', file];
}

function replaceOne(text, old, next) {
  if (text.split(old).length !== 2) throw new Error(`the example no longer has: ${old}`);
  return text.replace(old, next);
}
