import { describe, expect, it } from 'vitest';
import { harmlessMarkdown } from '../../src/board/contract/harmless-markdown.js';

describe('a description of a document', () => {
  it.each([
    ['**bold** and `a < b`, 1 < 2', '**bold** and `a < b`, 1 < 2'],
    ['<https://example.org/x>', '<https://example.org/x>'],
    ['a<br/>b <b>c</b>', 'a<br>b <b>c</b>'],
    ['<td colspan="2" onclick="x()">1</td>', '<td>1</td>'],
    [
      '<a href="https://example.org/x" onclick=\'x()\'>y</a>',
      '<a href="https://example.org/x">y</a>',
    ],
    ['<a href="javascript:x()">y</a>', '<a>y</a>'],
    ['![a](https://evil.example/a.png)', '&#33;[a](https://evil.example/a.png)'],
    ['<img src=//evil.example/x onerror="x()">', '&lt;img src=//evil.example/x onerror="x()">'],
    ['</style><script>x()</script>', '&lt;/style>&lt;script>x()&lt;/script>'],
    ['<svg/onload=x()><b', '&lt;svg/onload=x()>&lt;b'],
    ['<!-- <img src=x> --><?x ?>', '&lt;!-- &lt;img src=x> -->&lt;?x ?>'],
    ['<b "<img src=x>" x=">', '&lt;b "&lt;img src=x>" x=">'],
  ])('%s', (source, harmless) => {
    expect(harmlessMarkdown(source)).toBe(harmless);
  });

  it('takes time in proportion to its length', () => {
    const long = '<a '.repeat(50_000);
    expect(harmlessMarkdown(long).length).toBeGreaterThan(long.length);
  });
});
