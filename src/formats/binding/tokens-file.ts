import { isObject } from '../../contract/json.js';
import { type TokenBinding, USUAL_TOKENS } from '../../contract/token-binding.js';
import { listOf, mapping, text } from '../declare.js';

const path = (description: string, usual: string, example: string) =>
  text({
    description: `${description} Left out: ${usual}, as RFC 6749 has it.`,
    examples: [example],
  }).optional();

/** The key `tokens` of a binding. */
export const tokens = mapping(
  {
    operations: listOf(text({ description: 'An operationId.' }), {
      description: 'The operations that hand out tokens.',
      examples: [['createToken']],
    }),
    renewed_by: path(
      'Where the body of a request brings the refresh token that it asks by. A request without one is a sign-in.',
      USUAL_TOKENS.renewedBy,
      'token.refresh_token',
    ),
    access_token: path(
      'Where the answer has the access token.',
      USUAL_TOKENS.accessToken,
      'data.value',
    ),
    refresh_token: path(
      'Where the answer has the refresh token that goes with it.',
      USUAL_TOKENS.refreshToken,
      'data.details.refresh_token',
    ),
    expires_at: text({
      description:
        'Where the answer says when the access token ends, in seconds since 1970. Left out: it does not.',
      examples: ['data.expires_at'],
    }).optional(),
    expires_in: path(
      'Where the answer says in how many seconds the access token ends.',
      USUAL_TOKENS.expiresIn,
      'data.expires_in',
    ),
  },
  {
    description:
      'Operations that hand out access tokens, and where these stand in request and answer, as dotted paths. What clients do with their tokens is judged by it; nothing is answered otherwise.',
  },
).optional();

/** What a checked file says of tokens; undefined: the API hands out none. */
export function buildTokens(raw: unknown): TokenBinding | undefined {
  if (!isObject(raw)) return undefined;
  const said = (key: string, usual: string) => String(raw[key] ?? usual);
  return {
    operations: Array.isArray(raw.operations) ? raw.operations.map(String) : [],
    renewedBy: said('renewed_by', USUAL_TOKENS.renewedBy),
    accessToken: said('access_token', USUAL_TOKENS.accessToken),
    refreshToken: said('refresh_token', USUAL_TOKENS.refreshToken),
    expiresAt: raw.expires_at === undefined ? undefined : String(raw.expires_at),
    expiresIn: said('expires_in', USUAL_TOKENS.expiresIn),
  };
}
