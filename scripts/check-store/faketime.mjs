import { readdirSync } from 'node:fs';

/** Where Debian puts the library of libfaketime; undefined: it is not installed. @returns {string | undefined} */
export function faketimeHere() {
  for (const folder of ['/usr/lib', '/lib']) {
    try {
      for (const kin of readdirSync(folder)) {
        if (!kin.endsWith('-linux-gnu')) continue;
        const at = `${folder}/${kin}/faketime`;
        if (names(at).includes('libfaketime.so.1')) return `${at}/libfaketime.so.1`;
      }
    } catch {
      // There is no such folder on other systems.
    }
  }
  return undefined;
}

function names(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
