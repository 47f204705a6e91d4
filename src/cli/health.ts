import { UsageError } from '../sandbox-error.js';
import { t } from '../texts/spoken.js';
import { askControl } from './ask-control.js';
import { say } from './output.js';
import { EXIT, tellError } from './print-error.js';

/** What another server says may be anything. */
type Ready = { status?: string } | null | undefined;

/**
 * Asks a running sandbox whether it answers requests, as the probe of a container does. Needs no token.
 * @param url where it is: `http://127.0.0.1:4010`
 * @returns the exit code: 1 where nobody answers, where that is no sandbox, and while its store is away
 * @throws UsageError for what is no URL
 */
export async function health(url: string): Promise<number> {
  try {
    const answer = await askControl({ url }, 'GET', '/ready');
    const told = (await answer.json().catch(() => undefined)) as Ready;
    if (told?.status !== 'ready') throw new UsageError('USAGE_NO_SANDBOX', `${url} is no sandbox`);
  } catch (error) {
    const isWrong = error instanceof UsageError && error.code === 'USAGE_WRONG_URL';
    if (isWrong || !tellError(error)) throw error;
    return EXIT.problems;
  }
  say(t`${url} answers requests`);
  return 0;
}
