import { resolve } from 'node:path';
import { keep, type Machine, type Ran, restore, runScript } from './shell.js';

const FOLDER = '.esoz-sandbox';

/** @param variables in the place of those that the Jenkinsfile sets */
export function runPipeline(machine: Machine, variables: Record<string, string>): Ran {
  const { workspace, artifacts, env } = machine;
  // An agent keeps a job's workspace; that of these tests is laid anew each time.
  restore(machine, FOLDER, `${workspace}/${FOLDER}`);
  const given = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  const script = [resolve('test/ci/declarative.groovy'), resolve('ci/jenkins/Jenkinsfile')];
  const ran = runScript(['groovy', ...script, artifacts, ...given], workspace, env);
  keep(machine, FOLDER, `${workspace}/${FOLDER}`);
  return ran;
}
