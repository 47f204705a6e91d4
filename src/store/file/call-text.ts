/** What a call did to one session: it appended facts behind a position, or ended the session. */
export interface Done {
  id: string;
  name: string;
  position: number;
  /** undefined: ended. */
  facts: readonly string[] | undefined;
}

/**
 * A call as it is written ahead: for each session a line `ID POSITION COUNT NAME`, and its facts, one a line. A
 * session that ended has `-` for the count.
 */
export function callLine(id: string, position: number, count: number | '-', name: string): string {
  return `${id} ${position} ${count} ${JSON.stringify(name)}`;
}

const LINE = /^(\S+) (\d+) (\d+|-) (.*)$/;

/** @throws Error where the text is none of ours */
export function readCall(text: string): Done[] {
  const lines = text.split('\n');
  const done: Done[] = [];
  for (let i = 0; i < lines.length; ) {
    const [, id = '', position, count = '', name = ''] = LINE.exec(lines[i++] as string) ?? [];
    if (!position) throw new Error(`no line of a call: ${lines[i - 1]}`);
    const facts = count === '-' ? undefined : lines.slice(i, i + Number(count));
    if (facts && facts.length < Number(count)) throw new Error('a call that breaks off');
    i += facts?.length ?? 0;
    done.push({ id, name: JSON.parse(name) as string, position: Number(position), facts });
  }
  return done;
}
