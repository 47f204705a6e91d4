import { SANDBOX } from '../control.js';
import { sessions } from '../live.js';
import { t } from '../text.js';
import { isGoing, playExample, stopExample } from './example.js';

interface Props {
  session: string;
  /** What to do besides, once it has begun. */
  onPlay?: () => void;
  main?: boolean;
}

/** For who has no client yet: one click plays one. */
export function ExampleButton({ session, onPlay, main }: Props) {
  const url =
    sessions.value.get(session)?.view.value.url ??
    (session === 'default' ? SANDBOX : `${SANDBOX}/~${session}`);
  if (isGoing(session))
    return (
      <button type="button" onClick={() => stopExample(session)}>
        {t('Stop the example')}
      </button>
    );
  return (
    <button
      type="button"
      class={main ? 'main' : undefined}
      onClick={() => {
        void playExample({ name: session, url });
        onPlay?.();
      }}
    >
      {t('Send an example and poll it')}
    </button>
  );
}
