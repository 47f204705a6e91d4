import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { signedOut } from './control.js';
import { route } from './route.js';
import { SessionsView } from './sessions/sessions-view.js';
import { Shell } from './shell.js';
import { t } from './text.js';

/** What each part of the page shows, by the first word of its address; editors and viewers are loaded when opened. */
const VIEWS: Readonly<Record<string, () => Promise<ComponentType>>> = {
  scenarios: () =>
    import('./catalogue/catalogue-view.js').then(({ CatalogueView }) => CatalogueView),
  suites: () => import('./suites/suites-view.js').then(({ SuitesView }) => SuitesView),
};

export function App() {
  if (signedOut.value) return <Shell>{t('The control API asks for a token.')}</Shell>;
  const [name = 'sessions'] = route.value.path;
  return <Shell>{VIEWS[name] ? <Later key={name} load={VIEWS[name]} /> : <SessionsView />}</Shell>;
}

function Later({ load }: { load: () => Promise<ComponentType> }) {
  const [View, setView] = useState<ComponentType | undefined>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    load().then(
      (loaded) => setView(() => loaded),
      () => setFailed(true),
    );
  }, [load]);
  if (failed)
    return <p class="quiet">{t('This part could not be loaded. Is the sandbox still running?')}</p>;
  return View ? <View /> : <p class="quiet">{t('Loading …')}</p>;
}
