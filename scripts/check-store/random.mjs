/** Chance that can be repeated: the same seed gives the same numbers (mulberry32, in the public domain). */
export class Chance {
  /** @param {number} seed */
  constructor(seed) {
    this.state = seed >>> 0;
  }

  /** From 0 up to, and without, 1. */
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number from `least` to `most`, both included. */
  whole(least, most) {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** True so often: 0.1 is once in ten times. */
  often(share) {
    return this.next() < share;
  }

  /** @template T @param {readonly T[]} list @returns {T} */
  one(list) {
    return list[this.whole(0, list.length - 1)];
  }

  /** One name of `{ name: weight }`; a weight of 0 is never taken. */
  weighed(weights) {
    const all = Object.entries(weights);
    let left = this.next() * all.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [name, weight] of all) {
      left -= weight;
      if (left < 0) return name;
    }
    return all[0][0];
  }

  /** Another row of numbers, told by a name, whatever is drawn from this one. */
  branch(name) {
    let hash = this.state;
    for (const sign of name) hash = Math.imul(hash ^ sign.charCodeAt(0), 0x01000193) >>> 0;
    return new Chance(hash);
  }
}
