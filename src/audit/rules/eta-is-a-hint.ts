import type { Judgement } from '../rule.js';

/** What a rule about eta says of an API whose binding has `eta: hint`. */
export function etaIsAHint(): Judgement {
  const wanting = 'the binding calls eta a hint, so no pause is judged by it';
  return { tested: 0, breaches: [], wanting };
}
