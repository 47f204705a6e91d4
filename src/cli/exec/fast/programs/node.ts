import type { Program } from './program.js';

const text = `
const { ESOZ_PROBE: base } = process.env;
const say = (name, began) => process.stdout.write(name + ' ' + (Date.now() - began) + '\\n');
let began = Date.now();
await new Promise((wake) => setTimeout(wake, 1000));
say('sleep', began);
began = Date.now();
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
say('wait', began);
for (let i = 0; i < 5; i += 1) {
  began = Date.now();
  await (await fetch(base + '/ask?at=' + began)).text();
  say('ask', began);
}
began = Date.now();
await fetch(base + '/hang', { signal: AbortSignal.timeout(5000) }).catch(() => {});
say('limit', began);
process.exit();
`;

export const node: Program = {
  title: 'Node',
  file: 'probe.mjs',
  text,
  run: (file, _, runtime) => [runtime, file],
};
