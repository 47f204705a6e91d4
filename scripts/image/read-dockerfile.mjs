// What a Dockerfile says, as far as this one goes: stages, and the steps of each. What is not understood is an error,
// so that nothing is passed over that an engine would do.
import { DockerfileParser } from 'dockerfile-ast';

/** What a step becomes, by its instruction. */
const READERS = {
  COPY: (step) => ({ ...flagsOf(step), paths: words(step) }),
  RUN: (step) => ({ command: commandOf(step) }),
  ENV: (step) => ({ pairs: pairsOf(step) }),
  LABEL: (step) => ({ pairs: pairsOf(step) }),
  WORKDIR: (step) => ({ path: only(step) }),
  USER: (step) => ({ user: only(step) }),
  EXPOSE: (step) => ({ ports: words(step) }),
  VOLUME: (step) => ({ paths: jsonOf(step) ?? words(step) }),
  ENTRYPOINT: (step) => ({ command: commandOf(step) }),
  CMD: (step) => ({ command: commandOf(step) }),
  HEALTHCHECK: (step) => ({ ...flagsOf(step), command: healthOf(step) }),
};

/**
 * @param text of a Dockerfile
 * @returns its stages in their order, `{ base, name, steps: [{ instruction, line, … }] }`
 * @throws Error that names the line which is not understood
 */
export function readDockerfile(text) {
  const stages = [];
  for (const step of DockerfileParser.parse(text).getInstructions()) {
    const instruction = step.getKeyword();
    const line = step.getRange().start.line + 1;
    if (instruction === 'FROM') {
      stages.push({ base: step.getImage(), name: step.getBuildStage() ?? undefined, steps: [] });
      continue;
    }
    const read = READERS[instruction];
    if (!read || stages.length === 0)
      throw new Error(`line ${line}: ${instruction} is not understood`);
    stages.at(-1).steps.push({ instruction, line, ...read(step) });
  }
  return stages;
}

function words(step) {
  return step.getArguments().map((word) => word.getValue());
}

function only(step) {
  const [word, ...more] = words(step);
  if (more.length > 0) throw new Error(`${step.getKeyword()} takes one word`);
  return word;
}

/** `["serve", "--port"]` as a list; without brackets undefined. */
function jsonOf(step) {
  const strings = step.getJSONStrings?.() ?? [];
  return strings.length === 0 ? undefined : strings.map((one) => one.getJSONValue());
}

/** A list runs as it stands, text by a shell. */
function commandOf(step) {
  return jsonOf(step) ?? ['/bin/sh', '-c', step.getArgumentsContent()];
}

function pairsOf(step) {
  return step.getProperties().map((pair) => [pair.getName(), pair.getValue()]);
}

function flagsOf(step) {
  return Object.fromEntries(step.getFlags().map((flag) => [flag.getName(), flag.getValue()]));
}

function healthOf(step) {
  const sub = step.getSubcommand();
  if (sub?.getValue() !== 'CMD') throw new Error('HEALTHCHECK takes CMD here');
  const [, ...rest] = step.getArguments();
  return JSON.parse(rest.map((word) => word.getValue()).join(' '));
}
