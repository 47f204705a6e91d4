import type { Library } from './library.js';

/** What lets a client's processes live in fast time. */
export interface FastSetting {
  library: Library;
  rate: number;
  /** What FAKETIME_SHARED says. */
  names: string;
  /** Whether libcurl is loaded before it is asked for. */
  curl: boolean;
}

/**
 * The variables of a client in fast time.
 * @param before what is preloaded without it; it stays, behind
 */
export function fastEnvironment(
  { library, rate, names, curl }: FastSetting,
  before: string | undefined,
): Record<string, string> {
  const loaded = [library.file, curl ? library.curl : undefined, before];
  return {
    LD_PRELOAD: loaded.filter((one) => one).join(' '),
    // Not @…, which each process would count from its own start.
    FAKETIME: `+0 x${rate}`,
    FAKETIME_SHARED: names,
    // Files keep their times: build tools compare them.
    NO_FAKE_STAT: '1',
  };
}
