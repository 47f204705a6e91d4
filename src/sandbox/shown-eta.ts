import type { AnswerTemplate } from '../contract/binding.js';
import { isMomentForm, type MomentForm, spellMoment, toldMoment } from '../contract/places.js';
import { namesIn } from '../contract/template.js';
import { declarationOf } from '../faults/index.js';
import { formatMoment } from '../time/format-moment.js';
import type { Moment } from '../time/moments.js';
import type { Answer } from './answer.js';

const NONE: readonly MomentForm[] = [];

const known = new WeakMap<AnswerTemplate, readonly MomentForm[]>();

/** The forms in which an answer of this template tells its eta. What Retry-After says is no eta. */
export function etaForms(template: AnswerTemplate): readonly MomentForm[] {
  let found = known.get(template);
  if (!found) {
    const headers = Object.entries(template.headers)
      .filter(([name]) => !/^retry-after$/i.test(name))
      .map(([, { source }]) => source);
    found = etaFormsIn([template.data?.source, ...headers]);
    known.set(template, found);
  }
  return found;
}

/** The same of any value with places. */
export function etaFormsIn(source: unknown): readonly MomentForm[] {
  const forms = namesIn(source).flatMap((name): MomentForm[] => {
    if (name === 'eta') return ['iso'];
    const form = name.startsWith('eta.') ? name.slice('eta.'.length) : '';
    return isMomentForm(form) ? [form] : [];
  });
  return forms.length === 0 ? NONE : forms;
}

/**
 * The moment that any client can read as the eta of an answer, so that it has to be kept: a binding need not tell any,
 * and no more need a scenario. Where it is told in whole seconds, that is the second which is told.
 * @param forms asked for where the body does not spell it as a date-time
 */
export function shownEta(
  answer: Answer,
  eta: Moment,
  forms: () => readonly MomentForm[],
): Moment | undefined {
  const { fault, body } = answer;
  const told = body.includes(formatMoment(eta))
    ? eta
    : toldEta([body, ...Object.values(answer.headers)], eta, forms());
  if (!fault) return told;
  const { read, spellEta } = declarationOf(fault);
  if (told !== undefined) return read === 'yes' ? told : undefined;
  return spellEta && body.includes(spellEta(eta)) ? eta : undefined;
}

/** The eta as texts tell it in some of its forms: the earliest, for a client may go by any of them. */
export function toldEta(
  texts: readonly string[],
  eta: Moment,
  forms: readonly MomentForm[],
): Moment | undefined {
  if (forms.length === 0) return undefined;
  const told = forms
    .filter((form) => texts.some((text) => text.includes(String(spellMoment('eta', form, eta)))))
    .map((form) => toldMoment('eta', form, eta));
  return told.length === 0 ? undefined : Math.min(...told);
}
