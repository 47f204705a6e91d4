import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { LightExchange } from '../../sandbox/control/views.js';
import { plain } from '../../view/printable.js';
import { printing } from '../printing.js';
import { route } from '../route.js';
import { t } from '../text.js';
import { placeOf } from './filter-bar.js';
import { useInTurn } from './in-turn.js';
import type { Judged } from './judgement.js';

interface ExchangeListProps {
  session: string;
  /** Oldest first. */
  exchanges: readonly LightExchange[];
  all: number;
  judged: Judged;
}

/** Height of a row in pixels; on a phone a row has two lines. */
const ROW = { wide: 30, narrow: 50 };
/** Of the list in pixels, as the style sheet has it: to ask the page would make it lay itself out. */
const HIGHEST = 600;
/** More rows are no reading on paper. */
const MOST_PRINTED = 300;
/** Rows beyond the edge that are there already when somebody scrolls. */
const SPARE = 8;

const narrow = matchMedia('(max-width: 760px)');

/** All exchanges, newest first; of thousands only those in sight are in the page. */
export function ExchangeList(now: ExchangeListProps) {
  const wanted = useMemo(() => now, [now.session, now.exchanges, now.all, now.judged]);
  const inTurn = useInTurn(wanted);
  const { session, exchanges, all, judged } = printing.value ? wanted : inTurn;
  const place = useRef<HTMLUListElement>(null);
  const height = ROW[narrow.matches ? 'narrow' : 'wide'];
  const [top, setTop] = useState(0);
  const [at, setAt] = useState(0);
  useSteady(place, exchanges, height, top);
  const first = printing.value ? 0 : Math.max(0, Math.floor(top / height) - SPARE);
  const rows = printing.value ? MOST_PRINTED : Math.ceil(HIGHEST / height) + 2 * SPARE;
  const count = exchanges.length;
  const shown = Array.from(
    { length: Math.max(0, Math.min(rows, count - first)) },
    (_, i) => first + i,
  );
  const move = (event: KeyboardEvent) => {
    const next = nextRow(event.key, at, count);
    if (next === undefined) return;
    event.preventDefault();
    setAt(next);
    focusRow(place.current, next, height);
  };
  return (
    <section class="exchanges" aria-labelledby="exchanges">
      <h2 id="exchanges">
        {t('Exchanges')} <span class="count">{count === all ? all : t`${count} of ${all}`}</span>
      </h2>
      {count === 0 ? (
        <p class="quiet">{t('None.')}</p>
      ) : (
        <ul
          ref={place}
          class="rows"
          onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
          onKeyDown={move}
          aria-labelledby="exchanges"
        >
          <li class="space" aria-hidden="true" style={{ height: `${count * height}px` }} />
          {shown.map((i) => (
            <Row
              key={exchanges[count - 1 - i]?.seq}
              exchange={exchanges[count - 1 - i] as LightExchange}
              {...{ session, judged, height, i, count }}
              reached={
                i === Math.min(at, count - 1) || (i === first && (at < first || at > first + rows))
              }
            />
          ))}
        </ul>
      )}
    </section>
  );
}

interface RowProps {
  session: string;
  exchange: LightExchange;
  judged: Judged;
  /** Its place from the top. */
  i: number;
  height: number;
  count: number;
  /** By the Tab key; the others by arrows from there. */
  reached: boolean;
}

function Row({ session, exchange, judged, i, height, count, reached }: RowProps) {
  const { seq, at, method, path, status, state, fault, webhook } = exchange;
  const breaks = judged.breaks.get(seq);
  const here = route.value.query.get('x') === String(seq);
  return (
    <li
      style={{ transform: `translateY(${i * height}px)`, height: `${height}px` }}
      aria-setsize={count}
      aria-posinset={i + 1}
    >
      <a
        href={placeOf(session, { x: String(seq) })}
        class={breaks ? 'breaks' : undefined}
        tabIndex={reached ? 0 : -1}
        data-row={i}
        aria-current={here ? 'true' : undefined}
      >
        <span class="seq">#{seq}</span>
        <time dateTime={at}>{at.slice(11, 23)}</time>
        <span class="asked">
          <b>{method}</b> {webhook && `${plain(webhook.event)} → `}
          {plain(path)}
        </span>
        <span class={`status s${Math.floor(status / 100)}`}>
          <Status exchange={exchange} />
        </span>
        <span class="told">{state !== undefined && plain(state)}</span>
        <span class="wrong">
          {fault !== undefined && <span class="fault">{fault}</span>}
          {breaks?.map((rule) => (
            <span key={rule} class="rule">
              {rule}
            </span>
          ))}
        </span>
      </a>
    </li>
  );
}

/** There is room for three digits. */
function Status({ exchange: { status, until } }: { exchange: LightExchange }) {
  if (status !== 0) return <>{status}</>;
  const told = until === undefined ? t('open') : t('no answer');
  return (
    <span title={told}>
      <span aria-hidden="true">{until === undefined ? '…' : '–'}</span>
      <span class="spoken">{told}</span>
    </span>
  );
}

/** What one reads stays where it is when something new comes above it. */
function useSteady(
  place: { current: HTMLElement | null },
  exchanges: readonly LightExchange[],
  height: number,
  top: number,
): void {
  const before = useRef(exchanges);
  useLayoutEffect(() => {
    const element = place.current;
    const last = before.current.at(-1)?.seq ?? 0;
    const fresh = exchanges.length - 1 - exchanges.findLastIndex(({ seq }) => seq <= last);
    before.current = exchanges;
    if (element && top > 0 && fresh > 0) element.scrollTop += fresh * height;
  }, [exchanges, height, place, top]);
}

function nextRow(key: string, at: number, count: number): number | undefined {
  const goal = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + 15,
    PageUp: at - 15,
    Home: 0,
    End: count - 1,
  }[key];
  return goal === undefined ? undefined : Math.min(count - 1, Math.max(0, goal));
}

/** Brings a row into sight; it may have to be drawn first. */
function focusRow(place: HTMLElement | null, i: number, height: number): void {
  if (!place) return;
  const top = i * height;
  if (top < place.scrollTop) place.scrollTop = top;
  const bottom = top + height - place.clientHeight;
  if (bottom > place.scrollTop) place.scrollTop = bottom;
  requestAnimationFrame(() =>
    requestAnimationFrame(() => place.querySelector<HTMLElement>(`[data-row="${i}"]`)?.focus()),
  );
}
