import { SANDBOX } from '../control.js';
import { CopyButton } from '../copy-button.js';
import { ExampleButton } from '../example/example-button.js';
import { go, linkTo } from '../route.js';
import { t } from '../text.js';

/** Nothing has happened yet: what a person can do. */
export function FirstSteps() {
  return (
    <div class="first-steps">
      <section aria-labelledby="have-client">
        <h2 id="have-client">{t('I have a client')}</h2>
        <p>{t('Give it this base URL: its first request begins a session here.')}</p>
        <p class="client-url">
          <code>{SANDBOX}</code> <CopyButton text={SANDBOX} label={t('Copy the base URL')} />
        </p>
      </section>
      <section aria-labelledby="no-client">
        <h2 id="no-client">{t('I have no client yet')}</h2>
        <p>{t('The page sends an example and polls its job, as a good client does.')}</p>
        <p>
          <ExampleButton
            session="default"
            main
            onPlay={() => go(linkTo(['sessions', 'default']))}
          />
        </p>
      </section>
      <section aria-labelledby="want-case">
        <h2 id="want-case">{t('I want to try a certain case')}</h2>
        <ul>
          <li>
            <a href={linkTo(['editor'])}>{t('Write a scenario, without programming')}</a>
          </li>
          <li>
            <a href={linkTo(['scenarios'])}>{t('Choose one of the catalogue')}</a>
          </li>
          <li>
            <a href={linkTo(['suites'])}>{t('Go through a suite, with a report at its end')}</a>
          </li>
        </ul>
      </section>
    </div>
  );
}
