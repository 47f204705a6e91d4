import type { Entries } from '../src/texts/phrasebook.js';

export function readEntries(language: string, part?: 'editor' | 'viewer' | 'docs'): Entries;
export function writeTexts(language?: string): void;
