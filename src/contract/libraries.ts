import { createRequire } from 'node:module';
import type { Ajv } from 'ajv';
import type { RE2JS } from 're2js';

/** What `ajv.cjs` exports. */
interface AjvLibrary {
  Ajv: typeof import('ajv').Ajv;
  Ajv2020: typeof import('ajv/dist/2020.js').Ajv2020;
  addFormats(ajv: Ajv): void;
  standalone: typeof import('ajv/dist/standalone/index.js').default;
  _: typeof import('ajv')._;
  SchemaEnv: typeof import('ajv/dist/compile/index.js').SchemaEnv;
}

/** Ajv, which is loaded with the first check that the build has not compiled. */
export function loadAjv(): AjvLibrary {
  return createRequire(import.meta.url)('./ajv.cjs') as AjvLibrary;
}

/** RE2's engine, which is loaded with the first pattern. */
export function loadRe2(): typeof RE2JS {
  return (createRequire(import.meta.url)('./re2.cjs') as { RE2JS: typeof RE2JS }).RE2JS;
}
