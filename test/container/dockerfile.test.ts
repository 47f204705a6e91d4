import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { contextOf } from '../../scripts/image/context.mjs';
import { readDockerfile, type Stage } from '../../scripts/image/read-dockerfile.mjs';
import { run } from '../support/command.js';
import { filesWith } from '../support/documents.js';

const TEXT = readFileSync('Dockerfile', 'utf8');
const stages = readDockerfile(TEXT);
const last = stages.at(-1) as Stage;
const step = (name: string) => last.steps.findLast(({ instruction }) => instruction === name);

/** Mistakes and warnings of a Dockerfile, as editors show them. */
const lint = (text: string) => validate(text).map(({ message }) => message);

describe('the Dockerfile', () => {
  it('is without a mistake', () => {
    expect(lint(TEXT)).toEqual([]);
  });

  it('is refused where it is wrong: the check can fail', () => {
    expect(lint(`${TEXT}\nENTRYPOINTS ["x"]\n`)).not.toEqual([]);
    expect(lint(TEXT.replace('--interval=15s', '--interval=soon'))).not.toEqual([]);
  });

  it('makes the image of two stages over the same base', () => {
    expect(stages.map(({ base }) => base)).toEqual([last.base, last.base]);
    expect(step('COPY')).toMatchObject({ from: stages[0]?.name });
  });

  it('lets nobody be root, and hands signals to the sandbox itself', () => {
    expect(step('USER')).toMatchObject({ user: '1000:1000' });
    expect(step('ENTRYPOINT')).toMatchObject({ command: ['esoz-sandbox'] });
    expect(step('HEALTHCHECK')).toMatchObject({ command: ['esoz-sandbox', 'health'] });
    expect(step('VOLUME')).toMatchObject({ paths: ['/scenarios'] });
  });

  it('starts what there is: its command and its probe are commands, with options that they have', async () => {
    for (const name of ['CMD', 'HEALTHCHECK']) {
      const words = (step(name)?.command as string[]).filter((word) => word !== 'esoz-sandbox');
      const { out } = await run(words[0] ?? '', '--help');
      for (const option of words.filter((word) => word.startsWith('--'))) {
        expect(out).toMatch(new RegExp(`${option}[ ,\n]`));
      }
    }
  });

  it('is of a Node that the package takes', () => {
    const { engines } = JSON.parse(readFileSync('package.json', 'utf8'));
    const least = Number(/>=(\d+)/.exec(engines.node)?.[1]);
    expect(Number(/^node:(\d+)-/.exec(last.base)?.[1])).toBeGreaterThanOrEqual(least);
  });

  it('says which line cannot be read', () => {
    expect(() => readDockerfile('FROM node:24-bookworm-slim\nADD x /x\n')).toThrow('line 2: ADD');
  });
});

it('sends a build the package and nothing else', async () => {
  const first = await filesWith({
    '.dockerignore': readFileSync('.dockerignore', 'utf8'),
    'esoz-sandbox-9.9.9.tgz': '',
    'another.tgz': '',
    'secrets.env': '',
  });
  expect(contextOf(dirname(first))).toEqual(['esoz-sandbox-9.9.9.tgz']);
});
