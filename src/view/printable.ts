/** What is not to be read in an XML document (XML 1.0 §2.2) or on a terminal: control characters. */
export function printable(text: string): string {
  return (
    text
      .replace(/\p{Surrogate}/gu, '\ufffd')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to go
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]/g, '\ufffd')
  );
}

/** Also without what would turn a line around (UAX #9): texts of requests, as a page may show them. */
export function plain(text: string): string {
  return printable(text).replace(/\p{Bidi_Control}/gu, '\ufffd');
}

/** The beginning and the end of what is too long to be read. */
export function clip(text: string, most = 400): string {
  if (text.length <= most) return text;
  const end = Math.round(most / 3);
  return `${text.slice(0, most - end)} … (${text.length} characters) … ${text.slice(-end)}`;
}

/** Without the sequences by which a terminal is coloured and steered (ECMA-48 §5.4, §5.6). */
export function withoutColors(text: string): string {
  return text.replace(STEERING, '');
}

const STEERING =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is to go
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
