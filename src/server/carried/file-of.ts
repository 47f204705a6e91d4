import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { asset } from '../../assets.js';
import { apiFilesOf, type ServedFiles } from '../../load/pack-description.js';
import { toSessionVerdict } from '../../report/json-verdict.js';
import type { Api } from '../../sandbox/api.js';
import { FACT_VERSION } from '../../sandbox/facts/fact.js';
import type { Tape } from '../../sandbox/facts/tape.js';
import type { Session } from '../../sandbox/session.js';
import { judgeSession } from '../judge-session.js';
import { maskFile } from './mask-file.js';
import {
  FILE_FORMAT,
  FILE_VERSION,
  type FileApi,
  type FileHeader,
  type SessionFile,
} from './session-file.js';

/**
 * What the file of a session says.
 * @param secrets credentials stand in it as they came
 * @param judged the verdict, where another one than that of now is meant
 */
export async function fileOf(
  session: Session,
  tape: Tape,
  served: ServedFiles,
  secrets: boolean,
  judged = judgeSession(session, {}).verdict,
): Promise<SessionFile> {
  const { setup, name, clock } = session;
  const verdict = toSessionVerdict(judged);
  const header: FileHeader = {
    format: FILE_FORMAT,
    version: FILE_VERSION,
    session: name,
    made: new Date(setup.wall() as number).toISOString(),
    program: programVersion(),
    facts: FACT_VERSION,
    masked: !secrets,
    now: clock.now(),
    exchanges: { first: tape.first, last: tape.last },
    apis: await Promise.all(setup.apis.map((api) => describeApi(api, served))),
    served: namesOf(served),
  };
  const file = { header, facts: tape.facts, verdict };
  return secrets ? file : maskFile(file, setup.apis);
}

function programVersion(): string {
  const text = readFileSync(asset('package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** An API as a file names it. */
export async function describeApi(api: Api, served: ServedFiles): Promise<FileApi> {
  const { name, contract, binding, platform, from } = api;
  const { title, version, file } = contract;
  const { pack } = apiFilesOf(served)[from] ?? {};
  const [ofContract, ofBinding] = await Promise.all([hashOf(file), hashOf(binding.file)]);
  return {
    name,
    pack: pack ?? (served.spec === undefined && !served.apis ? binding.pack : undefined),
    platform,
    contract: { title, version, sha256: ofContract },
    binding: { name: binding.name, sha256: ofBinding },
  };
}

/** Undefined: there is no such file, such as of a binding that was guessed. */
async function hashOf(file: string): Promise<string | undefined> {
  try {
    return createHash('sha256')
      .update(await readFile(file))
      .digest('base64url');
  } catch {
    return undefined;
  }
}

/** What was named to be served, as far as another start can name it so. */
function namesOf(served: ServedFiles): FileHeader['served'] {
  const { pack, spec, binding, apis = [] } = served;
  const packs = [pack ?? [], apis.flatMap((each) => each.pack ?? [])].flat();
  const specs = [spec ?? [], apis.flatMap((each) => each.spec ?? [])].flat();
  return {
    ...(packs.length > 0 ? { pack: packs } : {}),
    ...(specs.length > 0 ? { spec: specs } : {}),
    ...(binding === undefined ? {} : { binding }),
  };
}
