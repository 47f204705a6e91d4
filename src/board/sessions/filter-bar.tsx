import { useMemo } from 'preact/hooks';
import { go, linkTo, route } from '../route.js';
import { t } from '../text.js';
import { type Filter, filters, KEYS, STATUSES } from './filter.js';
import type { Watched } from './watched.js';

interface FilterBarProps {
  session: string;
  filter: Filter;
  watched: Watched;
  /** Nothing moves. */
  still: boolean;
}

/** What is shown, and whether it moves. */
export function FilterBar({ session, filter, watched, still }: FilterBarProps) {
  const set = (change: Partial<Filter>) => setFilter(session, { ...filter, ...change });
  const { jobs, exchanges } = watched;
  const { operations, states } = useMemo(() => offered(jobs, exchanges), [jobs, exchanges]);
  return (
    <search class="filter-bar" aria-label={t('Filter')}>
      <input
        type="search"
        placeholder={t('Path, job, scenario …')}
        aria-label={t('Search in jobs and exchanges')}
        value={filter.text}
        onInput={({ currentTarget }) => set({ text: currentTarget.value })}
      />
      <Choice
        label={t('Operation')}
        value={filter.operation}
        of={operations.map((each) => [each, each])}
        choose={(operation) => set({ operation })}
      />
      <Choice
        label={t('State')}
        value={filter.state}
        of={states.map((each) => [each, each])}
        choose={(state) => set({ state })}
      />
      <Choice
        label={t('Status')}
        value={filter.status}
        of={STATUSES.map((each) => [each, each === 'none' ? t('no answer') : each])}
        choose={(status) => set({ status })}
      />
      <label class="check">
        <input
          type="checkbox"
          checked={filter.broken}
          onChange={({ currentTarget }) => set({ broken: currentTarget.checked })}
        />{' '}
        {t('only what breaks a rule')}
      </label>
      {filter.job !== '' && (
        <button type="button" class="chip" onClick={() => set({ job: '' })}>
          {t`job ${filter.job}`} <span aria-hidden="true">×</span>
          <span class="spoken">{t('show all jobs')}</span>
        </button>
      )}
      {filters(filter) && (
        <button type="button" onClick={() => setFilter(session, undefined)}>
          {t('Show all')}
        </button>
      )}
      {!still && <Pause watched={watched} />}
    </search>
  );
}

function Pause({ watched: { at, news, pause, resume } }: { watched: Watched }) {
  return (
    <span class="pause">
      <button
        type="button"
        aria-pressed={at !== undefined}
        onClick={at === undefined ? pause : resume}
      >
        {at === undefined ? t('Pause') : t('Go on')}
      </button>{' '}
      <output class="news" aria-live="polite">
        {at !== undefined && t`${news} new`}
      </output>
    </span>
  );
}

function Choice(props: {
  label: string;
  value: string;
  of: readonly (readonly [value: string, shown: string])[];
  choose(value: string): void;
}) {
  const { label, value, of, choose } = props;
  const known = value === '' || of.some(([each]) => each === value);
  return (
    <select
      aria-label={label}
      value={value}
      onChange={({ currentTarget }) => choose(currentTarget.value)}
      class={value === '' ? undefined : 'chosen-filter'}
    >
      <option value="">{label}</option>
      {!known && <option value={value}>{value}</option>}
      {of.map(([each, shown]) => (
        <option key={each} value={each}>
          {shown}
        </option>
      ))}
    </select>
  );
}

function offered(jobs: Watched['jobs'], exchanges: Watched['exchanges']) {
  const operations = new Set(exchanges.flatMap(({ operation }) => operation ?? []));
  const states = new Set([
    ...jobs.map(({ state }) => state),
    ...exchanges.flatMap(({ state }) => state ?? []),
  ]);
  return { operations: [...operations].sort(), states: [...states].sort() };
}

/** The way back leads to what was looked at before, and not through each letter of a search. */
function setFilter(session: string, filter: Filter | undefined): void {
  go(placeOf(session, queryOf(filter)), { replace: true });
}

function queryOf(filter: Filter | undefined): Record<string, string | undefined> {
  const said = KEYS.map((key) => {
    const value = filter?.[key];
    return [key, value === true ? '1' : value || undefined] as const;
  });
  return Object.fromEntries(said);
}

/** A place in this session: what is filtered stays so. */
export function placeOf(
  session: string,
  change: Readonly<Record<string, string | undefined>>,
): string {
  const { x: _, ...query } = Object.fromEntries(route.value.query);
  return linkTo(['sessions', session], { ...query, ...change });
}
