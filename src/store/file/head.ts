import type { Kept } from '../store.js';

/** What is written down of a session; its facts up to `position` are under keys of their own. */
export interface Head extends Kept {
  /** Stands for the name in keys: a session that begins anew gets another, and what the old one had is cleared later. */
  id: string;
}

export function headText({ id, position, recorded, trimmed }: Head): string {
  return `${id} ${position} ${recorded} ${trimmed}`;
}

export function readHead(text: string): Head {
  const [id = '', position, recorded, trimmed] = text.split(' ');
  return {
    id,
    position: Number(position),
    recorded: Number(recorded),
    trimmed: Number(trimmed),
  };
}
