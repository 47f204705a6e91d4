import { useId } from 'preact/hooks';
import { t } from '../text.js';
import type { Step } from './change-life.js';
import { Choice, TextField } from './fields.js';
import { type Length, readLength, tellLength } from './length.js';

interface Props {
  step: Step;
  last: boolean;
  onLasts: (said: string | undefined) => void;
}

const BEGIN: Readonly<Record<Length['is'], Length>> = {
  polls: { is: 'polls', polls: 1 },
  time: { is: 'time', time: '3s' },
  released: { is: 'released' },
  ever: { is: 'ever' },
};

/** How long a step lasts: so many polls, so long, until it is released by hand. */
export function LastsChoice({ step, last, onLasts }: Props) {
  const id = useId();
  if (step.token === 'expires' || step.token === 'revoked')
    return <p class="lasts quiet">{t('until another token comes')}</p>;
  if (last && step.for === undefined)
    return <p class="lasts quiet">{t('for ever: it is the last step')}</p>;
  const length = readLength(step.for);
  const set = (next: Length) => onLasts(tellLength(next));
  return (
    <div class="lasts">
      <Choice
        label={t('It lasts')}
        value={length?.is ?? 'odd'}
        onChoice={(is) => set(BEGIN[is as Length['is']])}
      >
        <option value="polls">{t('so many polls')}</option>
        <option value="time">{t('so long')}</option>
        <option value="released">{t('until released by hand')}</option>
        {last && <option value="ever">{t('for ever')}</option>}
        {(length === undefined || (length.is === 'ever' && !last)) && (
          <option value={length?.is ?? 'odd'}>{String(step.for ?? '…')}</option>
        )}
      </Choice>
      {length?.is === 'polls' && (
        <div class="field">
          <label for={id}>{t('Polls')}</label>
          <input
            id={id}
            type="number"
            min={1}
            max={999}
            value={length.polls}
            onChange={({ currentTarget }) => {
              const polls = Math.round(Number(currentTarget.value));
              if (polls >= 1) set({ is: 'polls', polls });
              else currentTarget.value = String(length.polls);
            }}
          />
        </div>
      )}
      {length?.is === 'time' && (
        <TextField
          label={t('How long')}
          value={length.time}
          list={['1s', '3s', '10s', '1min', '10min', '1h']}
          onText={(time) => onLasts(time.trim() === '' ? '3s' : time.trim())}
        />
      )}
    </div>
  );
}
