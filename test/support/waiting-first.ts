import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that wait for real clients most of their time; what begins last would make the whole run as much longer. */
const WAITING = ['/test/examples/', '/test/clients/', '/test/cli/'];

const rank = ({ moduleId }: TestSpecification) => {
  const place = WAITING.findIndex((folder) => moduleId.includes(folder));
  return place === -1 ? WAITING.length : place;
};

/** Starts what takes longest first, also on a machine that has never run it. */
export default class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => rank(one) - rank(other));
  }
}
