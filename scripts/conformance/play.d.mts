import type { Entry, Play } from '../../test/conformance/clients.mjs';

/** A rule with a finding in one run. */
export interface Found {
  severity: 'note' | 'warning' | 'error';
  message?: string;
  /** In which scenarios. */
  scenarios: string[];
}

/** What was said of a client. */
export interface Said {
  code: number | null;
  rules: Record<string, Found>;
  /** What there is to change, by ids. */
  causes?: string[];
}

export interface Played extends Said {
  /** In ms of the machine. */
  took: number;
  /** What the command line has printed. */
  text: string;
}

export function playOne(entry: Entry, play: Play & { pace?: number }): Promise<Played>;
