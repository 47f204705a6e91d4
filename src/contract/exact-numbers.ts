import type { Ajv, ValidateFunction } from 'ajv';
import type { Json } from './json.js';
import { mapSchemas } from './schemas.js';

/** What a schema asks of numbers, in one keyword that knows those beyond 2^53. */
const KEYWORD = 'x-exact';

/** `nullable` belongs to `type`, and means nothing without it. */
const ASKED = [
  'type',
  'nullable',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
];

/** Least and greatest value of formats that hold more than a double tells apart. */
export const RANGES: Readonly<Record<string, readonly [bigint, bigint]>> = {
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
};

/** One that is wrong, in Ajv's words. */
interface Wrong {
  keyword: string;
  message: string;
  params: Json;
}

/**
 * A schema that looks at numbers by {@link addExact}'s keyword, so that values of BigInt are numbers to it; the rest
 * stays as it is. Limits of the schema itself are doubles, as the document's own reader makes them.
 */
export function exactly<T>(part: T): T {
  return mapSchemas(part, (schema) => {
    const own = Object.fromEntries(
      [...ASKED, 'format', 'enum', 'const'].flatMap((key) =>
        schema[key] === undefined ? [] : [[key, schema[key]] as const],
      ),
    );
    if (!looksAtNumbers(own)) return schema;
    const rest = Object.fromEntries(Object.entries(schema).filter(([key]) => !ASKED.includes(key)));
    for (const key of ['enum', 'const']) delete rest[key];
    return { ...rest, [KEYWORD]: own };
  }) as T;
}

function looksAtNumbers({ type, nullable: _, ...others }: Json): boolean {
  if (Array.isArray(type) || typeof type === 'string') return true;
  return Object.keys(others).some((key) => key !== 'format');
}

/** Teaches Ajv the keyword of {@link exactly}. `plain` checks what is no BigInt by the usual keywords. */
export function addExact(ajv: Ajv, plain: Ajv): void {
  const known = new Map<string, ValidateFunction>();
  const usually = (own: Json): ValidateFunction => {
    const key = JSON.stringify(own);
    const made = known.get(key) ?? plain.compile(own);
    known.set(key, made);
    return made;
  };
  ajv.addKeyword({
    keyword: KEYWORD,
    compile: (own: Json) => {
      const usual = usually(own);
      const check = (value: unknown): boolean => {
        const wrong = typeof value === 'bigint' ? wrongBig(own, value) : wrongPlain(usual, value);
        Object.assign(check, { errors: wrong });
        return wrong.length === 0;
      };
      return check;
    },
  });
}

function wrongPlain(usual: ValidateFunction, value: unknown): Wrong[] {
  if (usual(value)) return [];
  return (usual.errors ?? []).map(({ keyword, message = '', params }) => ({
    keyword,
    message,
    params,
  }));
}

function wrongBig(schema: Json, value: bigint): Wrong[] {
  const wrong = firstWrong(schema, value);
  return wrong ? [wrong] : [];
}

function firstWrong(schema: Json, value: bigint): Wrong | undefined {
  return wrongType(schema) ?? wrongRange(schema, value) ?? wrongChoice(schema, value);
}

function wrongType({ type }: Json): Wrong | undefined {
  const types = [type].flat();
  if (type === undefined || types.includes('integer') || types.includes('number')) return undefined;
  return { keyword: 'type', message: `must be ${types.join(',')}`, params: { type } };
}

function wrongRange(schema: Json, value: bigint): Wrong | undefined {
  const { format, multipleOf } = schema;
  const [least, most] = RANGES[String(format)] ?? [];
  if (least !== undefined && most !== undefined && (value < least || value > most)) {
    return { keyword: 'format', message: `must match format "${format}"`, params: { format } };
  }
  for (const [keyword, comparison, keeps] of LIMITS) {
    const limit = schema[keyword];
    if (typeof limit !== 'number' || keeps(value, limit)) continue;
    return { keyword, message: `must be ${comparison} ${limit}`, params: { comparison, limit } };
  }
  const whole = typeof multipleOf === 'number' && Number.isInteger(multipleOf);
  if (!whole || value % BigInt(multipleOf) === 0n) return undefined;
  return {
    keyword: 'multipleOf',
    message: `must be multiple of ${multipleOf}`,
    params: { multipleOf },
  };
}

/** A double of the document can be meant for each number that it stands for. */
function wrongChoice(schema: Json, value: bigint): Wrong | undefined {
  const { enum: several, const: one } = schema;
  if (Array.isArray(several) && !several.includes(Number(value))) {
    const message = 'must be equal to one of the allowed values';
    return { keyword: 'enum', message, params: { allowedValues: several } };
  }
  if (one === undefined || one === Number(value)) return undefined;
  return { keyword: 'const', message: 'must be equal to constant', params: { allowedValue: one } };
}

/** JavaScript compares a BigInt with a double as the numbers that they are. */
const LIMITS = [
  ['minimum', '>=', (value: bigint, limit: number) => value >= limit],
  ['maximum', '<=', (value: bigint, limit: number) => value <= limit],
  ['exclusiveMinimum', '>', (value: bigint, limit: number) => value > limit],
  ['exclusiveMaximum', '<', (value: bigint, limit: number) => value < limit],
] as const;
