/** Words of each simple command of a shell's text; what is quoted stays one word. Assignments in front are left out. */
export function commandsIn(text: string): string[][] {
  return text
    .split(/\n|&&|\|\||[;|&(){}]/)
    .map((part) =>
      [...part.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
        ([, double, single, bare]) => double ?? single ?? bare ?? '',
      ),
    )
    .map((words) => {
      const from = words.findIndex(
        (word) => !/^[A-Za-z_]\w*=|^(if|then|else|do|while|!|set|\[)$/.test(word),
      );
      return from === -1 ? [] : words.slice(from);
    })
    .filter(([first]) => first !== undefined && !first.startsWith('#'));
}

/** `env A=b -i node x` → `node x`; `timeout 30 node x` → `node x`. */
export function behindOptions(words: readonly string[]): string[] {
  const from = words.findIndex((word) => !/^-|^[A-Za-z_]\w*=|^\d+[smhd]?$/.test(word));
  return from === -1 ? [] : words.slice(from);
}
