/** Ukrainian words of the print form, by code; an unknown code is shown as it is. */
const WORDS = {
  types: {
    TEMP_DISABILITY: 'Медичний висновок про тимчасову непрацездатність',
    NEWBORN: 'Медичний висновок про народження',
  },
  categories: {
    LIVE_BIRTH: 'Живонародження',
    SICKNESS: 'Захворювання або травма загального характеру',
    CHILD_CARE: 'Догляд за хворою дитиною',
    FAMILY_CARE: 'Догляд за хворим членом сім’ї',
    PARENTAL_CARE: 'Догляд за дитиною у разі хвороби матері або особи, яка її доглядає',
    PREGNANCY: 'Вагітність та пологи',
    QUARANTINE: 'Карантин',
    COVID19: 'Ізоляція через COVID-19',
    TEMP_TRANSFER: 'Тимчасове переведення на легшу роботу',
    PROSTHETIC: 'Протезування',
    RESTORATION: 'Відновне лікування',
  },
  statuses: {
    PRELIMINARY: 'Чернетка, не підписано',
    FINAL: 'Підписано',
    AMENDED: 'Замінено іншим висновком',
    ENTERED_IN_ERROR: 'Скасовано як помилковий',
  },
} satisfies Record<string, Record<string, string>>;

export function wording(group: keyof typeof WORDS, code: string): string {
  const words: Record<string, string> = WORDS[group];
  return Object.hasOwn(words, code) ? (words[code] as string) : code;
}

/** The day of a period: its ends stand at 00:00:01Z and 20:59:59Z of the very days that are meant. */
export function day(iso: string): string {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso) ?? [];
  return year ? `${date}.${month}.${year}` : iso;
}

/** A moment as clocks in Ukraine show it. */
export function moment(iso: string): string {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return iso;
  return new Intl.DateTimeFormat('uk-UA', {
    timeZone: 'Europe/Kyiv',
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(time);
}
