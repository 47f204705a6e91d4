import { describe } from 'vitest';
import { fuzz } from './fuzz.js';

describe('whatever is asked, for longer', () => fuzz(10_000));
