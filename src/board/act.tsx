import { useRef, useState } from 'preact/hooks';
import { Prose } from '../view/prose.js';
import { ControlError } from './control.js';
import { t } from './text.js';

/** Something that a person does, and what came of it. */
export interface Act {
  /** Runs it, once what was asked for before is done. */
  run(what: () => Promise<unknown>): void;
  busy: boolean;
  /** Why the last one could not be done. */
  error: string | undefined;
  /** What the last one has to say. */
  told: string | undefined;
  tell(text: string): void;
}

/** For buttons: says what went wrong beside them, and forgets it with the next try. */
export function useAct(): Act {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | undefined>();
  const [told, setTold] = useState<string | undefined>();
  const last = useRef<Promise<void>>(Promise.resolve());
  const run = (what: () => Promise<unknown>) => {
    setBusy(true);
    // A click that did nothing because another was still at work would be one that is lost.
    const mine = last.current.then(async () => {
      setError(undefined);
      setTold(undefined);
      await what().catch((problem: unknown) => setError(messageOf(problem)));
      if (last.current === mine) setBusy(false);
    });
    last.current = mine;
  };
  return { run, busy, error, told, tell: setTold };
}

export function messageOf(problem: unknown): string {
  if (!(problem instanceof ControlError)) {
    return t('The sandbox does not answer. Is it still running?');
  }
  const places = problem.invalid.map(({ at, description }) => `${at}: ${t(description)}`);
  return [t(problem.message), ...places].join('; ');
}

/** What an act has to say, read out when it comes. */
export function Outcome({ act: { error, told } }: { act: Act }) {
  return (
    <div class="outcome" aria-live="polite">
      {error !== undefined && (
        <p class="wrong">
          <Prose text={error} />
        </p>
      )}
      {told !== undefined && (
        <p class="told">
          <Prose text={told} />
        </p>
      )}
    </div>
  );
}
