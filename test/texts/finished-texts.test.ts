import { expect, it } from 'vitest';
import { readEntries } from '../../scripts/texts.mjs';
import { makePhrasebook } from '../../src/texts/phrasebook.js';

const book = makePhrasebook(readEntries('uk'), 'uk');

/** Finished texts as people meet them, with numbers of one, few and many. */
it.each([
  [
    '3 of 4 polls came before the newest eta, by up to 2.3 s',
    'раніше за найновіше eta 3 з 4 опитувань, щонайбільше на 2,3 с',
  ],
  [
    '1 of 1 poll came before the newest eta, by up to 60 ms',
    'раніше за найновіше eta 1 з 1 опитування, щонайбільше на 60 мс',
  ],
  [
    'its pauses do not follow eta: 1 s each time, where eta asked for 2.3 s, 12.6 s and 4.4 s',
    'його паузи не залежать від eta: щоразу 1 с, тоді як eta просило 2,3 с, 12,6 с і 4,4 с',
  ],
  [
    '2 of 2 did not wait for Retry-After: the next request came up to 4 s too early',
    'у 2 з 2 випадків не дочекалися Retry-After: наступний запит надійшов раніше щонайбільше на 4 с',
  ],
  [
    'after 5 failures in a row the pauses did not grow: 1 s, 1 s, 1 s',
    'після 5 невдач поспіль паузи не зростали: 1 с, 1 с, 1 с',
  ],
  [
    'the client never asked again after one failure (no answer)',
    'після однієї невдачі клієнт більше не питав (немає відповіді)',
  ],
  ['1 poll came after the job had been told to be DONE', /^1 опитування надійшло, коли .*: DONE$/],
  [
    '5 polls came after the job had been told to be FAILED by HTTP 500',
    /^5 опитувань надійшло, .*FAILED через HTTP 500$/,
  ],
  [
    '1 request came without the header authorization and api-key',
    '1 запит надійшов без заголовка authorization і api-key',
  ],
  [
    '3 requests came without the header api-key and the cookie sid',
    '3 запити надійшли без заголовка api-key і cookie sid',
  ],
  [
    '1 request waited for a silent server for up to 20 s, until its run was stopped',
    '1 запит чекав на сервер, що мовчить, щонайбільше 20 с, доки прогін не зупинили',
  ],
  [
    '"undefined" was polled (21 times), an id that no answer of this session has handed out',
    'опитано «undefined» (21 раз), id, якого не видала жодна відповідь цієї сесії',
  ],
  [
    'the same request, built anew with other ids or moments, was sent again while job J1 was open',
    'той самий запит, складений наново з іншими id або моментами, надіслано повторно за незавершеного завдання J1',
  ],
  [
    '1 of 2 webhooks was not taken: nobody answered there; a later attempt was',
    'не прийнято 1 з 2 вебхуків: там ніхто не відповів; прийнято пізнішу спробу',
  ],
  [
    'expect.polls.at_most: the job was polled 4 times, at most 3 were expected',
    'expect.polls.at_most: завдання опитано 4 рази, очікувалося щонайбільше 3',
  ],
  [
    'expect.exit: the command exited with 1; 0 was expected',
    'expect.exit: команда завершилася з кодом 1; очікувався 0',
  ],
  // mistakes in files
  ['unknown state "DONEE"', 'невідомий стан «DONEE»'],
  ['did you mean DONE?', 'можливо, ви мали на увазі DONE?'],
  ['"eta: soon" is not a time', '«eta: soon» – не час'],
  ['"delay" must be a whole number', '«delay» має бути цілим числом'],
  [
    'report: getMonitor has no path parameter "monitr"',
    'report: у getMonitor немає параметра шляху «monitr»',
  ],
  [
    'no request has the field "subjekt.value" in its body, so the scenario is never chosen by it',
    'жоден запит не має поля «subjekt.value» у тілі, тож за ним сценарію ніколи не виберуть',
  ],
  [
    '`minLength: "1"` at paths./a.get is not a whole number, 0 or more; read as 1; so does one more: 384:32',
    '`minLength: "1"` у paths./a.get – не ціле число, 0 або більше; читається як 1; так само ще одне місце: 384:32',
  ],
  [
    'this answer would break the contract at $.id: required property id was not present',
    'ця відповідь порушила б контракт у $.id: немає обов’язкової властивості id',
  ],
  ['It ends as cancelled', 'Завершується як cancelled'],
  ['The connection breaks once, then succeeded', 'З’єднання один раз обривається, потім succeeded'],
])('%s', (english, ukrainian) => {
  const said = book.translate(english);
  if (typeof ukrainian === 'string') expect(said).toBe(ukrainian);
  else expect(said).toMatch(ukrainian);
});
