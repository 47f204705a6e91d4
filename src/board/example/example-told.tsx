import type { LiveSession } from '../live.js';
import { t } from '../text.js';
import { examples } from './example.js';

/** What the client that the page plays is doing, and what it was told last. */
export function ExampleTold({ session: { name, view } }: { session: LiveSession }) {
  const example = examples.value.get(name);
  return (
    <output class="example-told" aria-live="polite">
      {example && (
        <>
          {tell(example)}
          {example.doing === 'polling' && view.value.clock.mode === 'manual' && (
            <> {t('The clock stands still: the eta comes when you move it.')}</>
          )}
        </>
      )}
    </output>
  );
}

type Told = NonNullable<ReturnType<typeof examples.value.get>>;

function tell({ doing, polls, got, problem }: Told): string {
  if (problem !== undefined) return problem;
  if (doing === 'sending' || !got) return t('The example is being sent.');
  const said = got.status === 0 ? t('no answer') : String(got.status);
  if (polls === 0)
    return doing === 'over'
      ? t`The example was answered ${said}.`
      : t`The example was answered ${said}. It waits until the eta, then polls.`;
  return doing === 'over'
    ? t`The example has polled ${polls} times; the last answer: ${said}.`
    : t`The example polls, each time once the eta has come: ${polls} polls, the last answer ${said}.`;
}
