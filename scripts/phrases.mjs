// Every phrase that the code says to people. By itself it prints those without a Ukrainian text, and texts that nobody says.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { NOT_SAID_THERE, SAID_ELSEWHERE, SILENT, SPEAKING, UNSAID } from './phrases/places.mjs';
import { readEntries } from './texts.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Phrases of the sources, holes as `{0}`, each with the first place that says it. */
export function harvest() {
  const phrases = new Map(SAID_ELSEWHERE.map((phrase) => [phrase, 'scripts/phrases/places.mjs']));
  const files = readdirSync(join(root, 'src'), { recursive: true }).map((name) =>
    String(name).replaceAll('\\', '/'),
  );
  for (const file of files.toSorted()) {
    if (!/\.tsx?$/.test(file)) continue;
    for (const { phrase, line } of phrasesOf(file)) {
      if (!phrases.has(phrase)) phrases.set(phrase, `src/${file}:${line}`);
    }
  }
  return phrases;
}

/** Phrases of the page and of the components that it shares with reports, as {@link harvest} gives them. */
export function harvestBoard() {
  const phrases = new Map();
  const files = ['board', 'view'].flatMap((room) =>
    readdirSync(join(root, 'src', room), { recursive: true }).map((name) =>
      `${room}/${name}`.replaceAll('\\', '/'),
    ),
  );
  for (const file of files.filter((name) => /[.]tsx?$/.test(name)).toSorted()) {
    for (const { phrase, line } of phrasesOf(file)) {
      if (!phrases.has(phrase)) phrases.set(phrase, `src/${file}:${line}`);
    }
  }
  return phrases;
}

/** Sentences of rooms that nobody has listed as read by people or as not: `room/file.ts: the sentence`. */
export function unheard() {
  const files = readdirSync(join(root, 'src'), { recursive: true }).map((name) =>
    String(name).replaceAll('\\', '/'),
  );
  const listed = [...SPEAKING, ...SILENT.map(([place]) => place)];
  const rest = files.filter((file) => /\.tsx?$/.test(file) && !listed.some((at) => at.test(file)));
  return rest.flatMap((file) => {
    const marked = new Set(phrasesOf(file).map(({ phrase }) => phrase));
    const all = phrasesOf(file, true).filter(({ phrase }) => !marked.has(phrase));
    return all.map(({ phrase }) => `${file}: ${phrase}`);
  });
}

function phrasesOf(file, speaks = SPEAKING.some((place) => place.test(file))) {
  const text = readFileSync(join(root, 'src', file), 'utf8');
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind);
  const found = [];
  const notSaid = NOT_SAID_THERE.filter(([place]) => place.test(file));
  const add = (node, phrase) => {
    if (notSaid.some(([, text]) => text.test(phrase))) return;
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    found.push({ phrase, line });
  };
  const visit = (node) => {
    if (isSilent(node)) return;
    const counted = thingCounted(node);
    if (counted !== undefined) add(node, `{0} ${counted}(s)`);
    const phrase = phraseOf(node);
    if (phrase !== undefined && isHelp(node)) {
      for (const part of partsOfHelp(phrase)) add(node, part);
      return;
    }
    if (phrase !== undefined && (isMarked(node, speaks) || (speaks && isProse(phrase))))
      add(node, withoutMark(phrase));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** `{0} of {1}` of a template, a literal's own text. */
function phraseOf(node) {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  const rest = node.templateSpans.map(({ literal }, i) => `{${i}}${literal.text}`);
  return node.head.text + rest.join('');
}

/** It stands in a `say` or a `t`, or is what a row of the banner is about. */
function isMarked(node, speaks) {
  const { parent } = node;
  if (ts.isTaggedTemplateExpression(parent)) return /^(say|t)$/.test(parent.tag.getText());
  if (!ts.isCallExpression(parent)) return false;
  const called = parent.expression.getText();
  return (
    called === 't' ||
    called === 'world.note' ||
    (called === 'row' && speaks && parent.arguments[0] === node && node.text !== '')
  );
}

/** A comment of a YAML file that is written for people: its sentence alone, and what is asked in it. */
function withoutMark(phrase) {
  return renumbered(phrase.replace(/^ *# (?:Question: (?!\{0\}$))?/, ''));
}

function isHelp({ parent }) {
  return ts.isCallExpression(parent) && parent.expression.getText() === 'sayHelp';
}

/** As `sayHelp` takes a text apart: paragraphs without their line ends, and remarks behind examples. */
function partsOfHelp(text) {
  const parts = text.split(/\n\n|^( {2}\$ .*)$/m).flatMap((part = '') => {
    const [, remark] = /^ {2}\$ .*?\S {2,}(\S.*)$/.exec(part) ?? [];
    if (remark !== undefined) return [remark];
    return part.startsWith('  $ ') ? [] : [part.trim().replaceAll('\n', ' ')];
  });
  return parts.filter((part) => part !== '').map(renumbered);
}

/** A part of a template has its own holes, from `{0}` on. */
function renumbered(part) {
  let next = 0;
  return part.replace(/\{\d+\}/g, () => `{${next++}}`);
}

/** `poll` of formatCount(n, 'poll'), which adds an s. */
function thingCounted(node) {
  if (!ts.isCallExpression(node) || node.expression.getText() !== 'formatCount') return undefined;
  const [, thing] = node.arguments;
  return thing && ts.isStringLiteral(thing) ? thing.text : undefined;
}

/** Nothing in it is said: types, imports, names of keys, comparisons, descriptions of formats, patterns. */
function isSilent(node) {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return true;
  if (ts.isTypeNode(node) || ts.isCaseClause(node.parent ?? node)) return ts.isTypeNode(node);
  if (ts.isBinaryExpression(node) && /^[!=]==$/.test(node.operatorToken.getText())) return true;
  if (
    ts.isCallExpression(node) &&
    /\.(describe|meta|includes|test)$/.test(node.expression.getText())
  )
    return true;
  if (ts.isJsxAttribute(node) && /^(class|style|d|id|href|role)$/.test(node.name.getText()))
    return true;
  return ts.isPropertyAssignment(node) && /^['"]?(example)['"]?$/.test(node.name.getText());
}

/** Two words that people write: no media type, no HTML, no style sheet. */
function isProse(text) {
  if (UNSAID.some((pattern) => pattern.test(text))) return false;
  const words =
    text.replace(/\{\d+\}/g, ' \u0000 ').match(/(?<![\w-])[A-Za-z][a-z']*(?![\w-])/g) ?? [];
  return words.length >= 2 && / /.test(text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const said = harvest();
  const entries = readEntries('uk');
  for (const [phrase, place] of said)
    if (!(phrase in entries)) console.log(`missing: ${JSON.stringify(phrase)}  ${place}`);
  for (const phrase of Object.keys(entries))
    if (!said.has(phrase)) console.log(`nobody says: ${JSON.stringify(phrase)}`);
}
