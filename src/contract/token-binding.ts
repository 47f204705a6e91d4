/** Where tokens stand in requests and answers of an API that hands them out, as dotted paths. */
export interface TokenBinding {
  /** Operations that hand out tokens. */
  operations: readonly string[];
  /** Where a request brings the refresh token that it asks by; without it there, it is a sign-in. */
  renewedBy: string;
  /** Where the answer has the access token, and the refresh token that goes with it. */
  accessToken: string;
  refreshToken: string;
  /** Where the answer says when the access token ends, in seconds since 1970; undefined: it does not. */
  expiresAt: string | undefined;
  /** Where it says how many seconds that takes. */
  expiresIn: string;
}

/** RFC 6749 §5.1 and §6. */
export const USUAL_TOKENS = {
  renewedBy: 'refresh_token',
  accessToken: 'access_token',
  refreshToken: 'refresh_token',
  expiresIn: 'expires_in',
};
