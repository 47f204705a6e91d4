import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { importSource, root, table } from './sources.mjs';

/** What the packs of the platform put into a world that nobody has changed. */
async function begun() {
  const kept = [];
  const world = {
    now: 0,
    find: () => undefined,
    all: () => [],
    keep: (resource) => {
      kept.push(resource);
      return resource;
    },
  };
  for (const file of ['general/world/begin.ts', 'medical-events/begin.ts']) {
    const { begin } = await importSource(`src/packs/${file}`);
    begin(world);
  }
  return kept;
}

/** A row for each resource: its kind, its id, and what people know it by. */
export async function worldTable() {
  const rows = (await begun()).map(({ kind, id, title, document, facts }) => {
    const whose = facts?.patient === undefined ? '' : `of ${facts.patient.slice(0, 8)}…`;
    const words = [title ?? wordsOf(document), whose].filter((word) => word !== '');
    return [kind, `\`${id}\``, words.join(', ')];
  });
  return table(['kind', 'id', 'who or what'], rows);
}

function wordsOf({ status, name, type, category }) {
  const code = (concept) => concept?.coding?.[0]?.code;
  return [name, code(type), code(category), status].filter((word) => word !== undefined).join(' ');
}

/** Who signs in, and with what. */
export async function accountTable() {
  const { CLINIC, DOCTORS, MIS, fullName } = await importSource('src/packs/people.ts');
  const rows = [
    ['the MIS', `client_id \`${MIS.id}\``, `secret and API-key \`${MIS.secret}\``],
    [CLINIC.name, `client_id \`${CLINIC.id}\``, `secret \`${MIS.secret}\``],
    ...DOCTORS.map((doctor) => [
      `${fullName(doctor)}, tax id ${doctor.tax_id}`,
      `\`${doctor.email}\``,
      `password \`${doctor.password}\``,
    ]),
  ];
  return table(['who', 'name', 'with'], rows);
}

const POST = (path, body) =>
  `curl -s -X POST http://127.0.0.1:4010/api${path} -H 'Authorization: Bearer any' -H 'API-key: any' \\
     -H 'Content-Type: application/json' -d '${JSON.stringify(body)}'`;

/** Requests that go through as they stand: the contracts' own examples name these people. */
export function worldRequests() {
  const examples = (pack) => load(readFileSync(join(root, `spec/${pack}/openapi.yaml`), 'utf8'));
  const { CreateSickness, CreateLiveBirth } = examples('compositions').components.examples;
  const path = '/patients/{patient_id}/encounter_package';
  const { post } = examples('medical-events').paths[path];
  const body = post.requestBody.content['application/json'].examples.usual.value;
  const patient = '/patients/7c3da506-804d-4550-8993-bf17f9ee0402/encounter_package';
  return [
    ['A conclusion of sickness:', POST('/patients/composition', CreateSickness.value)],
    ['A birth:', POST('/patients/composition', CreateLiveBirth.value)],
    ['An encounter with what was found in it:', POST(patient, body)],
  ]
    .flatMap(([words, command]) => [words, '', '```sh', command, '```', ''])
    .slice(0, -1);
}
