import type { LiveSession } from '../live.js';
import { linkTo } from '../route.js';
import { t } from '../text.js';

/** What the next jobs of a session will live, where something waits for them. */
export function NextUp({ session: { view } }: { session: LiveSession }) {
  const { queue, hold } = view.value;
  const [next] = queue;
  if (!next && !hold) return null;
  const more = queue.reduce((sum, { times }) => sum + times, 0) - 1;
  return (
    <p class="next-up">
      {next && (
        <>
          {t('The next job will live')}{' '}
          <a href={linkTo(['scenarios', ...next.scenario.split('/')])}>{next.scenario}</a>
          {more > 0 && <span class="quiet"> {t`and ${more} more wait`}</span>}
        </>
      )}
      {next && hold && ' · '}
      {hold === 'next' && t('The next job will be held.')}
      {hold === 'every' && t('Every job will be held.')}
    </p>
  );
}
