import { describe } from 'vitest';
import { fuzz } from './fuzz.js';

describe('whatever is asked', () => fuzz(2000));
