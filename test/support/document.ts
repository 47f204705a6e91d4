import type { OpenApiDocument } from '../../src/contract/document.js';
import type { Json } from '../../src/contract/json.js';
import { normalize } from '../../src/contract/normalize.js';
import type { Operation } from '../../src/contract/operation.js';
import { listOperations } from '../../src/contract/operations.js';
import { Validator } from '../../src/contract/validator.js';

/** A small document: one operation, `POST /things`, which takes and gives what is described here. */
export interface SmallDocument {
  openapi?: string;
  /** Schema of the JSON body and of the answer 200. */
  schema?: Json;
  schemas?: Json;
  /** Other keys of the operation, such as `parameters`. */
  operation?: Json;
  /** Other keys of the document, such as `servers`. */
  more?: Json;
  path?: string;
}

function smallDocument(given: SmallDocument): OpenApiDocument {
  const { openapi = '3.0.3', schema = {}, schemas = {}, operation = {}, more = {} } = given;
  const content = { 'application/json': { schema } };
  const document: OpenApiDocument = {
    openapi,
    info: { title: 'Things', version: '1' },
    paths: {
      [given.path ?? '/things']: {
        post: {
          operationId: 'send',
          requestBody: { content },
          responses: { 200: { description: 'Good', content } },
          ...operation,
        },
      },
    },
    components: { schemas },
    ...more,
  };
  normalize(document, false);
  return document;
}

/** What is wrong with a value, either way: `where rule` of each breach. */
export function judge(given: SmallDocument) {
  const document = smallDocument(given);
  const [operation] = listOperations(document) as [Operation];
  const validator = new Validator(document);
  const told = (breaches: ReturnType<Validator['answer']>) =>
    breaches.map(({ at, rule }) => `${at} ${rule}`);
  return {
    document,
    operation,
    validator,
    request: (value: unknown) => told(validator.body(operation, 'application/json', value) ?? []),
    answer: (value: unknown) => told(validator.answer(operation, 200, 'application/json', value)),
  };
}
