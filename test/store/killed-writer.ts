/**
 * Writes into a store until it is killed: pairs of facts of a few sessions, records and trimming behind them, and now
 * and then the end of a session, which begins anew. Says what has been answered, a line each, as soon as it has been:
 * `kept NAME LIFE POSITION`, `ended NAME LIFE`; and `ending NAME LIFE` before it asks for that.
 *
 *   node killed-writer.mjs FOLDER strict|fast
 */
import { writeSync } from 'node:fs';
import { openFileStore } from '../../src/store/file/open-file-store.js';
import { Group } from '../../src/store/group.js';

const [folder = '', durability] = process.argv.slice(2);
const store = await openFileStore({ folder, strict: durability === 'strict', now: 0, waiting: 50 });
const group = new Group(store);

const say = (line: string) => writeSync(1, `${line}\n`);

/** What is known of a session at a start: its facts say in which life it is. */
async function standing(name: string): Promise<{ life: number; position: number }> {
  const [head] = await store.get(name, ['head']);
  const found = await store.find(name);
  if (!found) return { life: 0, position: 0 };
  for await (const [fact = ''] of store.read(name, found.position - 2))
    return { life: JSON.parse(fact).life, position: found.position };
  throw new Error(`${name} has no facts behind ${found.position - 2}, and its head is ${head}`);
}

async function write(name: string): Promise<void> {
  let { life, position } = await standing(name);
  if (position === 0) life = Date.now();
  for (let turn = 1; ; turn++) {
    for (let i = 0; i < 1 + (turn % 3); i++) {
      const facts = [1, 2].map((n) => JSON.stringify({ life, n: position + n, x: 'x'.repeat(80) }));
      const now = position + 2;
      const born = life;
      group.add({ session: name, expected: position, facts }, (failure) => {
        if (failure) throw failure;
        say(`kept ${name} ${born} ${now}`);
      });
      position = now;
    }
    await new Promise<void>((resolve) => group.saved(() => resolve()));
    if (turn % 4 === 0) {
      const records = ['head', 'twin', `k/${turn % 40}`];
      const value = JSON.stringify({ life, position });
      await store.record(
        name,
        position,
        records.map((key) => ({ key, value })),
      );
    }
    if (turn % 10 === 0) await store.trim(name, position - 100);
    if (turn % 97 === 0) {
      say(`ending ${name} ${life}`);
      await store.end(name);
      say(`ended ${name} ${life}`);
      life++;
      position = 0;
    }
  }
}

await Promise.all(['a', 'b', 'c', 'd', 'e'].map(write));
