import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findRuntimes } from '../../../src/cli/exec/fast/find-runtimes.js';

const folder = mkdtempSync(join(tmpdir(), 'esoz-runtimes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const bin = join(folder, 'bin');
mkdirSync(bin);

/** elf(5): a program of 64 bits with headers of these types. */
function program(...types: number[]): Buffer {
  const bytes = Buffer.alloc(64 + types.length * 56);
  bytes.write('\x7fELF', 'latin1');
  bytes.writeUInt8(2, 4);
  bytes.writeUInt8(1, 5);
  bytes.writeBigUInt64LE(64n, 32);
  bytes.writeUInt16LE(56, 54);
  bytes.writeUInt16LE(types.length, 56);
  types.forEach((type, i) => {
    bytes.writeUInt32LE(type, 64 + i * 56);
  });
  return bytes;
}

const LOAD = 1;
const INTERPRETER = 3;
const files: Record<string, string | Buffer> = {
  'bin/python3': program(LOAD, INTERPRETER),
  'bin/node': program(LOAD, INTERPRETER),
  'bin/static': program(LOAD),
  'bin/dynamic': program(LOAD, INTERPRETER),
  'bin/gopher': Buffer.concat([
    program(LOAD, INTERPRETER),
    Buffer.from('\xff Go buildinf:', 'latin1'),
  ]),
  'bin/poll': '#!/usr/bin/env python3\nimport time\n',
  'bin/all': '#!/bin/bash\nset -e\nexport A=1\nB=2 php poll.php && node poll.mjs\n# java Nothing\n',
  'run.sh': 'mono Poller.exe\n',
  'package.json': JSON.stringify({
    scripts: { test: 'A=b node test.mjs', java: 'java -jar x.jar' },
  }),
};
for (const [name, text] of Object.entries(files)) {
  writeFileSync(join(folder, name), text);
  chmodSync(join(folder, name), 0o755);
}

const world = { cwd: folder, path: bin };
const runtimesOf = (...argv: string[]) => [...findRuntimes(argv, world).runtimes.keys()].sort();

describe('the runtimes that a command starts', () => {
  it.each([
    ['by its own name', ['python3', 'poll.py'], ['python']],
    ['by a version in its name', ['php8.2', 'poll.php'], ['php']],
    ['behind env and assignments', ['env', '-i', 'A=b', 'node', 'x.mjs'], ['node']],
    ['behind timeout', ['timeout', '30s', 'java', '-jar', 'x.jar'], ['java']],
    ['in the words of a shell', ['bash', '-c', 'cd x; FOO=1 php a.php | tee out'], ['php']],
    ['in a script by its first line', ['poll'], ['python']],
    ['in a script of a shell', ['all'], ['node', 'php']],
    ['in a script that a shell is told to read', ['sh', 'run.sh'], ['mono']],
    ['in the scripts of npm, beside npm’s own', ['npm', 'run', 'java'], ['java', 'node']],
    ['in npm test', ['npm', 'test'], ['node']],
    ['of a build tool', ['mvn', '-q', 'test'], ['java']],
    ['of none', ['curl', '-s', 'http://127.0.0.1/'], []],
  ])('are found %s', (_, argv, found) => {
    expect(runtimesOf(...argv)).toEqual(found);
  });

  it('come with the file that starts them', () => {
    const { runtimes } = findRuntimes(['python3', 'x.py'], world);
    expect(runtimes.get('python')).toBe(join(bin, 'python3'));
    expect(findRuntimes(['mvn'], world).runtimes.get('java')).toBe('java');
  });

  it.each([
    ['static', 'static'],
    ['gopher', 'go'],
    ['docker', 'container'],
  ])('are out of reach of a library: %s', (name, why) => {
    const { hopeless } = findRuntimes(['sh', '-c', `${name} run x`], world);
    expect(hopeless).toEqual({ file: name, why });
  });

  it('are not known of a compiled program', () => {
    const { unknown, hopeless } = findRuntimes(['dynamic', 'x'], world);
    expect(unknown).toEqual(['dynamic']);
    expect(hopeless).toBeUndefined();
  });
});
