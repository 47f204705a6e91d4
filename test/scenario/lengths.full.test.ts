import { beforeAll, describe } from 'vitest';
import { takeTheSameLengths } from './lengths.js';
import { loadWords } from './takes.js';

beforeAll(loadWords);

describe('schema and parser take the same', () => {
  takeTheSameLengths(2000);
});
