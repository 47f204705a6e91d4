import { useState } from 'preact/hooks';
import { sentence } from '../view/report/sentence.js';
import { ask, signedOut } from './control.js';
import { watchSessions } from './live.js';
import { t } from './text.js';

/** Asks for the secret of `--control-token`; the browser keeps a cookie that no script can read. */
export function SignIn() {
  const [wrong, setWrong] = useState('');
  const signIn = async (event: SubmitEvent) => {
    event.preventDefault();
    const token = new FormData(event.currentTarget as HTMLFormElement).get('token');
    try {
      await ask('POST', ['sign-in'], { token });
      signedOut.value = false;
      watchSessions();
    } catch (error) {
      signedOut.value = true;
      setWrong((error as Error).message);
    }
  };
  return (
    <form class="sign-in" onSubmit={signIn}>
      <h1>{t('Sign in')}</h1>
      <p class="quiet">{t('This sandbox was started with a control token.')}</p>
      <label for="token">{t('Control token')}</label>
      <input
        id="token"
        name="token"
        type="password"
        autocomplete="current-password"
        required
        aria-describedby={wrong ? 'wrong' : undefined}
        aria-invalid={wrong ? true : undefined}
      />
      {wrong && (
        <p id="wrong" class="wrong" role="alert">
          {sentence(t(wrong))}
        </p>
      )}
      <button type="submit" class="main">
        {t('Sign in')}
      </button>
    </form>
  );
}
