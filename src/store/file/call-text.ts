import { endOfLines, type FactBytes } from './fact-bytes.js';

/** What a call did to one session: it appended facts behind a position, or ended the session. */
export interface Done {
  id: string;
  name: string;
  position: number;
  /** undefined: ended. */
  facts: FactBytes | undefined;
}

/**
 * A call as it is written ahead: for each session a line `ID POSITION COUNT NAME`, and its facts, one a line. A
 * session that ended has `-` for the count.
 */
export function callLine(id: string, position: number, count: number | '-', name: string): string {
  return `${id} ${position} ${count} ${JSON.stringify(name)}`;
}

const LINE = /^(\S+) (\d+) (\d+|-) (.*)$/;

/** @throws Error where the bytes are none of ours */
export function readCall(bytes: Buffer, from: number, to: number): Done[] {
  const done: Done[] = [];
  for (let at = from; at < to; ) {
    const end = endOfLines(bytes, at, to, 1);
    const line = bytes.toString('utf8', at, end);
    const [, id = '', position, count = '', name = ''] = LINE.exec(line) ?? [];
    if (!position) throw new Error(`no line of a call: ${line}`);
    at = end + 1;
    let facts: FactBytes | undefined;
    if (count !== '-') {
      const last = endOfLines(bytes, at, to, Number(count));
      if (last < 0) throw new Error('a call that breaks off');
      facts = { bytes, from: at, to: last, count: Number(count) };
      at = last + 1;
    }
    done.push({ id, name: JSON.parse(name) as string, position: Number(position), facts });
  }
  return done;
}
