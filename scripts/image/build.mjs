// Builds the root file system of an image as a Dockerfile says, without an engine: each stage is a folder, and RUN runs
// in it by chroot. Needs root.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeBase } from './base.mjs';
import { contextOf, patternOf } from './context.mjs';
import { readDockerfile } from './read-dockerfile.mjs';
import { runInRoot } from './run-in-root.mjs';

/**
 * @param context the folder with Dockerfile, .dockerignore and what is copied
 * @param folder gets the stages
 * @param cache keeps what bases are made of
 * @returns `{ root, config }`: the last stage's folder, and what an engine would know of the image
 */
export function buildImage({ context, folder, cache, dockerfile = join(context, 'Dockerfile') }) {
  const stages = new Map();
  mkdirSync(folder, { recursive: true });
  let image;
  for (const [i, { base, name = String(i), steps }] of readDockerfile(
    readFileSync(dockerfile, 'utf8'),
  ).entries()) {
    const root = join(folder, name);
    const config = { ...makeBase(base, root, cache), volumes: [], ports: [], labels: {} };
    image = { root, config };
    for (const step of steps) STEPS[step.instruction](step, image, { context, stages });
    stages.set(name, root);
  }
  for (const [, root] of stages) {
    if (root !== image.root) rmSync(root, { recursive: true });
  }
  return image;
}

const STEPS = {
  COPY: copy,
  RUN: ({ command }, { root, config }) => runInRoot(root, command, config),
  ENV: ({ pairs }, { config }) => {
    // All names of one line are filled in by what stood before the line.
    const filled = pairs.map(([name, value]) => [name, fill(value, config.env)]);
    Object.assign(config.env, Object.fromEntries(filled));
  },
  LABEL: ({ pairs }, { config }) => Object.assign(config.labels, Object.fromEntries(pairs)),
  WORKDIR: ({ path }, { root, config }) => {
    mkdirSync(join(root, path), { recursive: true });
    config.workdir = path;
  },
  USER: ({ user }, { config }) => {
    if (!/^\d+:\d+$/.test(user)) throw new Error(`USER ${user}: write numbers, as 1000:1000`);
    config.user = user;
  },
  EXPOSE: ({ ports }, { config }) => config.ports.push(...ports),
  VOLUME: ({ paths }, { config }) => config.volumes.push(...paths),
  ENTRYPOINT: ({ command }, { config }) => {
    config.entrypoint = command;
  },
  CMD: ({ command }, { config }) => {
    config.cmd = command;
  },
  HEALTHCHECK: ({ command, ...every }, { config }) => {
    config.healthcheck = { command, ...every };
  },
};

/** Files become root's, as those of a COPY are. */
function copy({ from, paths }, { root }, { context, stages }) {
  const to = join(root, paths.at(-1));
  const sources = paths.slice(0, -1).flatMap((path) => {
    if (from === undefined) return named(context, path);
    if (!stages.has(from)) throw new Error(`COPY --from=${from}: there is no such stage`);
    return [`${join(stages.get(from), path)}/.`];
  });
  mkdirSync(to, { recursive: true });
  execFileSync('cp', ['-a', '--no-preserve=ownership', ...sources, to]);
}

/** What a COPY of a name, or of a pattern of names, takes: at least one. */
function named(context, path) {
  const found = contextOf(context).filter((name) => patternOf(path).test(name));
  if (found.length === 0) throw new Error(`COPY ${path}: no such file in the build's context`);
  return found.map((name) => join(context, name));
}

function fill(text, env) {
  return text.replaceAll(/\$\{?(\w+)\}?/g, (_, name) => env[name] ?? '');
}
