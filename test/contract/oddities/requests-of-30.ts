import { type Oddity, ok, refuses, takes } from './oddity.js';

/** All in one document: each has paths and schemas of its own. */
export const ODD_REQUESTS_30: readonly Oddity[] = [
  {
    name: 'references into other paths',
    paths: `
/into/{id}: { get: { parameters: [ { name: id, in: path, required: true, schema: { type: integer } } ], responses: { "200": { description: OK, content: { application/json: { schema: { type: object } } } } } } }
/from: { get: { responses: { "200": { description: OK, content: { application/json: { schema: { $ref: "#/paths/~1into~1%7Bid%7D/get/responses/200/content/application~1json/schema" } } } } } } }
/with/{id}: { get: { parameters: [ { $ref: "#/paths/~1into~1%7Bid%7D/get/parameters/0" } ], responses: { "200": { $ref: "#/paths/~1from/get/responses/200" } } } }
`,
    asks: [
      ok('GET /into/1'),
      ok('GET /from'),
      ok('GET /with/1'),
      ok('GET /with/x', { wanted: 'refused' }),
    ],
  },
  {
    name: 'one operationId for three operations, and one that is a number',
    paths: `
/same/a: { get: { operationId: same, responses: { "200": { description: OK, content: { application/json: { schema: { type: object } } } } } }, post: { operationId: same, responses: { "200": { description: OK } } } }
/same/b: { get: { operationId: same, responses: { "200": { description: OK, content: { application/json: { schema: { type: array, items: {} } } } } } } }
/number: { get: { operationId: 12, responses: { "200": { description: OK } } } }
`,
    asks: [ok('GET /same/a'), ok('POST /same/a'), ok('GET /same/b'), ok('GET /number')],
  },
  {
    name: 'paths that differ in a slash at the end, with blanks, in Cyrillic',
    paths: `
/slash/: { get: { responses: { "200": { description: OK, content: { application/json: { schema: { type: array, items: {} } } } } } } }
/slash: { get: { responses: { "200": { description: OK, content: { application/json: { schema: { type: object } } } } } } }
/a b: { get: { responses: { "200": { description: OK } } } }
/пацієнти/{ід}: { get: { parameters: [ { name: ід, in: path, required: true, schema: { type: string } } ], responses: { "200": { description: OK } } } }
`,
    asks: [
      ok('GET /slash/'),
      ok('GET /slash'),
      ok('GET /a%20b'),
      ok('GET /%D0%BF%D0%B0%D1%86%D1%96%D1%94%D0%BD%D1%82%D0%B8/1'),
    ],
  },
  {
    name: 'path parameters beside dots, colons, dashes, quotes, and with a dot in their names',
    paths: `
/file/{name}.{ext}: { get: { parameters: [ { name: name, in: path, required: true, schema: { type: string } }, { name: ext, in: path, required: true, schema: { enum: [ json ] } } ], responses: { "200": { description: OK } } } }
/op/{name}:cancel: { post: { parameters: [ { name: name, in: path, required: true, schema: { type: string } } ], responses: { "200": { description: OK } } } }
/op/{name}: { get: { parameters: [ { name: name, in: path, required: true, schema: { type: string } } ], responses: { "200": { description: OK } } } }
/range/{a}-{b}/x: { get: { parameters: [ { name: a, in: path, required: true, schema: { type: string } }, { name: b, in: path, required: true, schema: { type: string } } ], responses: { "200": { description: OK } } } }
/odata/Things('{id}'): { get: { parameters: [ { name: id, in: path, required: true, schema: { type: string } } ], responses: { "200": { description: OK } } } }
/dotted/{user.id}: { get: { parameters: [ { name: user.id, in: path, required: true, schema: { type: string } } ], responses: { "200": { description: OK } } } }
`,
    asks: [
      ok('GET /file/x.json'),
      ok('GET /file/x.pdf', { wanted: 'refused' }),
      ok('POST /op/x:cancel'),
      ok('GET /op/x'),
      ok('GET /range/1-2/x'),
      ok("GET /odata/Things('1')"),
      ok('GET /dotted/1'),
    ],
  },
  {
    name: 'path parameters that are in the path and not declared',
    paths: `
/not/declared/{x}: { get: { responses: { "200": { description: OK } } } }
`,
    asks: [ok('GET /not/declared/1')],
  },
  {
    name: 'templates that are equal but for a name, and a literal beside a template',
    paths: `
/equal/{a}: { get: { parameters: [ { name: a, in: path, required: true, schema: { type: string } } ], responses: { "200": { description: OK } } } }
/equal/{b}: { post: { parameters: [ { name: b, in: path, required: true, schema: { type: string } } ], responses: { "200": { description: OK } } } }
/user/{id}: { get: { parameters: [ { name: id, in: path, required: true, schema: { type: integer } } ], responses: { "200": { description: OK } } } }
/user/me: { get: { responses: { "200": { description: OK } } } }
`,
    asks: [
      ok('GET /equal/1'),
      ok('POST /equal/1'),
      ok('GET /user/me'),
      ok('GET /user/1'),
      ok('GET /user/x', { wanted: 'refused' }),
    ],
  },
  {
    name: 'header parameters that OpenAPI says are ignored, and one in odd case',
    paths: `
/headers: { get: { parameters: [ { name: X-REQUEST-Id, in: header, required: true, schema: { type: integer } }, { name: Accept, in: header, required: true, schema: { type: string, enum: [ x/y ] } }, { name: content-type, in: header, required: true, schema: { type: string } } ], responses: { "200": { description: OK } } } }
`,
    asks: [
      ok('GET /headers', { headers: { 'x-request-ID': '1' } }),
      ok('GET /headers', { wanted: 'refused' }),
      ok('GET /headers', { headers: { 'x-request-ID': 'one' }, wanted: 'refused' }),
    ],
  },
  {
    name: 'answer headers with names and examples that HTTP cannot send, and those of the message itself',
    paths: `
/answer-headers:
  {
    get:
      {
        responses:
          {
            "200":
              {
                description: x,
                headers:
                  {
                    X Bad: { schema: { type: string } },
                    X-Кир: { schema: { type: string } },
                    X-Lines:
                      {
                        schema: { type: string },
                        example: Привіт

                          x
                      },
                    X-List: { required: true, schema: { type: array, items: { type: integer }, minItems: 2 } },
                    X-Object: { required: true, schema: { type: object, required: [ a ], properties: { a: { type: integer } } } },
                    Content-Length: { schema: { type: integer }, example: 3 },
                    Content-Encoding: { schema: { type: string }, example: gzip },
                    Transfer-Encoding: { schema: { type: string }, example: chunked },
                    Connection: { schema: { type: string }, example: close }
                  },
                content: { application/json: { schema: { type: object, required: [ a ], properties: { a: { type: string, example: a longer text } } } } }
              }
          }
      }
  }
`,
    asks: [ok('GET /answer-headers')],
  },
  {
    name: 'parameters in every style',
    paths: `
/query: { get: { parameters: [ { name: s, in: query, style: spaceDelimited, explode: false, schema: { type: array, items: { type: integer } } }, { name: p, in: query, style: pipeDelimited, explode: false, schema: { type: array, items: { type: integer } } }, { name: c, in: query, explode: false, schema: { type: array, items: { type: integer } } }, { name: e, in: query, schema: { type: array, items: { type: integer } } }, { name: "ids[]", in: query, schema: { type: array, items: { type: integer } } }, { name: j, in: query, content: { application/json: { schema: { type: object, required: [ x ] } } } }, { name: f, in: query, style: deepObject, schema: { type: object, properties: { a: { type: integer } } } } ], responses: { "200": { description: OK } } } }
/styled/{a}/{b}/{c}: { get: { parameters: [ { name: a, in: path, required: true, schema: { type: integer }, style: label }, { name: b, in: path, required: true, schema: { type: integer }, style: matrix }, { name: c, in: path, required: true, schema: { type: array, items: { type: integer } } } ], responses: { "200": { description: OK } } } }
/cookie: { get: { parameters: [ { name: sid, in: cookie, required: true, schema: { type: integer } } ], responses: { "200": { description: OK } } } }
`,
    asks: [
      ok('GET /query?s=1%202'),
      ok('GET /query?p=1|2'),
      ok('GET /query?p=1%7C2'),
      ok('GET /query?c=1,2'),
      ok('GET /query?e=1&e=2'),
      ok('GET /query?ids[]=1&ids%5B%5D=2'),
      ok('GET /query?j=%7B%22x%22%3A1%7D'),
      ok('GET /query?f[a]=1'),
      ok('GET /query?f%5Ba%5D=1'),
      ok('GET /query?s=x', { wanted: 'refused' }),
      ok('GET /query?p=1|x', { wanted: 'refused' }),
      ok('GET /query?c=1,x', { wanted: 'refused' }),
      ok('GET /query?e=1&e=x', { wanted: 'refused' }),
      ok('GET /query?ids[]=x', { wanted: 'refused' }),
      ok('GET /query?j=%7B', { wanted: 'refused' }),
      ok('GET /query?j=%7B%7D', { wanted: 'refused' }),
      ok('GET /query?f[a]=x', { wanted: 'refused' }),
      ok('GET /styled/.1/;b=2/1,2,3'),
      ok('GET /styled/.x/;b=2/1', { wanted: 'refused' }),
      ok('GET /cookie', { headers: { Cookie: 'a=b; sid=1' } }),
      ok('GET /cookie', { wanted: 'refused' }),
    ],
  },
  {
    name: 'media types with parameters, with wildcards, of vendors',
    paths: `
/charset: { get: { responses: { "200": { description: x, content: { application/json; charset=utf-8: { schema: { type: object } } } } } }, post: { requestBody: { content: { application/json;charset=UTF-8: { schema: { type: object, required: [ a ] } } } }, responses: { "200": { description: OK } } } }
/wildcard: { get: { responses: { "200": { description: x, content: { "*/*": { schema: { type: object } } } } } }, post: { requestBody: { content: { application/*: { schema: { type: object, required: [ a ] } } } }, responses: { "200": { description: OK } } } }
/vendor: { post: { requestBody: { content: { application/vnd.api+json: { schema: { type: object, required: [ a ] } }, text/plain: { schema: { type: string, maxLength: 2 } } } }, responses: { "200": { description: OK } } } }
/no-type: { get: { responses: { "200": { description: x, content: { json: { schema: { type: object } } } } } } }
`,
    asks: [
      ok('GET /charset'),
      takes('/charset', { a: 1 }),
      takes('/charset', { a: 1 }, 'application/json; charset="utf-8"'),
      refuses('/charset', {}),
      ok('GET /wildcard'),
      takes('/wildcard', { a: 1 }),
      refuses('/wildcard', {}),
      takes('/vendor', { a: 1 }, 'application/vnd.api+json'),
      refuses('/vendor', {}, 'application/vnd.api+json'),
      takes('/vendor', 'ab', 'text/plain'),
      refuses('/vendor', 'abc', 'text/plain'),
      refuses('/vendor', 'x', 'no type'),
      ok('GET /no-type'),
    ],
  },
  {
    name: 'bodies of forms',
    paths: `
/form: { post: { requestBody: { required: true, content: { application/x-www-form-urlencoded: { schema: { type: object, required: [ n ], properties: { n: { type: integer }, tags: { type: array, items: { type: string } } } } }, multipart/form-data: { schema: { type: object, required: [ f ], properties: { f: { type: string, format: binary } } } } } }, responses: { "200": { description: OK } } } }
`,
    asks: [
      takes('/form', 'n=1&tags=a&tags=b', 'application/x-www-form-urlencoded'),
      refuses('/form', 'n=x', 'application/x-www-form-urlencoded'),
      refuses('/form', 'tags=a', 'application/x-www-form-urlencoded'),
      takes(
        '/form',
        '--b\r\nContent-Disposition: form-data; name="f"\r\n\r\nabc\r\n--b--\r\n',
        'multipart/form-data; boundary=b',
      ),
      refuses(
        '/form',
        '--b\r\nContent-Disposition: form-data; name="g"\r\n\r\nabc\r\n--b--\r\n',
        'multipart/form-data; boundary=b',
      ),
      refuses('/form', 'garbage', 'multipart/form-data; boundary=b'),
    ],
  },
  {
    name: 'a GET and a DELETE with bodies',
    paths: `
/bodies: { delete: { requestBody: { content: { application/json: { schema: { type: object, required: [ a ] } } } }, responses: { "200": { description: OK } } } }
`,
    asks: [
      ok('DELETE /bodies', { body: { a: 1 } }),
      ok('DELETE /bodies', { body: {}, wanted: 'refused' }),
      ok('DELETE /bodies'),
    ],
  },
  {
    name: 'credentials in several ways, one of them undeclared',
    paths: `
/oauth: { get: { security: [ { oauth: [ read ] } ], responses: { "200": { description: OK } } } }
/either: { get: { security: [ { oauth: [] }, { key: [] } ], responses: { "200": { description: OK } } } }
/free: { get: { security: [ { oauth: [] }, {} ], responses: { "200": { description: OK } } } }
`,
    components: `
securitySchemes:
  oauth: { type: oauth2, flows: { clientCredentials: { tokenUrl: https://example.org/token, scopes: { read: r } } } }
  key: { type: apiKey, in: cookie, name: key }
  mutual: { type: mutualTLS }
`,
    asks: [
      ok('GET /oauth', { wanted: 401 }),
      ok('GET /oauth', { headers: { Authorization: 'bearer x' } }),
      ok('GET /either', { headers: { Cookie: 'key=1' } }),
      ok('GET /free'),
    ],
  },
  {
    name: 'an extension below paths, path items and operations that are null',
    paths: `
x-extension: { get: {} }
/null/item: null
/null/operation: { parameters: null, get: { responses: { "200": { description: OK } } }, post: null, x-own: 1, summary: s }
`,
    asks: [ok('GET /null/operation')],
  },
  {
    name: 'callbacks and links into nowhere',
    paths: `
/subscribe: { post: { responses: { "200": { description: x, content: { application/json: { schema: { type: object } } }, links: { a: { operationId: gone }, b: { operationRef: "#/paths/~1nowhere/get" } } } }, callbacks: { done: { "{$request.body#/url}": { post: { responses: { "200": { description: OK } } } } } } } }
`,
    asks: [ok('POST /subscribe')],
  },
];
