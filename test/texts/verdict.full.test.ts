import { expect, it } from 'vitest';
import { play } from '../audit/play.js';
import { TRIALS } from '../audit/trials.js';
import { englishIn, textsOfHtml, textsOfMarkdown } from '../support/english-left.js';

/** Forms that people read, as they are asked for by HTTP. */
const READ = { text: String, markdown: textsOfMarkdown, html: textsOfHtml };

it.each(
  Object.entries(TRIALS),
)('a client that breaks %s is told so in Ukrainian alone', async (rule, { scenario, habits }) => {
  const { session } = await play(scenario, habits);
  const found = session.verdict().rules.find((one) => one.rule === rule);
  expect(found?.outcome).toBe('failed');
  for (const [form, textsOf] of Object.entries(READ)) {
    const address = `${session.url}/__sandbox/sessions/default/verdict?format=${form}&lang=uk&run=over`;
    const text = textsOf(await (await fetch(address)).text());
    expect({ form, english: englishIn(text, ['default', rule]) }).toEqual({
      form,
      english: [],
    });
  }
});
