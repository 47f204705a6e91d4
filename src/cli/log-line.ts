import pc from 'picocolors';
import type { Exchange } from '../sandbox/journal.js';
import type { Masking } from '../sandbox/masking.js';
import { t } from '../texts/spoken.js';

const MAX_REASON = 300;

/** One readable line for an exchange; times by the session's clock. */
export function logLine(session: string, exchange: Exchange, masking: Masking): string {
  const { at, method, path, job, state, eta, scenario, step, durationMs: took } = exchange;
  // What a step answers is the scenario's; its name says why.
  const reasons = [step === undefined ? exchange.refused : undefined, exchange.note];
  const time = new Date(at).toISOString().slice(11, 23);
  const parts = [
    pc.dim(time),
    ...(session === 'default' ? [] : [pc.cyan(`~${session}`)]),
    `${method.padEnd(5)} ${printable(masking.text(path))}`,
    end(exchange),
    ...(job ? [`${t('job')} ${pc.bold(printable(job.slice(0, 8)))}`] : []),
    ...(state ? [pc.bold(state)] : []),
    ...(eta === undefined ? [] : [`eta ${distance(eta - at)}`]),
    ...(scenario ? [pc.dim(scenario)] : []),
    ...reasons.flatMap((reason) =>
      reason ? [pc.dim(`(${printable(cut(t(masking.text(reason))))})`)] : [],
    ),
    ...(took === undefined ? [] : [pc.dim(t`${took.toFixed(1)} ms`)]),
  ];
  return parts.join('  ');
}

/** Ids and notes hold what clients have sent: it must neither steer a terminal nor begin a line. */
function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A line stays a line. */
function cut(text: string): string {
  return text.length <= MAX_REASON ? text : `${text.slice(0, MAX_REASON)}…`;
}

function distance(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 100) / 10;
  if (seconds === 0) return t('now');
  return seconds > 0 ? t`in ${seconds} s` : t`${-seconds} s ago`;
}

/** The status, what happened to the answer, or what there was instead of one. */
function end({ status, fault, chance, aborted: left }: Exchange): string {
  if (left && !fault) return pc.yellow(t('left'));
  const met = fault ? [pc.red(fault), ...(chance ? [pc.dim(t('by chance'))] : [])] : [];
  return [...(status === 0 ? [] : [paint(status)]), ...met].join(' ');
}

function paint(status: number): string {
  const text = String(status);
  if (status >= 500) return pc.red(text);
  return status >= 400 ? pc.yellow(text) : pc.green(text);
}
