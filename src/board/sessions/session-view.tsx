import { useEffect } from 'preact/hooks';
import { SANDBOX } from '../control.js';
import { type LiveSession, readSession } from '../live.js';
import { t } from '../text.js';

/** One session: its jobs as they live. */
export function SessionView({ session }: { session: LiveSession }) {
  const { name, jobs, exchanges } = session;
  useEffect(() => void readSession(name), [name]);
  const url = name === 'default' ? SANDBOX : `${SANDBOX}/~${name}`;
  return (
    <section class="session" aria-labelledby="session-name">
      <h1 id="session-name">{name}</h1>
      <p>
        <code>{url}</code>
      </p>
      <h2>{t('Jobs')}</h2>
      <ul>
        {[...jobs.value.values()].map((job) => (
          <li key={job.id}>
            {job.operation} <b>{job.state}</b> {job.scenario} <code>{job.id}</code>
          </li>
        ))}
      </ul>
      <h2>{t('Exchanges')}</h2>
      <ol>
        {exchanges.value.slice(-50).map(({ seq, method, path, status, state }) => (
          <li key={seq}>
            #{seq} {method} {path} → {status} {state}
          </li>
        ))}
      </ol>
    </section>
  );
}
