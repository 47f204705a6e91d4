import { t } from '../text.js';
import { Choice, TextField } from './fields.js';
import { type Eta, readEta, tellEta } from './length.js';

/** When the client is told to come back. */
export function EtaChoice({
  eta: said,
  onEta,
}: {
  eta: unknown;
  onEta: (said: string | undefined) => void;
}) {
  const eta = readEta(said);
  const after = eta.from === 'truth' ? '3s' : eta.after;
  return (
    <>
      <Choice
        label={t('The eta that the client is told')}
        value={eta.from}
        onChoice={(from) =>
          onEta(tellEta(from === 'truth' ? { from } : { from: from as 'answer' | 'start', after }))
        }
      >
        <option value="truth">{t('the truth')}</option>
        <option value="answer">{t('so long after each answer')}</option>
        <option value="start">{t('so long after the scheduling')}</option>
      </Choice>
      {eta.from !== 'truth' && (
        <TextField
          label={t('How long after')}
          value={eta.after}
          hint={t('For example 3s; -5s is past already.')}
          onText={(next) => onEta(tellEta({ ...eta, after: next.trim() || '3s' } as Eta))}
        />
      )}
    </>
  );
}
