import * as z from 'zod';
import { ID_FORM_HINT, ID_FORM_PATTERN, parseIdForm } from '../../contract/id-form.js';
import { RESOURCE_PLACES } from '../../contract/places.js';
import { anything, declare, listOf, mapping, named, text, textOf, whole } from '../declare.js';

/** One operationId, or a list of them. */
const operations = (description: string) =>
  declare(
    z.union([
      text({ description: 'An operationId.' }),
      listOf(text({ description: 'An operationId.' }), { description: 'operationIds.' }),
    ]),
    { description: `${description} An operationId, or a list of them.` },
    { must: 'an operationId', hint: 'name an operation of the contract, or several in a list' },
  ).optional();

const parameter = (description: string) =>
  text({ description, examples: ['query.limit'] }).optional();

const Resource = mapping(
  {
    made_by: operations(
      'Requests that make one: of an operation that schedules, its job when it is done; any other one at once.',
    ),
    id: text({
      description:
        'The path parameter that names one. Left out: the last one in the path of the operation.',
    }).optional(),
    field: text({
      description:
        'The field of the document that holds the id. Left out: the one that is called like the parameter, else id.',
    }).optional(),
    ids: textOf(
      (said) => parseIdForm(said) !== undefined,
      ID_FORM_PATTERN,
      {
        description: 'How they are named. Left out: the first form that the contract takes.',
        examples: [
          'uuid',
          'number',
          'integers from 1',
          'ord_ and 21 letters and digits',
          'header.X-Id',
        ],
      },
      { form: 'a form of ids', hint: ID_FORM_HINT },
    ).optional(),
    data: anything({
      description: `The document, as jobs and requests make it. Left out: the request's body. Either way what the contract asks for and nobody has said is added. Names in braces: ${RESOURCE_PLACES.map((name) => `{${name}}`).join(' ')}.`,
    }).optional(),
    create: operations('Makes one at once.'),
    read: operations('Shows one.'),
    list: operations('Shows all that suit.'),
    replace: operations('Puts a whole document in the place of another one.'),
    change: operations('Changes some of a document: JSON Merge Patch or JSON Patch.'),
    delete: operations('Takes one away.'),
    items: text({
      description:
        'Where the list stands in the answers of `list`, as a dotted path. Left out: found by what its items are.',
      examples: ['data', '_embedded.orders'],
    }).optional(),
    filter: named(text({ description: 'The field, as a dotted path.' }), {
      description:
        'Query parameters of `list`, and the fields that they are compared with. Left out: those of the same name.',
      examples: [{ status: 'state', customer: 'customer.id' }],
    }).optional(),
    paging: mapping(
      {
        limit: parameter('How many are shown at most.'),
        usual: whole(1, undefined, {
          description: 'So many where the client names no number. Left out: all.',
        }).optional(),
        most: whole(1, undefined, { description: 'At most so many. Left out: all.' }).optional(),
        offset: parameter('How many are passed over.'),
        page: parameter('The number of a page.'),
        first: whole(0, 1, {
          description:
            'The number of the first page. Left out: 1, or 0 if the document lets it be.',
        }).optional(),
        after: parameter('The id of the last one that the client has.'),
        before: parameter('The id of the first one that the client has.'),
      },
      {
        description:
          'Query parameters by which a client asks for a part of the list. Left out: found by their names.',
        examples: [{ limit: 'query.limit', after: 'query.after' }],
      },
    ).optional(),
  },
  { description: 'What jobs and requests make, and the operations that show and change it.' },
);

export const resources = named(Resource, {
  description:
    'Resources that are kept in the session without a pack, by their names. What a pack answers comes first.',
  examples: [{ orders: { made_by: 'createOrder', read: 'getOrder', list: 'listOrders' } }],
}).optional();
