import { useEffect, useRef } from 'preact/hooks';
import type { LiveSession } from '../live.js';
import { t } from '../text.js';
import { examples, isGoing } from './example.js';

/** Where the jobs begin below what fits into the window. */
const narrow = matchMedia('(max-width: 760px)');

/** What the client that the page plays is doing, and what it was told last. */
export function ExampleTold({ session: { name, view } }: { session: LiveSession }) {
  const place = useRef<HTMLOutputElement>(null);
  const example = examples.value.get(name);
  const going = isGoing(name);
  useEffect(() => {
    if (!going || !narrow.matches) return;
    const show = () => place.current?.closest('section')?.scrollIntoView();
    requestAnimationFrame(() => requestAnimationFrame(show));
  }, [going]);
  return (
    <output ref={place} class="example-told" aria-live="polite">
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
