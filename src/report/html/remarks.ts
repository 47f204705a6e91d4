import { t } from '../../texts/spoken.js';
import { clip } from '../../view/printable.js';
import { remarksOf } from '../describe.js';
import type { Chapter } from '../report.js';
import { type Html, html } from './escape.js';
import { badge } from './outcome.js';

/** What stands beside the rules and must not be overlooked. */
export function remarks(chapter: Chapter): Html {
  return html`${remarksOf(chapter).map(remark)}`;
}

export function remark(text: string): Html {
  const sentence = text.charAt(0).toUpperCase() + text.slice(1);
  return html`<p class="alert">${badge('warning', t('remark:'))} <span>${clip(sentence)}${!/[.?!]$/.test(sentence) && '.'}</span></p>`;
}
