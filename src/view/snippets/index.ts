import { csharp } from './csharp.js';
import { curl } from './curl.js';
import { java } from './java.js';
import { javascript } from './javascript.js';
import { php } from './php.js';
import { python } from './python.js';
import type { SentRequest } from './sent-request.js';

export type { SentRequest } from './sent-request.js';

/** A request as programs of several languages send it, by the name of the language. */
export const SNIPPETS: Readonly<Record<string, (request: SentRequest) => string>> = {
  curl,
  PHP: php,
  Python: python,
  Java: java,
  'C#': csharp,
  JavaScript: javascript,
};
