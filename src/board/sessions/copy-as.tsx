import { useState } from 'preact/hooks';
import type { ExchangeView } from '../../sandbox/control/views.js';
import { plain } from '../../view/printable.js';
import { SNIPPETS } from '../../view/snippets/index.js';
import { CopyButton } from '../copy-button.js';
import { t } from '../text.js';

/** The request as a program sends it, to copy. */
export function CopyAs({ whole, base }: { whole: ExchangeView; base: string }) {
  const [chosen, setChosen] = useState('curl');
  const { method, path, request } = whole;
  const { headers, body } = request;
  const sent = { method, url: base + path, headers: withDemo(headers), body };
  const text = SNIPPETS[chosen]?.(sent) ?? '';
  return (
    <section class="copy-as" aria-label={t('The request as a program')}>
      <h3>
        {t('The request as')}{' '}
        <select
          aria-label={t('Language of the program')}
          value={chosen}
          onChange={({ currentTarget }) => setChosen(currentTarget.value)}
        >
          {Object.keys(SNIPPETS).map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>{' '}
        <CopyButton text={text} label={t('Copy the request')} />
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by the keyboard */}
      <pre tabIndex={0}>{plain(text)}</pre>
      {Object.values(headers).some((value) => MASKED.test(value)) && (
        <p class="quiet">
          {t('Credentials are not kept: "demo" stands for them, put yours in its place.')}
        </p>
      )}
    </section>
  );
}

/** As the journal shows secrets: `Bearer demo… (29 characters)`. */
const MASKED = /\S*… \(\d+ characters\)/;

/** Any session takes these that asks for no tokens of its own. */
function withDemo(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replace(MASKED, 'demo')]),
  );
}
