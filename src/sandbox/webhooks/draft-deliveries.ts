import type { Cursor } from '../../scenario/play.js';
import type { Job } from '../job.js';
import { announce } from './announce.js';
import type { Deliveries } from './deliveries.js';
import type { Delivery } from './delivery.js';

/** What a draft wants to have sent, beside what its session has yet to send. */
export class DraftDeliveries {
  /** Those that wait for their job's last news, as they are in the draft. */
  readonly #held = new Map<string, Delivery>();
  #order: number;

  constructor(
    private readonly known: Deliveries,
    private readonly pace: number,
    private readonly uuid: () => string,
  ) {
    this.#order = known.nextOrder;
  }

  /** What is to be sent because a job has come to where it is. */
  of(job: Job, before: Cursor | undefined): Delivery[] {
    const made = announce(job, before, {
      pace: this.pace,
      nextId: () => `msg_${this.uuid().replaceAll('-', '')}`,
      nextOrder: () => {
        this.#order += 1;
        return this.#order - 1;
      },
      held: (id) => [
        ...this.known.held(id),
        ...[...this.#held.values()].filter((one) => one.job === id),
      ],
    });
    for (const delivery of made) {
      if (delivery.due === undefined) this.#held.set(delivery.id, delivery);
      else this.#held.delete(delivery.id);
    }
    return made;
  }
}
