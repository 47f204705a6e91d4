import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { keep, type Machine, type Ran, restore, runScript, upload } from './shell.js';

export interface Job {
  extends?: string;
  image?: string;
  variables: Record<string, string>;
  cache: { key: string; paths: string[]; when: 'on_success' | 'always' };
  before_script?: string[];
  script: string[];
  artifacts: { when: string; paths: string[]; reports: Record<string, string> };
}

const TEMPLATE = 'ci/gitlab/esoz-sandbox.gitlab-ci.yml';

export const readTemplate = () => parse(readFileSync(TEMPLATE, 'utf8')) as Record<string, Job>;

/** A job that extends the template's, as GitLab merges the two: maps by their keys, all else replaced. */
export function extend(own: Partial<Job>): Job {
  const template = readTemplate()[own.extends ?? ''];
  if (!template) throw new Error(`the template has no ${own.extends}`);
  const variables = { ...template.variables, ...own.variables };
  return { ...template, ...own, variables };
}

/** Done as a runner with the shell executor does it: one script, its lines one after the other. */
export function runJob(job: Job, machine: Machine): Ran {
  const { workspace } = machine;
  const given = { CI: 'true', GITLAB_CI: 'true', CI_PROJECT_DIR: workspace };
  const variables = expanded({ ...given, ...job.variables });
  const key = expand(job.cache.key, variables);
  if (!/^[^/]+$/.test(key)) throw new Error(`a cache's key has no slash: ${key}`);
  for (const [i, path] of job.cache.paths.entries()) {
    restore(machine, `${key}-${i}`, join(workspace, path));
  }
  const script = join(machine.artifacts, '..', 'script.sh');
  writeFileSync(script, [...(job.before_script ?? []), ...job.script].join('\n'));
  const env = { ...machine.env, ...variables };
  const ran = runScript(['bash', '-eo', 'pipefail', script], workspace, env);
  if (ran.code === 0 || job.cache.when === 'always') {
    for (const [i, path] of job.cache.paths.entries()) {
      keep(machine, `${key}-${i}`, join(workspace, path));
    }
  }
  if (ran.code === 0 || job.artifacts.when === 'always') {
    const { paths, reports } = job.artifacts;
    for (const path of [...paths, ...Object.values(reports)]) upload(machine, path);
  }
  return ran;
}

/** Variables may name others. */
function expanded(variables: Record<string, string>): Record<string, string> {
  const all = Object.entries(variables).map(([name, value]) => [
    name,
    expand(String(value), variables),
  ]);
  return Object.fromEntries(all);
}

function expand(text: string, variables: Record<string, string>): string {
  return text.replaceAll(/\$\{?(\w+)\}?/g, (whole, name) => {
    const value = variables[name];
    return value === undefined ? whole : expand(value, variables);
  });
}
