import { useEffect, useState } from 'preact/hooks';
import type { ExchangeView } from '../../sandbox/control/views.js';
import { ask } from '../control.js';

/** Request and answer in whole; asked for anew when the answer has come. */
export function useExchange(
  session: string,
  seq: number,
  ended: boolean,
): ExchangeView | 'gone' | undefined {
  const [found, setFound] = useState<ExchangeView | 'gone' | undefined>();
  useEffect(() => {
    let left = false;
    const query = { after: String(seq - 1), limit: '1' };
    ask<{ exchanges: ExchangeView[] }>('GET', ['sessions', session, 'journal'], undefined, query)
      .then(({ exchanges: [one] }) => {
        if (!left) setFound(one?.seq === seq ? one : 'gone');
      })
      .catch(() => {
        if (!left) setFound('gone');
      });
    return () => {
      left = true;
    };
  }, [session, seq, ended]);
  return found;
}

export interface ToldScenario {
  name: string;
  title: string;
  file: string;
  /** A line for each step. */
  life: readonly string[];
  /** Where each of them stands in the file. */
  lines?: readonly number[];
}

const scenarios = new Map<string, Promise<ToldScenario | undefined>>();

/** A scenario by its name, asked for once. */
export function useScenario(name: string | undefined): ToldScenario | undefined {
  const [found, setFound] = useState<ToldScenario | undefined>();
  useEffect(() => {
    if (name === undefined) return;
    const asking =
      scenarios.get(name) ?? ask<ToldScenario>('GET', ['scenarios', name]).catch(() => undefined);
    scenarios.set(name, asking);
    void asking.then(setFound);
  }, [name]);
  return found;
}

let faults: Promise<ReadonlyMap<string, string>> | undefined;

/** What a fault does, in words; its name until that is known. */
export function useFaultTitle(name: string | undefined): string | undefined {
  const [title, setTitle] = useState<string | undefined>(name);
  useEffect(() => {
    if (name === undefined) return;
    faults ??= ask<{ faults: { name: string; title: string }[] }>('GET', ['vocabulary']).then(
      (words) => new Map(words.faults.map((one) => [one.name, one.title])),
      () => new Map(),
    );
    void faults.then((titles) => setTitle(titles.get(name) ?? name));
  }, [name]);
  return title;
}
