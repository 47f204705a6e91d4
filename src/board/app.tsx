import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { SpokenLanguage } from '../view/text.js';
import { signedOut } from './control.js';
import { route } from './route.js';
import { SessionsView } from './sessions/sessions-view.js';
import { Shell } from './shell.js';
import { SignIn } from './sign-in.js';
import { t } from './text.js';

/** What each part of the page shows, by the first word of its address; editors and viewers are loaded when opened. */
const VIEWS: Readonly<Record<string, () => Promise<ComponentType>>> = {
  editor: () => import('./editor/editor-view.js').then(({ EditorView }) => EditorView),
  contract: async () => (await import('./contract/contract-view.js')).ContractView,
  scenarios: () =>
    import('./catalogue/catalogue-view.js').then(({ CatalogueView }) => CatalogueView),
  suites: () => import('./suites/suites-view.js').then(({ SuitesView }) => SuitesView),
};

export function App() {
  if (signedOut.value) {
    return (
      <Shell>
        <SignIn />
      </Shell>
    );
  }
  const [name = 'sessions'] = route.value.path;
  const load = Object.hasOwn(VIEWS, name) ? VIEWS[name] : undefined;
  return (
    <SpokenLanguage.Provider value={t}>
      <Shell>{load ? <Later key={name} load={load} /> : <SessionsView />}</Shell>
    </SpokenLanguage.Provider>
  );
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
