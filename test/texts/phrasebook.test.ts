import { describe, expect, it } from 'vitest';
import { makePhrasebook } from '../../src/texts/phrasebook.js';

const book = makePhrasebook(
  {
    'not exercised': 'не перевірялося',
    '{0} poll(s)': '{0:#} {0|опитування|опитування|опитувань}',
    '{0} scenario(s)': { one: '{0:#} сценарій', few: '{0:#} сценарії', many: '{0:#} сценаріїв' },
    '{0} of {1} came before the newest eta, by up to {2}':
      '{0} з {1:n} {1|опитування|опитувань|опитувань} надійшли раніше за найновіше eta, щонайбільше на {2}',
    '{0} s': '{0:#} с',
    'in {0} of {1}': 'у {0} з {1:n}',
    'in {0}': 'у {0:t}',
    'unknown key "{0}"': 'невідомий ключ "{0}"',
    'eta asked for {0}': 'eta просило {0:list}',
    ' and ': ' і ',
    'error {0} here': 'тут помилка {0}',
    error: 'помилка',
  },
  'uk',
);
const said = (text: string) => book.translate(text);

describe('the phrasebook', () => {
  it('finds the phrase of a finished text, and fills the holes of its translation', () => {
    expect(said('3 of 4 polls came before the newest eta, by up to 2.4 s')).toBe(
      '3 з 4 опитувань надійшли раніше за найновіше eta, щонайбільше на 2,4 с',
    );
    expect(said('not exercised')).toBe('не перевірялося');
  });

  it.each([
    ['1 poll', '1 опитування'],
    ['5 polls', '5 опитувань'],
    ['1 scenario', '1 сценарій'],
    ['2 scenarios', '2 сценарії'],
    ['11 scenarios', '11 сценаріїв'],
    ['21 scenarios', '21 сценарій'],
  ])('says %s as %s', (english, ukrainian) => {
    expect(said(english)).toBe(ukrainian);
  });

  it('takes the phrase with the most words of its own', () => {
    expect(said('in 3 of 8 scenarios')).toBe('у 3 з 8');
  });

  it('takes no text for a phrase that has but a joint of its own', () => {
    expect(said('in all')).toBe('in all');
  });

  it('translates the members of a list', () => {
    expect(said('eta asked for 2.3 s, 12.6 s and 4 s')).toBe('eta просило 2,3 с, 12,6 с і 4 с');
  });

  it('leaves names as they are: what is quoted, and single words', () => {
    expect(said('unknown key "not exercised"')).toBe('невідомий ключ "not exercised"');
    expect(said('error error here')).toBe('тут помилка error');
  });

  it('takes no text for a phrase whose number is none', () => {
    expect(said('those of Tom s')).toBe('those of Tom s');
    expect(said('many polls')).toBe('many polls');
  });

  it('keeps the space around a text, and a text that it does not know', () => {
    expect(said('  not exercised\n')).toBe('  не перевірялося\n');
    expect(said('Nobody says this')).toBe('Nobody says this');
    expect(said('')).toBe('');
    expect(said(' \n ')).toBe(' \n ');
  });

  it('fills a phrase that is named by its English', () => {
    expect(book.fill('in {0} of {1}', ['2', '8 scenarios'])).toBe('у 2 з 8');
    expect(book.fill('no such {0}', ['2'])).toBeUndefined();
  });

  it('bears any text: it is read once, whatever stands in it', () => {
    const hostile = [
      'in '.repeat(6000),
      'in {0} of {1}'.repeat(1000),
      `error ${'in error here '.repeat(1000)} here`,
      '{0} __proto__ constructor {999}',
      '\u0000\u202e\ud800 came before the newest eta, by up to ',
      '('.repeat(19_000),
    ];
    for (const text of hostile) expect(typeof said(text)).toBe('string');
    expect(said('__proto__')).toBe('__proto__');
    expect(said('constructor')).toBe('constructor');
  });

  it('leaves a text alone that is longer than any phrase', () => {
    const long = `error ${'x'.repeat(30_000)} here`;
    expect(said(long)).toBe(long);
  });
});
