/** Content signed as a stream comes in many pieces; a hostile mebibyte still costs a fraction of a second. */
export const LIMITS = { maxDepth: 64, maxNodes: 20_000, parseEmbedded: false };
