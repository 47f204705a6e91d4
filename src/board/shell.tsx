import type { ComponentChildren } from 'preact';
import { say } from '../say.js';
import { plain } from '../view/printable.js';
import { signedOut } from './control.js';
import { connection, opened } from './live.js';
import { linkTo, route } from './route.js';
import { chooseLanguage, LANGUAGES, type Language, language, t } from './text.js';
import { chooseTheme, THEMES, type Theme, theme } from './theme.js';

const PARTS = [
  ['sessions', say`Sessions`],
  ['scenarios', say`Scenarios`],
  ['suites', say`Suites`],
  ['contract', say`Contract`],
] as const;

/** What stands around every part of the page. */
export function Shell({ children }: { children: ComponentChildren }) {
  const [here = 'sessions'] = route.value.path;
  return (
    <>
      <a class="skip" href="#content">
        {t('Skip to the content')}
      </a>
      <header class="top">
        <a class="brand" href={linkTo([])}>
          ESOZ Sandbox
        </a>
        <nav aria-label={t('Parts of the page')}>
          {PARTS.map(([name, title]) => (
            <a key={name} href={linkTo([name])} aria-current={here === name ? 'page' : undefined}>
              {t(title)}
            </a>
          ))}
        </nav>
        <Connection />
        <Themes />
        <Languages />
      </header>
      {opened.value !== undefined && <Opened file={opened.value} />}
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

/** What can be done with a session that is only looked at. */
function Opened({ file }: { file: string }) {
  return (
    <p class="opened">
      <b>{plain(file)}</b>{' '}
      {t('is open to be looked at; nothing in it can be changed. Go on from it:')}{' '}
      <code>esoz-sandbox session load {plain(file)}</code>
    </p>
  );
}

function Connection() {
  // Who is asked for a token has lost nothing.
  if (signedOut.value) return null;
  const told = { connecting: t('connecting'), open: t('live'), lost: t('connection lost') };
  return (
    <output class={`connection ${connection.value}`} aria-live="polite">
      {told[connection.value]}
    </output>
  );
}

function Themes() {
  return (
    <label class="themes">
      <span class="spoken">{t('Appearance')}</span>
      <select
        title={t('Appearance')}
        value={theme.value}
        onChange={({ currentTarget }) => chooseTheme(currentTarget.value as Theme)}
      >
        {Object.entries(THEMES).map(([name, title]) => (
          <option key={name} value={name}>
            {t(title)}
          </option>
        ))}
      </select>
    </label>
  );
}

function Languages() {
  return (
    <label class="languages">
      <span class="spoken">{t('Language')}</span>
      <select
        value={language.value}
        onChange={({ currentTarget }) => void chooseLanguage(currentTarget.value as Language)}
      >
        {Object.entries(LANGUAGES).map(([name, title]) => (
          <option key={name} value={name} lang={name}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
