import { useEffect, useRef } from 'preact/hooks';
import type { SessionVerdict } from '../../report/json-verdict.js';
import type { LightExchange } from '../../sandbox/control/views.js';
import { plain } from '../../view/printable.js';
import type { LiveSession } from '../live.js';
import { go, route } from '../route.js';
import { t } from '../text.js';
import { ExchangeDetail } from './exchange-detail.js';
import { placeOf } from './filter-bar.js';
import type { Judged } from './judgement.js';

interface ExchangeDialogProps {
  session: LiveSession;
  /** Among these one goes on and back. */
  exchanges: readonly LightExchange[];
  judged: Judged;
  verdict: SessionVerdict | undefined;
}

/** Request and answer of the exchange that the address names: `?x=7`. */
export function ExchangeDialog(props: ExchangeDialogProps) {
  const { session, exchanges } = props;
  const seq = Number(route.value.query.get('x') ?? 0);
  const dialog = useRef<HTMLDialogElement>(null);
  const isOpen = seq > 0;
  useEffect(() => {
    if (isOpen && !dialog.current?.open) dialog.current?.showModal();
    if (!isOpen && dialog.current?.open) dialog.current.close();
  }, [isOpen]);
  const show = (x: number | undefined, replace = true) => {
    go(placeOf(session.name, { x: x === undefined ? undefined : String(x) }), { replace });
  };
  const at = exchanges.findIndex((one) => one.seq === seq);
  const before = exchanges[at - 1]?.seq;
  const after = at === -1 ? undefined : exchanges[at + 1]?.seq;
  const move = (event: KeyboardEvent) => {
    const next = { ArrowLeft: before, ArrowRight: after }[event.key];
    if (next === undefined || event.target instanceof HTMLSelectElement) return;
    event.preventDefault();
    show(next);
  };
  const light = session.exchanges.value.find((one) => one.seq === seq);
  return (
    <dialog
      ref={dialog}
      class="exchange"
      aria-labelledby="exchange-name"
      onKeyDown={move}
      onClose={() => isOpen && show(undefined, false)}
    >
      {isOpen && (
        <>
          <header>
            <h2 id="exchange-name">
              #{seq} {light && `${light.method} ${plain(light.operation ?? light.path)}`}
            </h2>
            <Step label={t('Previous')} sign="←" to={before} show={show} />
            <Step label={t('Next')} sign="→" to={after} show={show} />
            <button type="button" class="close" onClick={() => show(undefined, false)}>
              {t('Close')}
            </button>
          </header>
          <ExchangeDetail key={seq} seq={seq} light={light} {...props} />
        </>
      )}
    </dialog>
  );
}

function Step(props: {
  label: string;
  sign: string;
  to: number | undefined;
  show(seq: number): void;
}) {
  const { label, sign, to, show } = props;
  // Not `disabled`: who comes to the end by this button keeps the focus.
  return (
    <button
      type="button"
      aria-disabled={to === undefined}
      onClick={() => to !== undefined && show(to)}
      title={label}
    >
      {sign === '←' && <span aria-hidden="true">← </span>}
      <span class="word">{label}</span>
      {sign === '→' && <span aria-hidden="true"> →</span>}
    </button>
  );
}
