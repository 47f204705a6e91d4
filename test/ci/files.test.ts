import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { fillIn, holds } from './expressions.js';
import { readAction } from './github.js';
import { extend, readTemplate } from './gitlab.js';

const JENKINSFILE = readFileSync('ci/jenkins/Jenkinsfile', 'utf8');

/** Every path `a.b` that an action's expressions read. */
function readsOf(text: string): string[] {
  const inBraces = [...text.matchAll(/\$\{\{(.*?)\}\}/g)].map(([, inner = '']) => inner);
  const conditions = [...text.matchAll(/^ *(?:- )?if: (.*)$/gm)].map(([, inner = '']) => inner);
  return [...inBraces, ...conditions].flatMap((one) => one.match(/[a-z]+(\.[\w-]+)+/g) ?? []);
}

describe('the action for GitHub', () => {
  const action = readAction();
  const text = readFileSync('action.yml', 'utf8');

  it('reads inputs that it declares, all of them, and outputs of steps before', () => {
    const reads = readsOf(text);
    const inputs = new Set(reads.filter((path) => path.startsWith('inputs.')));
    expect(inputs).toEqual(new Set(Object.keys(action.inputs).map((name) => `inputs.${name}`)));
    const ids = new Set(action.runs.steps.map(({ id }) => id).filter(Boolean));
    const steps = reads.filter((path) => path.startsWith('steps.'));
    expect(new Set(steps.map((path) => path.split('.')[1]))).toEqual(ids);
  });

  it('puts no input into a script: a shell gets them as variables', () => {
    for (const { run } of action.runs.steps) expect(run ?? '').not.toMatch(/\$\{\{/);
  });

  it('has what a composite action must have', () => {
    expect(action.runs.using).toBe('composite');
    for (const step of action.runs.steps) {
      expect(Object.keys(step)).toEqual(expect.arrayContaining([step.run ? 'shell' : 'uses']));
    }
    for (const { description } of Object.values(action.inputs)) expect(description).toBeTruthy();
  });
});

it.each([
  ['action.yml', () => readAction().inputs.version?.default],
  ['the template for GitLab', () => readTemplate()['.esoz-sandbox']?.variables.ESOZ_VERSION],
  ['the Jenkinsfile', () => /ESOZ_VERSION = '([^']+)'/.exec(JENKINSFILE)?.[1]],
])('installs this version by itself: %s', (_, version) => {
  expect(version()).toBe(packageJson.version);
});

describe('the template for GitLab', () => {
  it('is a job that others extend: hidden, all of its own variables declared', () => {
    const names = Object.keys(readTemplate());
    expect(names).toEqual(['.esoz-sandbox']);
    const { variables, script, artifacts } = extend({ extends: '.esoz-sandbox' });
    const named = new Set(script.join('\n').match(/ESOZ_\w+/g));
    expect(named).toEqual(
      new Set(Object.keys(variables).filter((name) => name !== 'ESOZ_VERSION')),
    );
    expect(artifacts).toMatchObject({ when: 'always', reports: { junit: 'esoz.xml' } });
  });
});

describe('expressions of actions, as the tests read them', () => {
  const read = (path: string) => `$\{{ ${path} }}`;
  const context = { inputs: { one: 'x', none: '' }, steps: { a: { outputs: { hit: 'true' } } } };

  it('are filled in', () => {
    expect(
      fillIn(`<${read('inputs.one')}/${read('steps.a.outputs.hit')}${read('steps.b.x')}>`, context),
    ).toBe('<x/true>');
    expect(() => fillIn(read('hashFiles(1)'), context)).toThrow('not understood');
  });

  it('hold or do not', () => {
    expect(holds(undefined, context, false)).toBe(true);
    expect(holds(undefined, context, true)).toBe(false);
    expect(holds("inputs.none != ''", context, false)).toBe(false);
    expect(holds("always() && inputs.one != ''", context, true)).toBe(true);
    expect(holds("steps.a.outputs.hit != 'true'", context, false)).toBe(false);
  });
});
