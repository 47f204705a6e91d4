import { z } from 'zod';
import { RULES } from '../../audit/rules/index.js';
import { nearest } from '../../problem.js';
import type { JsonCause } from '../../report/json-causes.js';
import type { SessionVerdict } from '../../report/json-verdict.js';
import { UsageError } from '../../sandbox-error.js';
import snippets from '../../view/report/snippets.json' with { type: 'json' };
import type { Access, RunReport } from '../access.js';
import { cut, pageOf } from '../paging.js';
import { cursor, limit, session, type Tool, tool } from '../tool.js';
import type { Runs } from './runs.js';

const run = z
  .string()
  .optional()
  .describe('a run that run_suite has made, such as run-1; in the place of a session');

/** Scenarios and proofs that are named in one line of a list. */
const FEW = 5;

/** What to change in a client. */
export function causeTools({ ask }: Access, runs: Runs): Tool[] {
  const judged = async (asked: { session: string; run?: string | undefined }) =>
    asked.run === undefined
      ? asReport((await ask('GET', verdictPath(asked.session))) as SessionVerdict)
      : runs.get(asked.run);
  return [
    tool({
      name: 'list_causes',
      title: 'What to change in the client',
      description:
        'Causes of what was found wrong with a client, gravest first: each is one thing to change. A rule that was not put to the test is neither kept nor broken.',
      input: { session, run, cursor, limit: limit(10, 50) },
      async call({ cursor: from, limit: most, ...asked }) {
        const report = await judged(asked);
        const { total, ...page } = pageOf(report.causes.map(inShort), from, most);
        return { held: report.held, rules: countRules(report), causes: total, ...page };
      },
    }),
    tool({
      name: 'explain_cause',
      title: 'One cause with its evidence',
      description:
        'Why it matters, how to change it, the exchanges that show it, and what else follows from it; with code: true, code that is wrong and code that is right.',
      input: {
        cause: z.string().describe('its id, as list_causes names it'),
        session,
        run,
        code: z.boolean().default(false),
        cursor,
        limit: limit(10, 50),
      },
      async call({ cause: id, code, cursor: from, limit: most, ...asked }) {
        const { causes } = await judged(asked);
        const cause = causes.find((one) => one.id === id);
        if (!cause) {
          const ids = causes.map((one) => one.id);
          const hint = ids.length === 0 ? 'nothing is wrong there' : nearest(id, ids);
          throw new UsageError('USAGE_UNKNOWN_CAUSE', `no cause is called "${id}" there`, hint);
        }
        return explain(cause, code, from, most);
      },
    }),
  ];
}

function verdictPath(name: string): string {
  return `/sessions/${encodeURIComponent(name)}/verdict`;
}

function asReport({ causes, ...verdict }: SessionVerdict): RunReport {
  const { session: name, held } = verdict;
  return { title: name, held, causes, chapters: [{ name, verdict }] };
}

function inShort({ id, title, severity, rule, scenarios, findings, symptoms }: JsonCause) {
  const more = scenarios.length - FEW;
  return {
    id,
    severity,
    title,
    rule,
    scenarios: scenarios.slice(0, FEW),
    ...(more > 0 ? { more_scenarios: more } : {}),
    findings: findings.length + symptoms.length,
  };
}

/** How many rules were kept, broken and not put to the test, over everything that was played. */
function countRules({ chapters }: RunReport) {
  const outcomes = new Map<string, Set<string>>();
  for (const { rule, outcome } of chapters.flatMap(({ verdict }) => verdict.rules)) {
    outcomes.set(rule, (outcomes.get(rule) ?? new Set()).add(outcome));
  }
  const all = [...outcomes.values()];
  const failed = all.filter((seen) => seen.has('failed')).length;
  const passed = all.filter((seen) => seen.has('passed') && !seen.has('failed')).length;
  return { passed, failed, not_exercised: all.length - failed - passed };
}

function explain(cause: JsonCause, code: boolean, from: string | undefined, most: number) {
  const { id, title, severity, rule, advice, help, evidence, findings, symptoms } = cause;
  const known = RULES.find(({ name }) => name === rule);
  const shown = (snippets as Record<string, unknown>)[rule];
  const { evidence: proofs, ...finding } = evidence;
  return {
    id,
    title,
    severity,
    rule,
    ...(known ? { why: known.why } : {}),
    advice,
    help,
    evidence: {
      ...finding,
      proofs: proofs.slice(0, FEW).map(({ seq, at, text, exchange }, i) => ({
        seq,
        at,
        text,
        // The first ones in whole: read_session shows every other.
        ...(exchange && i < 2
          ? { request: cut(exchange.request), response: cut(exchange.response) }
          : {}),
      })),
    },
    ...(code && shown ? { code: shown } : {}),
    others: pageOf([...findings, ...symptoms], from, most),
  };
}
