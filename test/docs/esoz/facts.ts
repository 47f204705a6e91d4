import { readFileSync } from 'node:fs';

/** An operation of the platform, as the operator's public description has it. */
export interface Fact {
  from: Source;
  id: string;
  method: string;
  /** As it is described: with `/api` in most files, without in others. */
  path: string;
  /** It schedules a job. */
  async: boolean;
  statuses: number[];
}

/** Where it is described; `listed`: beside the others, without schemas. */
export type Source = 'compositions' | 'medical-events' | 'oauth' | 'general' | 'listed';

/** Every operation that is publicly known, in the order of its source; scripts/esoz-facts.mjs writes the file. */
export function readFacts(): Fact[] {
  const [, ...lines] = readFileSync('test/fixtures/esoz/operations.tsv', 'utf8')
    .trimEnd()
    .split('\n');
  return lines.map((line) => {
    const [from = '', id = '', method = '', path = '', async = '', statuses = ''] =
      line.split('\t');
    const numbers = statuses.split(',').map(Number);
    return { from: from as Source, id, method, path, async: async === 'async', statuses: numbers };
  });
}

/** `GET /patients/{}/episodes`: what stands in front, names of parameters and the case of letters make no difference. */
export function placeOf(method: string, path: string): string {
  const plain = path.replace(/^\/api(?=\/)/, '').replace(/\{[^}]+\}/g, '{}');
  return `${method} ${plain.replace(/(?<=.)\/$/, '').toLowerCase()}`;
}
