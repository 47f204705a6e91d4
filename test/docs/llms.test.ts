import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { anchors, read } from './pages.js';

it('names pages to agents that are there', () => {
  const links = [...read('llms.txt').matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  expect(links.length).toBeGreaterThan(15);
  const lost = links.filter((target) => {
    const [file = '', anchor] = target.split('#');
    return !existsSync(file) || (anchor !== undefined && !anchors(file).has(anchor));
  });
  expect(lost).toEqual([]);
});
