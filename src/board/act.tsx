import { useState } from 'preact/hooks';
import { ControlError } from './control.js';
import { t } from './text.js';

/** Something that a person does, and what came of it. */
export interface Act {
  /** Runs it; while it does nothing else is begun. */
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
  const run = (what: () => Promise<unknown>) => {
    if (busy) return;
    setBusy(true);
    setError(undefined);
    setTold(undefined);
    what()
      .catch((problem: unknown) => setError(messageOf(problem)))
      .finally(() => setBusy(false));
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
      {error !== undefined && <p class="wrong">{error}</p>}
      {told !== undefined && <p class="told">{told}</p>}
    </div>
  );
}
