import type { Stateless } from '../contract/stateless.js';

/** One that can be exchanged while it answers. */
export interface Renewable extends Stateless {
  /** Requests from now on go to a new one; the former ends when it has answered what it was asked. */
  renew(): void;
}

/** What knows a contract by heart is made anew when the contract changes. */
export function makeRenewable(make: () => Stateless): Renewable {
  const begin = () => ({ stateless: make(), open: 0, retired: false });
  let current = begin();
  const endIfDone = ({ stateless, open, retired }: ReturnType<typeof begin>) => {
    if (retired && open === 0) void stateless.close();
  };
  return {
    answer: async (contract, request) => {
      const asked = current;
      asked.open += 1;
      try {
        return await asked.stateless.answer(contract, request);
      } finally {
        asked.open -= 1;
        endIfDone(asked);
      }
    },
    begin: (contract) => current.stateless.begin(contract),
    renew: () => {
      const former = current;
      current = begin();
      former.retired = true;
      endIfDone(former);
    },
    close: () => current.stateless.close(),
  };
}
